// Finds personal data in texts and puts "***" in its place. Works on the text and not on a tree, so that all else stays
// byte for byte, and so that a text that is no XML is masked as well. Pure.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

namespace gateway::views {

inline constexpr std::string_view mask = "***";
inline constexpr std::size_t shortest_value_bytes = 4;  // a shorter one stands in too many words

using ElementNames = std::set<std::string, std::less<>>;  // without a prefix

// Values that are masked wherever they stand. However many they are, a text is gone through once.
class PersonalValues {
 public:
  // What such elements hold, as it is written there and with its references resolved; blanks around it left out.
  void collect(std::string_view xml, const ElementNames& names);
  std::string hidden_in(std::string_view text) const;  // where several begin at one place, the longest

 private:
  struct LongestFirst {
    bool operator()(const std::string& a, const std::string& b) const {
      return a.size() != b.size() ? a.size() > b.size() : a < b;
    }
  };
  std::unordered_map<std::string, std::set<std::string, LongestFirst>> by_head_;  // its first shortest_value_bytes
};

// The content of every such element becomes what `instead` makes of it; an empty one stays.
std::string with_contents(std::string_view xml, const ElementNames& names,
                          const std::function<std::string(std::string_view)>& instead);

// Runs of digits by themselves that are an identity number (GB 11643, with a date of birth) or a mobile telephone's.
std::string without_personal_numbers(std::string_view text);

}  // namespace gateway::views

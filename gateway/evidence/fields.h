// Reads JSON that this program should have written, and tells everything that is not as it has to be, with the file and
// the place in it. What is missing is empty or zero. One thread.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/fault.h"

namespace gateway::evidence {

inline constexpr std::size_t most_json_bytes = std::size_t{16} << 20;

class Fields {
 public:
  // line: of the file, where each line is a text of its own; 0: the whole file.
  Fields(const boost::json::object& object, std::string file, std::string place, int line, base::Faults& faults)
      : object_(object), file_(std::move(file)), place_(std::move(place)), line_(line), faults_(faults) {}

  std::string text(std::string_view name) const;
  std::optional<std::string> text_if_there(std::string_view name) const;  // nothing: absent, or null
  std::int64_t number(std::string_view name) const;
  base::Time time(std::string_view name) const;  // RFC 3339
  std::optional<base::Time> time_or_null(std::string_view name) const;
  const boost::json::array& array(std::string_view name) const;
  // The elements of such an array that are objects.
  template <class Call>
  void each(std::string_view name, const Call& call) const {
    std::size_t index = 0;
    for (const boost::json::value& item : array(name)) {
      const std::string place = place_ + "/" + std::string(name) + "/" + std::to_string(index++);
      if (const auto* object = item.if_object()) {
        call(Fields(*object, file_, place, line_, faults_));
      } else {
        complain(place, "应为对象", "an object has to stand here");
      }
    }
  }
  void refuse(std::string_view name, std::string zh, std::string en) const;
  int line() const { return line_; }

 private:
  void complain(const std::string& place, std::string zh, std::string en) const;
  const boost::json::value* value(std::string_view name) const;

  const boost::json::object& object_;
  std::string file_, place_;
  int line_;
  base::Faults& faults_;
};

// Nothing, and a fault evidence.form or evidence.limits, for what is no JSON or too much of it.
std::optional<boost::json::value> parsed(std::string_view text, const std::string& file, int line,
                                         base::Faults& faults);

}  // namespace gateway::evidence

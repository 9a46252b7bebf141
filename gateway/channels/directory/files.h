// What both folders are handled with: a descriptor that closes itself, the names that are not finished files, what is
// wrong with a folder in words, and a move that replaces nothing. Calls block.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace gateway::channels::directory {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}  // below nought: there is none
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor();

  explicit operator bool() const { return number_ >= 0; }
  int number() const { return number_; }

 private:
  int number_;
};

// Begins with a dot or ends in .tmp: whoever writes it gives it its name when it is whole.
bool is_temporary(std::string_view name);

// In Chinese and English: it is not there, no folder, or may not be changed.
std::optional<std::string> trouble_of(const std::filesystem::path& folder);

std::string reason_of(int error_number);

// Into the folder, which is made where it is not there; another file of that name stays, and this one gets a number.
// Gives what went wrong.
std::optional<std::string> move_into(const std::filesystem::path& file, const std::filesystem::path& folder);

}  // namespace gateway::channels::directory

#include "schemas/document_key.h"

#include <optional>

namespace schemas {

namespace {

std::string encoded(std::string_view part) {
  std::string text;
  for (const char c : part) {
    if (c == '%') {
      text += "%25";
    } else if (c == '/') {
      text += "%2F";
    } else {
      text += c;
    }
  }
  return text;
}

std::optional<unsigned> hexadecimal(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  return std::nullopt;
}

// A '%' that begins no escape stands for itself: keys are also typed by people.
std::string decoded(std::string_view part) {
  std::string text;
  for (std::size_t i = 0; i < part.size(); ++i) {
    const auto high = part[i] == '%' && i + 2 < part.size() ? hexadecimal(part[i + 1]) : std::nullopt;
    const auto low = high ? hexadecimal(part[i + 2]) : std::nullopt;
    if (low) {
      text += static_cast<char>(*high * 16 + *low);
      i += 2;
    } else {
      text += part[i];
    }
  }
  return text;
}

}  // namespace

std::string key_from_parts(std::string_view type, const std::vector<std::string>& parts) {
  std::string key(type);
  for (const std::string& part : parts) key += '/' + encoded(part);
  return key;
}

std::vector<std::string> parts_of_key(std::string_view key) {
  std::vector<std::string> parts;
  for (auto slash = key.find('/'); slash != std::string_view::npos; slash = key.find('/')) {
    key.remove_prefix(slash + 1);
    parts.push_back(decoded(key.substr(0, key.find('/'))));
  }
  return parts;
}

}  // namespace schemas

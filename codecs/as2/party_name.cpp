#include "codecs/as2/party_name.h"

#include <algorithm>

namespace codecs::as2 {

bool is_party_name(std::string_view name) {
  constexpr std::size_t longest = 128;
  return !name.empty() && name.size() <= longest &&
         std::all_of(name.begin(), name.end(), [](char c) { return c >= ' ' && c < 127; });
}

std::string written_party_name(const std::string& name) {
  if (name.find_first_of(" \"\\") == std::string::npos) return name;
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

std::optional<std::string> read_party_name(std::string_view written) {
  const bool is_quoted = written.size() >= 2 && written.front() == '"' && written.back() == '"';
  if (is_quoted) written = written.substr(1, written.size() - 2);
  std::string name;
  for (std::size_t at = 0; at < written.size(); ++at) {
    if (is_quoted && written[at] == '"') return std::nullopt;
    if (is_quoted && written[at] == '\\' && ++at == written.size()) return std::nullopt;
    name += written[at];
  }
  if (!is_party_name(name)) return std::nullopt;
  return name;
}

}  // namespace codecs::as2

// The names of AS2-From and AS2-To (RFC 4130 §6.2): 1 to 128 printable ASCII characters, compared exactly. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace codecs::as2 {

bool is_party_name(std::string_view name);

// In quotes where it holds a space, a quote or a backslash.
std::string written_party_name(const std::string& name);

// Nothing where it is none.
std::optional<std::string> read_party_name(std::string_view written);

}  // namespace codecs::as2

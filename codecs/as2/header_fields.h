// Header fields of HTTP, of MIME parts and of an MDN's machine-readable part: names in any case, values folded or not
// (RFC 5322 §2.2). Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace codecs::as2 {

struct HeaderField {
  std::string name, value;
};
using Headers = std::vector<HeaderField>;

bool equal_ignoring_case(std::string_view a, std::string_view b);
std::string lower_case(std::string_view text);
std::string_view trimmed(std::string_view text);

// Unfolded and trimmed; nothing where it is not there. Of several of one name the first: single_field() refuses them.
std::optional<std::string> find_field(const Headers& headers, std::string_view name);

// The same; fault as2.header where it is there twice.
base::Result<std::optional<std::string>> single_field(const Headers& headers, std::string_view name);

// Each with its CRLF, without the empty line.
std::string write_fields(const Headers& headers);

// Lines end in CRLF or LF; up to the empty line or the end. `used` is set to what was read, the empty line included.
// Faults: as2.mime (a line that is no field), as2.too_large.
base::Result<Headers> read_fields(std::string_view text, std::size_t& used);

inline constexpr std::size_t most_field_bytes = 64 * 1024;  // of all fields together

}  // namespace codecs::as2

// MIME entities and multiparts (RFC 2045, RFC 2046 §5.1), strict and safe with binary: what is signed is given byte for
// byte as it came. Lines may end in LF alone. Pure; views live as long as what they were read from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "codecs/as2/field_value.h"
#include "codecs/as2/header_fields.h"

namespace codecs::as2 {

struct Entity {
  Headers headers;
  std::string body;

  std::string text() const;  // fields, empty line, body: what is signed, compressed or encrypted
};

// Faults: as2.mime, as2.too_large.
base::Result<Entity> read_entity(std::string_view text);

// Content-Type, or `application/octet-stream` where there is none. Faults: as2.mime (not to be read, or twice).
base::Result<FieldValue> content_type_of(const Headers& headers);

// The body without its Content-Transfer-Encoding: base64, or one that changes nothing. Faults: as2.mime.
base::Result<std::string> decoded_body(const Headers& headers, std::string_view body);

// What stands between the delimiters. Faults: as2.mime (no such parts, not closed, more than most_parts).
base::Result<std::vector<std::string_view>> split_multipart(std::string_view body, const std::string& boundary);
inline constexpr std::size_t most_parts = 16;

// A boundary that cannot stand in any of the parts since it is made of their digest: the same for the same parts.
struct Multipart {
  std::string boundary, body;
};
Multipart write_multipart(const std::vector<std::string>& parts);

// In lines of 64 characters (RFC 2045 §6.8).
std::string base64_lines(std::string_view bytes);

}  // namespace codecs::as2

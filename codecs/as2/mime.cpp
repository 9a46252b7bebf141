#include "codecs/as2/mime.h"

#include <algorithm>

#include "base/base64.h"
#include "base/digest.h"
#include "codecs/as2/faults.h"

namespace codecs::as2 {

namespace {

// A line `--boundary` or `--boundary--`, with the line end before it.
struct Delimiter {
  std::size_t begin, end;
  bool closes;
};

bool is_blank(std::string_view text) { return trimmed(text).empty(); }

std::optional<Delimiter> delimiter_at(std::string_view body, std::size_t at, const std::string& mark) {
  if (at != 0 && body[at - 1] != '\n') return std::nullopt;
  const std::size_t end_of_line = std::min(body.find('\n', at), body.size());
  std::string_view rest = body.substr(at + mark.size(), end_of_line - at - mark.size());
  const bool closes = rest.starts_with("--");
  if (closes) rest.remove_prefix(2);
  if (!is_blank(rest)) return std::nullopt;
  std::size_t begin = at;
  if (begin > 0) --begin;
  if (begin > 0 && body[begin - 1] == '\r') --begin;
  return Delimiter{begin, std::min(end_of_line + 1, body.size()), closes};
}

std::optional<Delimiter> next_delimiter(std::string_view body, std::size_t from, const std::string& mark) {
  for (std::size_t at = body.find(mark, from); at != std::string_view::npos; at = body.find(mark, at + 1)) {
    if (auto found = delimiter_at(body, at, mark)) return found;
  }
  return std::nullopt;
}

base::Fault unknown_encoding(const std::string& encoding) {
  return broken_mime(
      "不支持的 Content-Transfer-Encoding“" + encoding + "”，应为 binary、8bit、7bit 或 base64",
      "the Content-Transfer-Encoding \"" + encoding + "\" is not supported; it must be binary, 8bit, 7bit or base64");
}

}  // namespace

std::string Entity::text() const { return write_fields(headers) + "\r\n" + body; }

base::Result<Entity> read_entity(std::string_view text) {
  std::size_t used = 0;
  auto headers = read_fields(text, used);
  if (!headers) return headers.faults();
  return Entity{*std::move(headers), std::string(text.substr(used))};
}

base::Result<FieldValue> content_type_of(const Headers& headers) {
  const auto written = single_field(headers, "Content-Type");
  if (!written) return broken_mime("Content-Type 出现了不止一次", "Content-Type is there more than once");
  if (!*written) return FieldValue{.value = "application/octet-stream", .parameters = {}};
  auto read = read_field_value(**written);
  if (!read || read->value.find('/') == std::string::npos) {
    return broken_mime("无法读取 Content-Type", "its Content-Type cannot be read");
  }
  return *std::move(read);
}

base::Result<std::string> decoded_body(const Headers& headers, std::string_view body) {
  const std::string encoding = lower_case(find_field(headers, "Content-Transfer-Encoding").value_or("binary"));
  if (encoding == "binary" || encoding == "8bit" || encoding == "7bit") return std::string(body);
  if (encoding != "base64") return unknown_encoding(encoding);
  auto bytes = base::read_base64(body);
  if (bytes) return *std::move(bytes);
  return broken_mime("标为 base64 的内容不是 Base64", "what is said to be base64 is not");
}

base::Result<std::vector<std::string_view>> split_multipart(std::string_view body, const std::string& boundary) {
  if (boundary.empty()) return broken_mime("multipart 没有 boundary 参数", "a multipart has no boundary parameter");
  const std::string mark = "--" + boundary;
  std::vector<std::string_view> parts;
  auto before = next_delimiter(body, 0, mark);
  while (before && !before->closes) {
    const auto after = next_delimiter(body, before->end, mark);
    if (!after)
      return broken_mime("multipart 没有结束分隔行，报文可能被截断",
                         "a multipart is not closed; it may have been cut off");
    if (parts.size() == most_parts) {
      return broken_mime("multipart 超过 " + std::to_string(most_parts) + " 个部分",
                         "a multipart has more than " + std::to_string(most_parts) + " parts");
    }
    // A part without a byte has its delimiter's line end still before it.
    parts.push_back(body.substr(before->end, std::max(after->begin, before->end) - before->end));
    before = after;
  }
  if (parts.empty()) return broken_mime("multipart 中没有任何部分", "a multipart has no part");
  return parts;
}

Multipart write_multipart(const std::vector<std::string>& parts) {
  std::string digests;
  for (const std::string& part : parts) digests += base::sha256_hex(part);
  Multipart made{.boundary = "as2-" + base::sha256_hex(digests), .body = {}};
  for (const std::string& part : parts) made.body += "--" + made.boundary + "\r\n" + part + "\r\n";
  made.body += "--" + made.boundary + "--\r\n";
  return made;
}

std::string base64_lines(std::string_view bytes) {
  constexpr std::size_t line_length = 64;
  const std::string whole = base::base64(bytes);
  std::string lines;
  for (std::size_t at = 0; at < whole.size(); at += line_length) lines += whole.substr(at, line_length) + "\r\n";
  return lines;
}

}  // namespace codecs::as2

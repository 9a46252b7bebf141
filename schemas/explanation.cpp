#include "schemas/explanation.h"

namespace schemas {

namespace {

constexpr std::size_t most_quoted_bytes = 600;

// Never cut within a character.
std::string quoted(std::string_view text) {
  if (text.size() <= most_quoted_bytes) return std::string(text);
  std::size_t end = most_quoted_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace

Explanation explained(std::string_view code, const Meaning& meaning, base::Severity severity) {
  Explanation explanation;
  explanation.code = code;
  explanation.zh = meaning.zh;
  explanation.en = meaning.en;
  explanation.source = meaning.source;
  explanation.severity = severity;
  explanation.side = meaning.side;
  explanation.remedy = meaning.remedy;
  explanation.advice_zh = meaning.advice_zh;
  explanation.advice_en = meaning.advice_en;
  return explanation;
}

void tell_unlisted(Explanation& explanation, std::string_view zh, std::string_view en, std::string_view text) {
  explanation.known = false;
  explanation.zh += zh;
  explanation.en += en;
  if (text.empty()) return;
  explanation.zh += "，原文：“" + quoted(text) + "”";
  explanation.en += ", its text: \"" + quoted(text) + "\"";
}

}  // namespace schemas

// The envelopes as ../shared/spec/dxp.tsv describes them, and documents made from that.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace tests {

struct EnvelopeField {
  std::string path;  // "/DxpMsg/TransInfo/CopMsgId", an attribute "/DxpMsg/@ver"
  std::string name;  // without @
  std::string base;  // "xs:string", "(complex)" …; empty: a signature
  bool is_attribute = false, is_required = false;
  std::size_t most = 1;  // 0: no limit
  std::optional<std::size_t> least_length, most_length;
  std::string fixed;

  bool is_field() const { return base.starts_with("xs:"); }
};

std::vector<EnvelopeField> envelope_fields(const std::filesystem::path& table);

struct EnvelopeNode {
  const EnvelopeField* field = nullptr;  // nothing for what the table does not know
  std::string name;                      // with prefix
  std::string text;                      // written as it is
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<EnvelopeNode> children;
};

// A valid text for a field, of `length` characters where it has a length.
std::string envelope_text(const EnvelopeField& field, std::optional<std::size_t> length = std::nullopt);
// With everything that may be there, once.
EnvelopeNode full_envelope(const std::vector<EnvelopeField>& fields, const std::string& root);
std::string written(const EnvelopeNode& root);

}  // namespace tests

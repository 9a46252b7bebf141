#include "tests/codecs/dxp/envelope_shape.h"

#include <map>
#include <sstream>
#include <stdexcept>

#include "tests/support/paths.h"

namespace tests {

namespace {

constexpr const char* signature_content =
    "<ds:SignedInfo><ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"/>"
    "<ds:SignatureMethod Algorithm=\"http://www.w3.org/2000/09/xmldsig#rsa-sha1\"/><ds:Reference URI=\"\">"
    "<ds:DigestMethod Algorithm=\"http://www.w3.org/2000/09/xmldsig#sha1\"/><ds:DigestValue>AAAA</ds:DigestValue>"
    "</ds:Reference></ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue>";

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  for (const char c : line) {
    if (c == '\t') {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  return cells;
}

std::optional<std::size_t> number(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return std::stoul(text);
}

EnvelopeField field_of(std::map<std::string, std::string>& row) {
  EnvelopeField field;
  field.path = row["path"];
  field.name = row["name"].substr(row["name"].find_first_of(":@") + 1);
  field.base = row["kind"] == "ref" ? "" : row["xsd_base"];
  field.is_attribute = row["kind"] == "attribute";
  field.is_required = row["minOccurs"] != "0";
  field.most = row["maxOccurs"] == "unbounded" ? 0 : number(row["maxOccurs"]).value_or(1);
  field.least_length = number(row["length"].empty() ? row["minLength"] : row["length"]);
  field.most_length = number(row["length"].empty() ? row["maxLength"] : row["length"]);
  field.fixed = row["fixed"];
  return field;
}

bool is_child(const EnvelopeField& field, const std::string& parent) {
  return field.path.starts_with(parent + "/") && field.path.find('/', parent.size() + 1) == std::string::npos;
}

int identities = 0;

// `path`: where the table describes it, which for a DxpMsg inside is the DxpMsg by itself.
EnvelopeNode full_node(const std::vector<EnvelopeField>& fields, const EnvelopeField& self, const std::string& path) {
  EnvelopeNode node{.field = &self, .name = "dxp:" + self.name, .text = {}, .attributes = {}, .children = {}};
  if (self.name == "Signature") {
    node.name = "ds:Signature";
    node.text = signature_content;
    return node;
  }
  if (self.is_field()) node.text = envelope_text(self);
  for (const EnvelopeField& field : fields) {
    if (!is_child(field, path)) continue;
    if (field.is_attribute) {
      node.attributes.emplace_back(field.name, envelope_text(field));
    } else {
      node.children.push_back(full_node(fields, field, field.name == "DxpMsg" ? "/DxpMsg" : field.path));
    }
  }
  return node;
}

std::string written(const EnvelopeNode& node, const std::string& namespaces) {
  std::string text = "<" + node.name + namespaces;
  for (const auto& [name, value] : node.attributes) text += " " + name + "=\"" + value + "\"";
  text += ">" + node.text;
  for (const EnvelopeNode& child : node.children) text += written(child, "");
  return text + "</" + node.name + ">";
}

}  // namespace

std::vector<EnvelopeField> envelope_fields(const std::filesystem::path& table) {
  std::istringstream lines(read_file(table));
  std::string line;
  std::getline(lines, line);
  const auto columns = cells_of(line);
  std::vector<EnvelopeField> fields;
  while (std::getline(lines, line)) {
    const auto cells = cells_of(line);
    std::map<std::string, std::string> row;
    for (std::size_t i = 0; i < cells.size() && i < columns.size(); ++i) row[columns[i]] = cells[i];
    fields.push_back(field_of(row));
  }
  return fields;
}

std::string envelope_text(const EnvelopeField& field, std::optional<std::size_t> length) {
  if (!field.fixed.empty()) return field.fixed;
  if (field.base == "xs:dateTime") return "2026-01-31T09:30:00";
  if (field.base == "xs:date") return "2026-01-31";
  if (field.base == "xs:base64Binary") return "PGEv Pg==";
  if (field.base == "xs:ID") return "E" + std::to_string(++identities);
  std::string text;
  for (auto left = length.value_or(field.least_length.value_or(1)); left > 0; --left) text += "单";
  return text;
}

EnvelopeNode full_envelope(const std::vector<EnvelopeField>& fields, const std::string& root) {
  for (const EnvelopeField& field : fields) {
    if (field.path == "/" + root) return full_node(fields, field, field.path);
  }
  throw std::runtime_error("the table has no " + root);
}

std::string written(const EnvelopeNode& root) {
  return written(root,
                 " xmlns:dxp=\"http://www.chinaport.gov.cn/dxp\" xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"");
}

}  // namespace tests

// Any bytes as JSON: a whole message, or one document as the ERP posts it. What was read is written as XML and read
// again as the same value.
#include <boost/json/serialize.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/xml.h"
#include "codecs/ceb/identity.h"
#include "codecs/ceb/json_codec.h"
#include "codecs/ceb/xml_codec.h"
#include "tests/fuzz/customs.h"
#include "tests/fuzz/require.h"

namespace {

using codecs::ceb::JsonKind;
using codecs::ceb::JsonNode;
using tests::fuzz::catalog;
using tests::fuzz::require;

codecs::ceb::Message read_back(const std::string& xml) {
  auto message = codecs::ceb::read_xml(catalog(), xml);
  require(static_cast<bool>(message), "what was written can be read");
  return std::move(*message);
}

void write_and_read_again(const codecs::ceb::Message& message) {
  const schemas::MessageType& type = *catalog().find(message.type);
  const std::string xml = codecs::ceb::write_xml(type, message);
  const auto document = base::XmlDocument::read(xml);
  // JSON may nest as deep as XML may, and the message stands round it.
  if (!document && document.faults().front().code == "xml.depth") return;
  require(static_cast<bool>(document), "what was written is well-formed");
  const auto again = read_back(xml);
  const std::string xml_again = codecs::ceb::write_xml(type, again);
  require(codecs::ceb::write_xml(type, read_back(xml_again)) == xml_again,
          "what was written is read as the same value");
  if (message.extend) return;  // XML inside it may be spelt in many ways
  require(xml_again == xml, "what was read from JSON is read from XML as the same value");
  require(codecs::ceb::write_message(type, again) == codecs::ceb::write_message(type, message),
          "it is shown as it was");
}

void read_as_document(const schemas::MessageType& type, const JsonNode& document) {
  const auto read = codecs::ceb::read_what_can_be(type, document, "/document");
  codecs::ceb::Message message;
  message.type = type.name;
  message.documents.push_back(read.body);
  codecs::ceb::fill_in(type, message.documents.front(), {.now = {}, .later_than = {}});
  require(!codecs::ceb::key_of(type, message.documents.front()).empty(), "every document has a key");
  const std::string content = codecs::ceb::canonical_content(type, read.body);
  require(content == codecs::ceb::canonical_content(type, read.body), "the same content is written the same");
  write_and_read_again(message);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto root = codecs::ceb::read_json({reinterpret_cast<const char*>(data), size});
  if (!root) return 0;
  if (const auto message = codecs::ceb::read_message(catalog(), *root)) write_and_read_again(*message);
  const JsonNode* name = root->kind == JsonKind::object ? root->member("type") : nullptr;
  const schemas::MessageType* type = name != nullptr ? catalog().find(name->text) : nullptr;
  const JsonNode* document = type != nullptr ? root->member("document") : nullptr;
  if (document != nullptr) read_as_document(*type, *document);
  return 0;
}

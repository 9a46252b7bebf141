#include "tools/cebgate/message_input.h"

#include "base/clock.h"
#include "base/guid.h"
#include "codecs/ceb/exact_json.h"
#include "codecs/ceb/identity.h"
#include "codecs/ceb/json_codec.h"
#include "tools/cebgate/files.h"

namespace tools::cebgate {

namespace {

using codecs::ceb::JsonKind;
using codecs::ceb::JsonNode;

base::Fault other_type(const schemas::MessageType& type, std::string_view found, std::string pointer) {
  base::Fault fault;
  fault.code = "build.type";
  fault.path = std::move(pointer);
  fault.zh = "这里的类型是 " + std::string(found) + "，而不是 " + type.name;
  fault.en = "the type here is " + std::string(found) + ", not " + type.name;
  return fault;
}

base::Fault no_transfer() {
  base::Fault fault;
  fault.code = needs_settings;
  fault.zh = "只给出单证时，BaseTransfer 取自设置：请加上 --config FILE --enterprise CODE";
  fault.en = "documents by themselves take BaseTransfer from the settings: add --config FILE --enterprise CODE";
  return fault;
}

std::optional<base::Fault> type_fault(const schemas::MessageType& type, const JsonNode& object,
                                      const std::string& pointer) {
  const JsonNode* named = object.member("type");
  if (named == nullptr || named->kind != JsonKind::string || named->text == type.name) return std::nullopt;
  return other_type(type, named->text, pointer + "/type");
}

base::Result<MessageInput> whole_message(const schemas::Catalog& catalog, const schemas::MessageType& type,
                                         const JsonNode& root) {
  if (auto fault = type_fault(type, root, "")) return *fault;
  auto message = codecs::ceb::read_message(catalog, root);
  if (!message) return message.faults();
  MessageInput input{Given::whole_message, *std::move(message), {}};
  for (std::size_t i = 0; i < input.message.documents.size(); ++i) {
    input.pointers.push_back("/documents/" + std::to_string(i));
  }
  return input;
}

// Reads one document into the message; what is wrong with it is added to `faults`.
void take_document(const schemas::MessageType& type, const JsonNode& given, std::string pointer, base::Time now,
                   MessageInput& input, base::Faults& faults) {
  const JsonNode* posted = given.kind == JsonKind::object ? given.member("document") : nullptr;
  if (posted != nullptr) {
    if (const auto fault = type_fault(type, given, pointer)) faults.push_back(*fault);
    pointer += "/document";
  }
  auto document = codecs::ceb::read_document(type, posted == nullptr ? given : *posted, pointer);
  if (!document) {
    faults.insert(faults.end(), document.faults().begin(), document.faults().end());
    return;
  }
  codecs::ceb::Filling filling;
  filling.now = now;
  codecs::ceb::fill_in(type, document->body, filling);
  input.message.documents.push_back(std::move(document->body));
  input.pointers.push_back(std::move(pointer));
}

base::Result<MessageInput> loose_documents(const schemas::MessageType& type, const JsonNode& root,
                                           const std::optional<codecs::ceb::Element>& transfer) {
  MessageInput input;
  if (type.root.child("BaseTransfer") != nullptr) {
    if (!transfer) return no_transfer();
    input.message.transfer = transfer;
  }
  input.message.type = type.name;
  input.message.guid = base::new_guid();
  const base::Time now = base::SystemClock().now();
  base::Faults faults;
  if (root.kind == JsonKind::array) {
    for (std::size_t i = 0; i < root.items.size(); ++i) {
      take_document(type, root.items[i], "/" + std::to_string(i), now, input, faults);
    }
  } else {
    take_document(type, root, "", now, input, faults);
  }
  if (!faults.empty()) return faults;
  return input;
}

}  // namespace

std::string MessageInput::place_of(const schemas::MessageType& type, const std::string& xpath) const {
  const std::string documents = "/ceb:" + type.name + "/ceb:" + type.business_node;
  const std::string_view rest = std::string_view(xpath).substr(std::min(documents.size(), xpath.size()));
  if (!xpath.starts_with(documents) || !(rest.empty() || rest[0] == '[' || rest[0] == '/')) return xpath;
  const codecs::ceb::PlaceInDocument place = codecs::ceb::place_of(type, xpath);
  return place.document < pointers.size() ? pointers[place.document] + place.pointer : xpath;
}

base::Result<MessageInput> read_message_input(const schemas::Catalog& catalog, const schemas::MessageType& type,
                                              std::string_view text,
                                              const std::optional<codecs::ceb::Element>& transfer) {
  const auto root = codecs::ceb::read_json(without_bom(text));
  if (!root) return root.faults();
  const bool is_whole = root->kind == JsonKind::object && root->member("documents") != nullptr;
  return is_whole ? whole_message(catalog, type, *root) : loose_documents(type, *root, transfer);
}

}  // namespace tools::cebgate

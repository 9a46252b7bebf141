#include <algorithm>
#include <array>
#include <set>

#include "codecs/ceb/element_reader.h"
#include "codecs/ceb/json_codec.h"
#include "codecs/ceb/json_pointer.h"

namespace codecs::ceb {

namespace {

constexpr std::string_view member_names = "type, guid, version, documents, transfer, subscribe, extend";
constexpr std::array<std::string_view, 7> members{"type",     "guid",      "version", "documents",
                                                  "transfer", "subscribe", "extend"};

// One message being read; each part is absent or read along its place in the root's shape.
class MessageReader {
 public:
  MessageReader(const schemas::MessageType& type, const JsonNode& json) : type_(type), json_(json) {
    message_.type = type.name;
  }

  base::Result<Message> read() {
    read_text("guid", message_.guid);
    read_text("version", message_.version);
    read_list("documents", type_.business_node, message_.documents);
    read_list("subscribe", "BaseSubscribe", message_.subscribe);
    read_one("transfer", "BaseTransfer", message_.transfer);
    read_one("extend", "ExtendMessage", message_.extend);
    refuse_other_members();
    if (!faults_.empty()) return faults_.take();
    return std::move(message_);
  }

 private:
  void read_text(const std::string& member, std::string& out) {
    if (const auto* json = json_.member(member)) out = reader_.read_text(member, *json, pointer_to("", member));
  }

  void read_one(const std::string& member, const std::string& element, std::optional<Element>& out) {
    if (const auto* json = json_.member(member)) {
      out = reader_.read(type_.root.child(element), element, *json, pointer_to("", member));
    }
  }

  void read_list(const std::string& member, const std::string& element, std::vector<Element>& out) {
    const auto* json = json_.member(member);
    if (json == nullptr) return;
    const std::string pointer = pointer_to("", member);
    if (json->kind != JsonKind::array) return faults_.add(kind_fault(pointer, member, Allowed::list, json->kind));
    for (std::size_t i = 0; i < json->items.size(); ++i) {
      out.push_back(reader_.read(type_.root.child(element), element, json->items[i], pointer_to(pointer, i)));
    }
  }

  void refuse_other_members() {
    std::set<std::string_view> seen;
    for (const auto& [name, json] : json_.members) {
      const std::string pointer = pointer_to("", name);
      if (std::find(members.begin(), members.end(), name) == members.end()) {
        faults_.add(unexpected_member_fault(pointer, name, member_names));
      } else if (!seen.insert(name).second) {
        faults_.add(twice_fault(pointer, name));
      }
    }
  }

  const schemas::MessageType& type_;
  const JsonNode& json_;
  FaultList faults_;
  ElementReader reader_{faults_};
  Message message_;
};

}  // namespace

PartlyRead read_what_can_be(const schemas::MessageType& type, const JsonNode& document, std::string_view pointer) {
  FaultList faults;
  PartlyRead read;
  read.body = ElementReader(faults).read(&type.business(), type.business_node, document, std::string(pointer));
  if (!faults.empty()) read.faults = faults.take();
  return read;
}

base::Result<Document> read_document(const schemas::MessageType& type, const JsonNode& document,
                                     std::string_view pointer) {
  PartlyRead read = read_what_can_be(type, document, pointer);
  if (!read.faults.empty()) return std::move(read.faults);
  return Document{.type = type.name, .body = std::move(read.body)};
}

base::Result<Message> read_message(const schemas::Catalog& catalog, const JsonNode& message) {
  if (message.kind != JsonKind::object) return kind_fault({}, "message", Allowed::container, message.kind);
  const auto* name = message.member("type");
  if (name == nullptr) return type_fault("/type", {});
  if (name->kind != JsonKind::string) return kind_fault("/type", "type", Allowed::text, name->kind);
  const auto* type = catalog.find(name->text);
  if (type == nullptr) return type_fault("/type", name->text);
  return MessageReader(*type, message).read();
}

}  // namespace codecs::ceb

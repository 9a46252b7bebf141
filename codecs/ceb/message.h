// A CEB message as values: documents of one type with what goes round them. An element is a field (text) or holds
// children, never both; order and names are the schema's.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace codecs::ceb {

struct Element {
  std::string name;
  std::string text;               // of a field
  std::vector<Element> children;  // of a container, in schema order; unknown ones last

  const Element* child(std::string_view child_name) const;
  Element* child(std::string_view child_name);
};

struct Document {
  std::string type;  // "CEB311Message"
  Element body;      // the business node: "Order" with OrderHead and OrderList
};

struct Message {
  std::string type;
  std::string guid;  // 36 characters
  std::string version = "1.0";
  std::vector<Element> documents;
  std::optional<Element> transfer;  // BaseTransfer
  std::vector<Element> subscribe;   // BaseSubscribe
  std::optional<Element> extend;    // ExtendMessage; its Message child keeps what it holds as XML text
  bool is_signed = false;           // a Signature was there; it is not carried on
  // Where in the XML something stood that a message has no place for: /ceb:CEB303Message/ceb:BaseTransfer[2]
  std::vector<std::string> left_out{};
};

}  // namespace codecs::ceb

// What customs knows of each message type, as data: shape (from the XSD), keys, answers, corrections, offers, siblings
// and what these must agree in (from schemas/catalog). Loaded once at start; every fault of the data files is named.
// Immutable afterwards, so every thread may use it.
#pragma once

#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "schemas/answers.h"
#include "schemas/comparisons.h"
#include "schemas/corrections.h"
#include "schemas/notices.h"
#include "schemas/offers.h"
#include "schemas/shape.h"
#include "schemas/siblings.h"
#include "schemas/table.h"

namespace schemas {

enum class MessageKind { declaration, receipt, notice };
std::string_view word(MessageKind kind);  // "declaration"

struct MessageType {
  std::string name;  // "CEB311Message"
  std::string title_zh, title_en;
  MessageKind kind = MessageKind::declaration;
  std::string direction;      // "import" or "export": which of the two schemas with one namespace
  std::string business_node;  // "Order"; up to `most_documents` of them in a message
  std::string head;           // "OrderHead"; empty where the fields stand directly in the business node
  std::string list;           // "OrderList"; empty where there is none
  unsigned most_documents = 100;
  std::vector<std::string> key_fields;      // of the head, in key order; the last one is the number
  std::vector<std::string> number_fields;   // of the head, kept searchable: orderNo, logisticsNo, payTransactionId …
  std::vector<std::string> private_fields;  // personal data, masked in logs and on screens
  std::vector<std::string> roles;           // enterprise roles that may send it
  std::string receipt;                      // the type that answers it; of a receipt: empty
  std::string answers;                      // of a receipt: the declaration it answers
  bool fills_app_status = false;            // an absent appStatus becomes 2
  std::string cop_no_prefix;                // "621": an absent copNo is made with it; empty: copNo is never made
  std::string signature_before;             // the root's child that Signature stands before; empty: it stands last
  Node root;                                // the root element with attributes and children

  const Node& business() const;   // the node that is a document
  const Node& head_node() const;  // where key_fields stand: the head, or the business node itself
};

// What goes round a message on its way: DxpMsg, DxpRep, DxpMsgSv (报文规范 202205 §4, §5).
struct Envelope {
  std::string name;
  std::string schema;  // the XSD that holds it: "terminal"
  std::string title_zh, title_en;
  Node root;
};

class Catalog {
 public:
  // Our folder holds xsd/, catalog/, rules/ …; of a site's own the catalog reads siblings and comparisons.
  static base::Result<Catalog> load(const DataFolders& folders, const std::string& edition);

  const std::string& edition() const { return edition_; }
  std::span<const MessageType> types() const { return types_; }
  const MessageType* find(std::string_view name) const;  // nothing for an unknown name
  std::span<const Envelope> envelopes() const { return envelopes_; }

  bool knows_name(std::string_view name) const { return names_.contains(name); }  // of a type of any edition

  // What the status means, and all it may mean where the specification gives one code several meanings.
  const Answer& answer(const Declared& declared, std::string_view status) const;
  std::span<const Answer> answers(const Declared& declared, std::string_view status) const;
  std::vector<ListedAnswer> listed_answers(std::string_view type) const { return answers_.listed(type); }

  const Corrections& corrections() const { return corrections_; }
  const Offers& offers() const { return offers_; }
  const Notices& notices() const { return notices_; }
  const Siblings& siblings() const { return siblings_; }
  const Comparisons& comparisons() const { return comparisons_; }

 private:
  struct Loader;

  std::string edition_;
  std::vector<MessageType> types_;
  std::vector<Envelope> envelopes_;
  std::set<std::string, std::less<>> names_;
  Answers answers_;
  Corrections corrections_;
  Offers offers_;
  Notices notices_;
  Siblings siblings_;
  Comparisons comparisons_;
};

}  // namespace schemas

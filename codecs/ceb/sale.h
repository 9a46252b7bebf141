// The documents that belong to one sale, found from one of them by the fields in which they name each other
// (schemas::Siblings). Pure, but for the finding, which is the caller's; safe from every thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "codecs/ceb/message.h"
#include "schemas/catalog.h"

namespace codecs::ceb {

struct OfSale {
  const schemas::MessageType* type = nullptr;
  std::string key;
  Element body;
};

// Documents of a type by fields of their heads, all of which have a value; the last one is the type's number.
struct Reference {
  const schemas::MessageType* type = nullptr;
  std::vector<std::string> fields, values;
};
bool fits(const Reference& reference, const Element& body);
// How `from` names its sibling, or is named by others; without a type where one of the fields is empty.
Reference reference_by(const schemas::SiblingRule& rule, const schemas::MessageType& wanted, const OfSale& from);

// Those that fit, the newest first; the caller leaves out what does not count.
using FindDocuments = std::function<std::vector<OfSale>(const Reference&)>;

struct Sale {
  std::vector<OfSale> documents;                     // one of a type; the first is the one that was asked about
  std::vector<OfSale> sharing;                       // more documents that name one of them, as orders of one payment
  std::vector<const schemas::SiblingRule*> missing;  // that the first one waits for

  const OfSale& subject() const { return documents.front(); }
  const OfSale* of_type(std::string_view type) const;
};

Sale sale_of(const schemas::Catalog& catalog, OfSale subject, const FindDocuments& find);

// What customs says while the document waits: 对应电商平台为[…]订单号为[…]支付信息不存在
std::string absent_text(const schemas::SiblingRule& rule, const OfSale& subject);

}  // namespace codecs::ceb

// What names a document, and what is filled in when the ERP leaves it out. Pure; safe from every thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "codecs/ceb/message.h"
#include "schemas/catalog.h"

namespace codecs::ceb {

struct Number {
  std::string kind;  // the element's name: orderNo, logisticsNo, payTransactionId, copNo, preNo, invtNo
  std::string value;
};

std::string head_field(const schemas::MessageType& type, const Element& body, std::string_view name);  // "" if absent
// A field that is not there yet is put at its place by the schema.
void set_head_field(const schemas::MessageType& type, Element& body, std::string_view name, std::string value);

// As schemas/document_key.h writes it; parts that are absent are empty.
std::string key_of(const schemas::MessageType& type, const Element& body);
std::string number_of(const schemas::MessageType& type, const Element& body);
std::vector<Number> related_numbers(const schemas::MessageType& type, const Element& body);

// Content as posted, canonical: names sorted, amounts as plain decimals without needless zeros, without guid and
// appTime. `also_without` names further head fields to leave out (copNo, for making copNo itself).
std::string canonical_content(const schemas::MessageType& type, const Element& body,
                              const std::vector<std::string>& also_without = {});

struct Filling {
  std::string app_type = "1";  // by the corrections table
  base::Time now;
  std::optional<base::Time> later_than;  // appTime of the newest earlier version: the new one is always later
};
// Whether fill_in fills this field of the head.
bool fills_in(const schemas::MessageType& type, std::string_view head_field);
// Fills guid, appTime, appType, appStatus and copNo where absent, by the catalog. Changes nothing that is there.
void fill_in(const schemas::MessageType& type, Element& body, const Filling& filling);

// BaseTransfer of the enterprise that transmits: copCode, copName, dxpMode DXP, dxpId.
Element base_transfer(std::string_view cop_code, std::string_view cop_name, std::string_view dxp_id);

}  // namespace codecs::ceb

// One sale as three enterprises declare it, with invented people: an order, its payment, its waybill and the inventory
// that refers to them; and what reads the simulator's answers. Needs the customs data of the source tree.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "codecs/ceb/message.h"
#include "schemas/catalog.h"
#include "schemas/judge.h"
#include "tools/platform/rulebook.h"

namespace tests::tools {

inline constexpr const char* platform_dxp_id = "DXPENT0000000001";

const schemas::Catalog& platform_catalog();
const schemas::Judge& platform_judge();
const ::tools::platform::Rulebook& platform_rules();

using Changes = std::map<std::string, std::string>;  // head fields that differ from the usual

// A business node; guid, appTime … are the usual ones unless `changes` says otherwise. `sale` names the order.
codecs::ceb::Element order_body(const std::string& sale, const Changes& changes = {});
codecs::ceb::Element payment_body(const std::string& sale, const Changes& changes = {});
codecs::ceb::Element waybill_body(const std::string& sale, const Changes& changes = {});
codecs::ceb::Element inventory_body(const std::string& sale, const Changes& changes = {});

// The unsigned message with a fresh guid, transmitted by 4601960001.
std::string message_text(const std::string& type, std::vector<codecs::ceb::Element> bodies);

using Record = std::map<std::string, std::string>;  // our names, as codecs::hainan reads them
std::vector<Record> records_of(const std::string& receipt_type, const std::vector<std::string>& records);
std::vector<std::string> statuses_of(const std::vector<Record>& records);

}  // namespace tests::tools

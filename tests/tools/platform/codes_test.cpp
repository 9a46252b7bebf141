// Every code that the simulator claims to answer (schemas/platform/codes.tsv) is provoked by a document that deserves
// it, over the whole way from the signed text to the listing.
#include <algorithm>
#include <cstring>
#include <gmock/gmock.h>
#include <map>
#include <memory>
#include <sstream>

#include "codecs/ceb/identity.h"
#include "schemas/table.h"
#include "tests/support/paths.h"
#include "tests/tools/platform/counter.h"
#include "tests/tools/platform_signatures.h"

namespace tests::tools {
namespace {

using codecs::ceb::Element;
using ::tools::platform::Enterprise;
using ::tools::platform::Occasion;
using ::tools::platform::Rulebook;
using ::tools::platform::Saying;
using ::tools::platform::UnknownInventories;
using Made = std::unique_ptr<Counter>;

constexpr const char* us = "4601960001";

struct Claim {
  const Saying* saying;
  std::string type;
  Occasion occasion;
};

std::vector<Claim> claims() {
  std::vector<Claim> all;
  for (const Saying& saying : platform_rules().sayings()) {
    for (const std::string& type : saying.types) {
      for (const Occasion occasion : saying.occasions) all.push_back({&saying, type, occasion});
    }
  }
  return all;
}

const schemas::MessageType& shape(const std::string& type) { return *platform_catalog().find(type); }

Made counter_of(const Enterprise& enterprise, const std::string& code = us) {
  return std::make_unique<Counter>(CounterTerms{.enterprises = {{code, enterprise}}});
}

// By occasion: brings the platform to say it of a document of the type; gives what was said at last.
using Provocation = Made (*)(const std::string& type);

Made twice(const std::string& type, const Changes& second) {
  auto counter = std::make_unique<Counter>();
  if (type == "CEB621Message") counter->hand_in_siblings("A1");
  counter->hand_in(type, "A1");
  counter->hand_in(type, "A1", second);
  return counter;
}

Made wrong_kind(const std::string& type) {
  auto counter = counter_of({.dxp_ids = {platform_dxp_id}, .roles = {"nobody"}});
  counter->hand_in(type, "A1");
  return counter;
}

Made unknown_enterprise(const std::string& type) {
  auto counter = counter_of({.dxp_ids = {platform_dxp_id}}, "4601960009");
  counter->hand_in(type, "A1");
  return counter;
}

Made unsigned_message(const std::string& type) {
  auto counter = std::make_unique<Counter>();
  counter->bring(type, unsigned_text(type, {counter->document(type, "A1")}));
  return counter;
}

Made signature(const std::string& type) {
  auto counter = std::make_unique<Counter>();
  std::string xml = signed_text(unsigned_text(type, {counter->document(type, "A1")}));
  const auto time = xml.find("<ceb:appTime>2026") + std::string("<ceb:appTime>").size();
  xml.replace(time, 4, "2025");
  counter->bring(type, xml);
  return counter;
}

Made card(const std::string& type) {
  auto counter = counter_of({.dxp_ids = {platform_dxp_id}, .roles = {}, .company = "另一家企业"});
  counter->hand_in(type, "A1");
  return counter;
}

Made too_many(const std::string& type) {
  auto counter = std::make_unique<Counter>();
  std::vector<Element> documents;
  for (unsigned i = 0; i <= shape(type).most_documents; ++i) {
    documents.push_back(counter->document(type, "A" + std::to_string(i)));
  }
  counter->hand_in(type, documents);
  return counter;
}

Made rows_missing(const std::string& type) {
  auto counter = std::make_unique<Counter>();
  Element document = counter->document(type, "A1");
  std::erase_if(document.children, [&](const Element& one) { return one.name == shape(type).list; });
  counter->hand_in(type, {document});
  return counter;
}

Made repeated_row(const std::string& type) {
  auto counter = std::make_unique<Counter>();
  Element document = counter->document(type, "A1");
  document.children.push_back(document.children.back());
  counter->hand_in(type, {document});
  return counter;
}

Made content(const std::string& type) {
  auto counter = std::make_unique<Counter>();
  counter->hand_in(type, "A1", {{"appTime", "20260230093000"}});  // there is no such day
  return counter;
}

Made unknown_deed(const std::string& type) {
  auto counter = std::make_unique<Counter>();
  counter->hand_in(type, "A1", {{"appType", "9"}});
  return counter;
}

Made same_guid(const std::string& type) {
  auto counter = std::make_unique<Counter>();
  const Element document = counter->document(type, "A1");
  counter->hand_in(type, {document});
  counter->hand_in(type, {document});
  return counter;
}

Made already_there(const std::string& type) { return twice(type, {}); }
Made not_newer(const std::string& type) { return twice(type, {{"appTime", "20260131090000"}}); }

Made not_there(const std::string& type) {
  auto counter = std::make_unique<Counter>();
  counter->hand_in(type, "A1", {{"appType", "3"}});
  return counter;
}

Made in_use(const std::string& type) {
  auto counter = std::make_unique<Counter>();
  counter->hand_in_siblings("A1");
  counter->hand_in("CEB621Message", "A1");
  if (type == "CEB311Message" || type == "CEB411Message" || type == "CEB511Message" || type == "CEB621Message") {
    counter->hand_in(type, "A1", {{"appType", "2"}});
    return counter;
  }
  counter->hand_in(type, "A1");
  counter->hand_in(type, "A1", {{"appType", "3"}});
  return counter;
}

// An inventory as it is declared, and its change.
Made changed_inventory(const Changes& before, Changes change) {
  auto counter = std::make_unique<Counter>();
  counter->hand_in("CEB621Message", "A1", before);
  if (change.contains("preNo")) change["preNo"] = counter->last("preNo");
  change["appType"] = "2";
  change["copNo"] = before.at("copNo");
  counter->hand_in("CEB621Message", "A1", change);
  return counter;
}

Made not_declared(const std::string&) { return changed_inventory({{"copNo", "I1"}}, {}); }
Made numbers_needed(const std::string&) { return changed_inventory({{"copNo", "I1~120"}}, {}); }
Made invt_no_needed(const std::string&) { return changed_inventory({{"copNo", "I1~120"}}, {{"preNo", "known"}}); }
Made invt_no_fixed(const std::string&) {
  return changed_inventory({{"copNo", "I1~120"}}, {{"preNo", "known"}, {"invtNo", "64092026I999999999"}});
}

Made second_for_order(const std::string& type) {
  auto counter = std::make_unique<Counter>();
  counter->hand_in_siblings("A1");
  counter->hand_in(type, "A1");
  counter->hand_in(type, "A1", {{"copNo", "OTHER"}});
  return counter;
}

Made single_limit(const std::string& type) {
  auto counter = std::make_unique<Counter>();
  Element inventory = counter->document(type, "A1");
  Element& row = *inventory.child("InventoryList");
  row.child("price")->text = "2500";
  row.child("totalPrice")->text = "5000";
  counter->hand_in(type, {inventory});
  return counter;
}

Made annual_limit(const std::string& type) {
  Rulebook rules = platform_rules();
  rules.set_annual_limit(200 * ::tools::platform::yuan);  // each inventory is of 110
  auto counter = std::make_unique<Counter>(CounterTerms{.rules = rules});
  for (const char* sale : {"A1", "A2"}) {
    counter->hand_in_siblings(sale);
    counter->hand_in(type, sale);
  }
  return counter;
}

// The inventory that the type refers to, brought to a status, then a document of the type that names it.
Made naming(const std::string& type, const std::string& status, const Changes& changes = {}) {
  auto counter = std::make_unique<Counter>();
  const std::string inventory = platform_rules().treatment(type).inventory;
  counter->hand_in(inventory, "A1", {{"copNo", "I1~" + status}});
  Changes named = changes;
  named["invtNo"] = counter->last("invtNo");
  counter->hand_in(type, "A1", named);
  return counter;
}

Made no_inventory(const std::string& type) {
  auto counter =
      std::make_unique<Counter>(CounterTerms{.habits = {.unknown_inventories = UnknownInventories::refused}});
  counter->hand_in(type, "A1");
  return counter;
}

// A closed inventory is not cancelled; goods of one that is not released do not come back.
Made inventory_state(const std::string& type) {
  return naming(type, platform_rules().treatment(type).ends.empty() ? "120" : "899");
}

Made goods_unknown(const std::string& type) {
  auto counter = std::make_unique<Counter>();
  counter->hand_in("CEB621Message", "A1", {{"copNo", "I1~800"}});
  Element refund = counter->document(type, "A1", {{"invtNo", counter->last("invtNo")}});
  refund.child("InvtRefundList")->child("gcode")->text = "9999999999";
  counter->hand_in(type, {refund});
  return counter;
}

const std::map<Occasion, Provocation>& provocations() {
  static const std::map<Occasion, Provocation> all{{Occasion::wrong_kind, wrong_kind},
                                                   {Occasion::unknown_enterprise, unknown_enterprise},
                                                   {Occasion::unsigned_message, unsigned_message},
                                                   {Occasion::signature, signature},
                                                   {Occasion::card, card},
                                                   {Occasion::too_many, too_many},
                                                   {Occasion::rows_missing, rows_missing},
                                                   {Occasion::repeated_row, repeated_row},
                                                   {Occasion::content, content},
                                                   {Occasion::unknown_deed, unknown_deed},
                                                   {Occasion::same_guid, same_guid},
                                                   {Occasion::already_there, already_there},
                                                   {Occasion::not_newer, not_newer},
                                                   {Occasion::not_there, not_there},
                                                   {Occasion::in_use, in_use},
                                                   {Occasion::not_declared, not_declared},
                                                   {Occasion::numbers_needed, numbers_needed},
                                                   {Occasion::invt_no_needed, invt_no_needed},
                                                   {Occasion::invt_no_fixed, invt_no_fixed},
                                                   {Occasion::second_for_order, second_for_order},
                                                   {Occasion::single_limit, single_limit},
                                                   {Occasion::annual_limit, annual_limit},
                                                   {Occasion::no_inventory, no_inventory},
                                                   {Occasion::inventory_state, inventory_state},
                                                   {Occasion::goods_unknown, goods_unknown}};
  return all;
}

// Whether the text is that of the table with something in each hole.
bool is_said(const std::string& text, const std::string& said) {
  std::size_t at = 0, from = 0;
  for (;;) {
    const auto open = text.find('{', from);
    const std::string piece = text.substr(from, open == std::string::npos ? open : open - from);
    const auto found = said.find(piece, at);
    if (found == std::string::npos || (from == 0 && found != 0)) return false;
    if (open == std::string::npos) return found + piece.size() == said.size() || piece.empty();
    if (!piece.empty()) at = found + piece.size();
    from = text.find('}', open) + 1;
  }
}

class PlatformCodeClaims : public testing::TestWithParam<Claim> {};

TEST_P(PlatformCodeClaims, is_answered_to_a_document_that_deserves_it) {
  const Claim& claim = GetParam();
  ASSERT_TRUE(provocations().contains(claim.occasion)) << "nothing provokes " << word(claim.occasion);
  const Made counter = provocations().at(claim.occasion)(claim.type);
  ASSERT_FALSE(counter->said().empty()) << "nothing was said";
  EXPECT_EQ(counter->last("returnStatus"), claim.saying->code) << counter->last_info();
  EXPECT_TRUE(is_said(claim.saying->text, counter->last_info())) << counter->last_info();
}

INSTANTIATE_TEST_SUITE_P(each, PlatformCodeClaims, testing::ValuesIn(claims()),
                         [](const auto& one) { return one.param.type + "_" + std::string(word(one.param.occasion)); });

// Both of tables of the customs data as they stand.
std::set<std::string> codes_of_table_7_2() {
  std::set<std::string> codes;
  std::istringstream lines(read_file(schemas_directory() / "catalog/answers.tsv"));
  for (std::string line; std::getline(lines, line);) {
    const auto cells = schemas::split(line, '\t');
    if (cells.size() > 10 && cells[10] == "7-2") codes.insert(cells[3]);
  }
  return codes;
}

TEST(PlatformCodeList, EveryCodeOfTable72IsEitherClaimedOrItIsSaidWhyNot) {
  std::set<std::string> claimed, left_out;
  for (const Saying& one : platform_rules().sayings()) {
    if (one.source == "7-2") claimed.insert(one.code);
  }
  for (const auto& some : platform_rules().unclaimed()) {
    EXPECT_FALSE(some.zh.empty() || some.en.empty());
    for (const std::string& code : some.codes) {
      EXPECT_TRUE(left_out.insert(code).second) << code << " is left out twice";
      EXPECT_FALSE(claimed.contains(code)) << code;
    }
  }
  std::set<std::string> both = claimed;
  both.insert(left_out.begin(), left_out.end());
  EXPECT_EQ(both, codes_of_table_7_2());
  EXPECT_GT(claimed.size(), 50U);
}

std::string without_holes(std::string text) {
  for (auto open = text.find('{'); open != std::string::npos; open = text.find('{')) {
    text.erase(open, text.find('}') + 1 - open);
  }
  for (const char* mark : {"[", "]", "*", "<br />"}) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark)) text.erase(at, std::strlen(mark));
  }
  return text;
}

TEST(PlatformCodeList, TheTextsAreThoseOfTheTable) {
  const auto file = source_directory() / "../shared/spec/errors.tsv";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "the specification's facts are not here";
  std::multimap<std::string, std::string> printed;
  std::istringstream lines(read_file(file));
  for (std::string line; std::getline(lines, line);) {
    const auto cells = schemas::split(line, '\t');
    if (cells[0] == "7-2") printed.emplace(cells[2], without_holes(cells[5]));
  }
  // Where the table itself prints no more than a placeholder for what is said.
  const std::set<std::string> loose{"-401009", "-505011", "-621015", "-623001", "-623021", "-625209", "-800001"};
  for (const Saying& one : platform_rules().sayings()) {
    if (one.source != "7-2" || loose.contains(one.code)) continue;
    const auto [first, last] = printed.equal_range(one.code);
    const std::string text = without_holes(one.text);
    EXPECT_TRUE(std::any_of(first, last, [&](const auto& row) { return row.second == text; }))
        << one.code << " " << text;
  }
}

}  // namespace
}  // namespace tests::tools

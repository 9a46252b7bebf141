// Tax sheets, their status and the results of summaries, as the data exchange platform hands them over.
#include <gmock/gmock.h>
#include <variant>

#include "codecs/ceb/identity.h"
#include "codecs/ceb/xml_codec.h"
#include "codecs/dxp/envelope.h"
#include "tests/tools/platform/counter.h"
#include "tests/tools/platform_exchange.h"

namespace tests::tools {
namespace {

using codecs::ceb::Element;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::SizeIs;
using ::tools::platform::Letter;
using ::tools::platform::Way;

class PlatformNotices : public testing::Test {
 protected:
  // Over folders; what has been told is forgotten.
  void send(const std::string& type, const std::string& sale, const Changes& changes = {}) {
    const std::string xml = signed_text(unsigned_text(type, {counter_.document(type, sale, changes)}));
    ASSERT_TRUE(counter_.inbox().take({Way::folders, wrapped(xml), platform_dxp_id}));
    counter_.clock().advance(std::chrono::minutes(5));
    letters_ = counter_.customs().receipts().letters(Way::folders, counter_.clock().now(), 1000);
    for (const Letter& letter : letters_) counter_.customs().receipts().handed_over(letter);
  }
  void release_inventory(const std::string& cop_no = "I1") {
    for (const char* type : {"CEB311Message", "CEB411Message", "CEB511Message"}) send(type, "A1");
    send("CEB621Message", "A1", {{"copNo", cop_no}});
  }

  std::vector<std::string> types() const {
    std::vector<std::string> types;
    for (const Letter& letter : letters_) types.push_back(letter.type);
    return types;
  }
  // As its schema and its rules have it, without a warning.
  Element document(std::size_t letter) const {
    const auto envelope = std::get<codecs::dxp::Envelope>(*codecs::dxp::read(letters_.at(letter).bytes));
    const auto xml = base::XmlDocument::read(envelope.data);
    const auto verdict = platform_judge().judge(*xml, schemas::Level::all, schemas::SignatureDemand::none_yet);
    for (const base::Fault& fault : verdict.faults) ADD_FAILURE() << letters_.at(letter).type << fault.path << fault.en;
    return codecs::ceb::read_xml(platform_catalog(), envelope.data)->documents.front();
  }
  std::string head(std::size_t letter, const std::string& name) const {
    const std::string& type = letters_.at(letter).type;
    return codecs::ceb::head_field(*platform_catalog().find(type), document(letter), name);
  }

  Counter counter_;
  std::vector<Letter> letters_;
};

TEST_F(PlatformNotices, a_tax_sheet_and_its_status_follow_the_release_of_an_inventory) {
  release_inventory();
  ASSERT_THAT(types(),
              ElementsAre("CEB622Message", "CEB622Message", "CEB622Message", "CEB816Message", "CEB818Message"));
  const std::string invt_no = head(2, "invtNo");
  EXPECT_EQ(head(3, "invtNo"), invt_no);
  EXPECT_EQ(head(3, "status"), "1");
  EXPECT_EQ(head(4, "status"), "2");
  EXPECT_EQ(head(3, "taxNo"), head(4, "taxNo"));
  EXPECT_NE(head(4, "entDutyNo"), "");
  EXPECT_EQ(letters_[3].dxp_id, platform_dxp_id);
  EXPECT_LT(letters_[2].due, letters_[3].due);
  EXPECT_LT(letters_[3].due, letters_[4].due);
}

TEST_F(PlatformNotices, a_tax_sheet_reckons_the_tax_of_each_row_and_of_all) {
  release_inventory();
  const Element sheet = document(3);
  std::vector<std::string> prices, taxes;
  for (const Element& row : sheet.children) {
    if (row.name != "TaxListRd") continue;
    prices.push_back(row.child("taxPrice")->text);
    taxes.push_back(row.child("valueAddedTax")->text);
  }
  EXPECT_THAT(prices, ElementsAre("66", "44"));  // 60 and 40, with 10 of freight
  EXPECT_THAT(taxes, ElementsAre("6.01", "4"));
  EXPECT_EQ(head(3, "valueAddedTax"), "10.01");
  EXPECT_EQ(head(3, "customsTax"), "0");
  EXPECT_EQ(head(3, "consumptionTax"), "0");
}

TEST_F(PlatformNotices, a_cancelled_inventory_has_its_tax_sheet_voided) {
  release_inventory();
  const std::string invt_no = head(2, "invtNo");
  send("CEB623Message", "A1", {{"invtNo", invt_no}});
  ASSERT_THAT(types(), ElementsAre("CEB624Message", "CEB624Message", "CEB624Message", "CEB818Message"));
  EXPECT_EQ(head(3, "status"), "3");
  EXPECT_EQ(head(3, "invtNo"), invt_no);
}

TEST_F(PlatformNotices, a_cancelled_inventory_that_was_not_released_has_none_to_void) {
  release_inventory("I1~120");
  send("CEB623Message", "A1", {{"invtNo", head(1, "invtNo")}});
  EXPECT_THAT(types(), ElementsAre("CEB624Message", "CEB624Message", "CEB624Message"));
}

TEST_F(PlatformNotices, a_summary_gets_its_result_with_the_goods_of_its_inventories_and_then_the_declaration) {
  send("CEB603Message", "A1");
  const std::string invt_no = head(2, "invtNo");
  Element summary = counter_.document("CEB701Message", "A1");
  summary.child("SummaryApplyList")->child("invtNo")->text = invt_no;
  const std::string xml = signed_text(unsigned_text("CEB701Message", {summary}));
  ASSERT_TRUE(counter_.inbox().take({Way::folders, wrapped(xml), platform_dxp_id}));
  counter_.clock().advance(std::chrono::minutes(5));
  letters_ = counter_.customs().receipts().letters(Way::folders, counter_.clock().now(), 1000);
  ASSERT_THAT(types(), ElementsAre("CEB702Message", "CEB702Message", "CEB792Message", "CEB792Message"));
  EXPECT_EQ(head(2, "sumNo"), head(1, "sumNo"));
  EXPECT_EQ(head(3, "sumNo"), head(1, "sumNo"));
  EXPECT_EQ(head(2, "grossWeight"), "1.6");
  EXPECT_EQ(head(2, "entryId"), "");
  EXPECT_THAT(head(3, "entryId"), MatchesRegex("640920260[0-9]{9}"));
  const Element* row = nullptr;
  const Element result = document(2);
  for (const Element& one : result.children) {
    if (one.name == "SummaryResultList") row = &one;
  }
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->child("invtNo")->text, invt_no);
  EXPECT_EQ(row->child("logisticsNo")->text, "W-A1");
  EXPECT_EQ(row->child("gcode")->text, "2106909090");
}

TEST_F(PlatformNotices, a_summary_of_inventories_that_are_not_known_is_concluded_all_the_same) {
  send("CEB701Message", "A1");
  ASSERT_THAT(types(), ElementsAre("CEB702Message", "CEB702Message", "CEB792Message", "CEB792Message"));
  EXPECT_EQ(head(2, "netWeight"), "0");
}

TEST_F(PlatformNotices, are_kept_back_where_a_trigger_says_so) {
  release_inventory("I1~no-notices");
  EXPECT_THAT(types(), ElementsAre("CEB622Message", "CEB622Message", "CEB622Message"));
}

TEST_F(PlatformNotices, share_the_triggers_of_the_receipts) {
  release_inventory("I1~silent");
  EXPECT_THAT(types(), IsEmpty());
  for (const char* type : {"CEB311Message", "CEB411Message", "CEB511Message"}) send(type, "A2");
  send("CEB621Message", "A2", {{"copNo", "I2~twice"}});
  EXPECT_THAT(letters_, SizeIs(10));
}

TEST_F(PlatformNotices, are_in_no_listing) {
  counter_.hand_in_siblings("A1");
  EXPECT_THAT(counter_.hand_in("CEB621Message", "A1"), ElementsAre("2", "120", "800"));
  for (const char* type : {"CEB816Message", "CEB818Message"}) {
    EXPECT_THAT(counter_.customs().receipts().records(platform_dxp_id, type, base::Time(), counter_.clock().now()),
                IsEmpty());
  }
}

}  // namespace
}  // namespace tests::tools

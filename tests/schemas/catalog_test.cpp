#include "schemas/catalog.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "schemas/judge.h"
#include "tests/schemas/made_message.h"
#include "tests/support/paths.h"

namespace {

using schemas::Catalog;
using tests::catalog_202205;
using Strings = std::vector<std::string>;

TEST(Catalog, KnowsWhatADeclarationIsMadeOf) {
  const auto* type = catalog_202205().find("CEB311Message");
  ASSERT_NE(type, nullptr);
  EXPECT_EQ(type->kind, schemas::MessageKind::declaration);
  EXPECT_EQ(type->direction, "import");
  EXPECT_EQ(type->business_node, "Order");
  EXPECT_EQ(type->head, "OrderHead");
  EXPECT_EQ(type->list, "OrderList");
  EXPECT_EQ(type->most_documents, 100u);
  EXPECT_EQ(type->key_fields, (Strings{"ebpCode", "orderNo"}));
  EXPECT_EQ(type->roles, (Strings{"ecommerce", "platform"}));
  EXPECT_EQ(type->receipt, "CEB312Message");
  EXPECT_TRUE(type->fills_app_status);
  EXPECT_EQ(type->signature_before, "");
  EXPECT_EQ(type->root.clause, "报文规范 202205 §3.1.2");
  const auto* number = type->head_node().child("orderNo");
  ASSERT_NE(number, nullptr);
  EXPECT_EQ(number->title_zh, "订单编号");
  EXPECT_EQ(number->facets.max_length, 60u);
  EXPECT_EQ(type->head_node().child("currency")->facets.fixed_value, "142");
  EXPECT_EQ(type->business().child("OrderList")->max_occurs, 99u);
}

TEST(Catalog, KnowsWhatAReceiptIsMadeOf) {
  const auto* type = catalog_202205().find("CEB622Message");
  ASSERT_NE(type, nullptr);
  EXPECT_EQ(type->kind, schemas::MessageKind::receipt);
  EXPECT_EQ(type->answers, "CEB621Message");
  EXPECT_EQ(type->head, "");
  EXPECT_EQ(type->head_node().name, "InventoryReturn");
  EXPECT_EQ(type->head_node().child("invtNo")->min_occurs, 0u);
}

TEST(Catalog, KnowsOnlyWhatIsInTheData) {
  EXPECT_EQ(catalog_202205().types().size(), 42u);
  EXPECT_EQ(tests::catalog_of("2018").types().size(), 38u);
  EXPECT_EQ(catalog_202205().envelopes().size(), 3u);
  EXPECT_EQ(catalog_202205().find("CEB999Message"), nullptr);
  EXPECT_EQ(catalog_202205().find("CEB621Message")->cop_no_prefix, "621");
}

// A copy of the data with one line of one file changed.
class SpoiltData : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* folder : {"xsd", "catalog", "rules", "params", "knowledge"}) {
      std::filesystem::copy(tests::schemas_directory() / folder, scratch_.path() / folder,
                            std::filesystem::copy_options::recursive);
    }
  }
  void replace(const std::string& file, const std::string& what, const std::string& with) {
    auto text = tests::read_file(scratch_.path() / file);
    const auto at = text.find(what);
    ASSERT_NE(at, std::string::npos) << what;
    line_ = 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    tests::write_file(scratch_.path() / file, text.replace(at, what.size(), with));
  }
  void expect_named(const std::string& file) {
    const auto catalog = Catalog::load(scratch_.path(), "202205");
    ASSERT_FALSE(catalog) << file;
    const bool named = std::ranges::any_of(catalog.faults(), [&](const base::Fault& fault) {
      return fault.path == (scratch_.path() / file).string() && fault.line == line_ && !fault.zh.empty() &&
             !fault.en.empty();
    });
    EXPECT_TRUE(named) << file << ":" << line_ << " but: " << catalog.faults().front().path << ":"
                       << catalog.faults().front().line;
  }

  tests::ScratchDirectory scratch_;
  int line_ = 0;
};

TEST_F(SpoiltData, OfAMessageIsNamedWithItsLine) {
  const std::string file = "catalog/messages.tsv";
  const std::vector<std::pair<std::string, std::string>> cases{
      {"CEB411Message\tdeclaration", "CEB411Message\tdeclared"},
      {"CEB411Message\tdeclaration\timport", "CEB411Message\tdeclaration"},
      {"payCode payTransactionId\tpayTransactionId orderNo", "payCode payTransactionNo\tpayTransactionId orderNo"},
      {"payCode payTransactionId\tpayTransactionId orderNo", "\tpayTransactionId orderNo"},
      {"CEB412Message\tyes", "CEB412Message\tmaybe"},
      {"CEB412Message\treceipt", "CEB312Message\treceipt"},
  };
  const auto whole = tests::read_file(scratch_.path() / file);
  for (const auto& [what, with] : cases) {
    replace(file, what, with);
    expect_named(file);
    tests::write_file(scratch_.path() / file, whole);
  }
}

TEST_F(SpoiltData, OfAnswersAndCorrectionsIsNamedWithItsLine) {
  const std::string answers = "catalog/answers.tsv", corrections = "catalog/corrections.tsv";
  const std::vector<std::array<std::string, 3>> cases{
      {answers, "\t-301020\trefuse", "\t-301020\tdecline"},
      {answers, "\t800\tsettle\treleased", "\t800\tsettle\tgone"},
      {answers, "CEB621Message\t*\t*\t899", "CEB620Message\t*\t*\t899"},
      {answers, "\t订单没有商品表体", "\t"},
      {answers, "type\tapp_type", "type\tapp_kind"},
      {corrections, "\tdecided\t", "\tundecided\t"},
  };
  for (const auto& [file, what, with] : cases) {
    const auto whole = tests::read_file(scratch_.path() / file);
    replace(file, what, with);
    expect_named(file);
    tests::write_file(scratch_.path() / file, whole);
  }
}

TEST_F(SpoiltData, OfAnXsdIsNamedWithItsLine) {
  const std::string file = "xsd/202205/import.xsd";
  const std::vector<std::pair<std::string, std::string>> cases{
      {"name=\"orderNo\" type=\"ceb:C1..60\"", "name=\"orderNo\" type=\"ceb:C1..61\""},
      {"name=\"orderNo\" type=\"ceb:C1..60\"", "name=\"orderNo\" type=\"xs:duration\""},
      {"type=\"ceb:OrderHead\"", "type=\"ceb:OrderHeads\""},
      {"ref=\"ds:Signature\"", "ref=\"ds:SignedInfo\""},
      {"processContents=\"skip\"", "processContents=\"lax\""},
      {"<xs:attributeGroup ref=\"ceb:serial\"/>", "<xs:anyAttribute/>"},
      {"base=\"xs:decimal\"", "base=\"ceb:amount\""},
  };
  const auto whole = tests::read_file(scratch_.path() / file);
  for (const auto& [what, with] : cases) {
    replace(file, what, with);
    expect_named(file);
    tests::write_file(scratch_.path() / file, whole);
  }
  tests::write_file(scratch_.path() / file, whole.substr(0, 5000));
  line_ = 1 + static_cast<int>(std::count(whole.begin(), whole.begin() + 5000, '\n'));
  expect_named(file);
}

TEST_F(SpoiltData, ThatIsAbsentIsNamed) {
  std::filesystem::remove(scratch_.path() / "catalog/answers.tsv");
  std::filesystem::remove(scratch_.path() / "xsd/202205/import.xsd");
  expect_named("catalog/answers.tsv");
  expect_named("xsd/202205/import.xsd");
}

TEST_F(SpoiltData, OfASchemaThatOnlyLibxml2ReadsIsNamedByTheJudge) {
  const auto catalog = Catalog::load(scratch_.path(), "202205");
  ASSERT_TRUE(catalog);
  std::filesystem::remove(scratch_.path() / "xsd/202205/xmldsig.xsd");
  testing::internal::CaptureStderr();
  const auto judge = schemas::Judge::load(scratch_.path(), *catalog);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  ASSERT_FALSE(judge);
  EXPECT_EQ(judge.faults().front().code, "xsd.compile");
  EXPECT_EQ(judge.faults().front().path, (scratch_.path() / "xsd/202205/import.xsd").string());
}

TEST_F(SpoiltData, OfARuleIsNamedByTheJudge) {
  replace("rules/CEB311Message.sch", "value=\"$goods + $freight\"", "value=\"add($goods, $freight)\"");
  const auto catalog = Catalog::load(scratch_.path(), "202205");
  ASSERT_TRUE(catalog);
  const auto judge = schemas::Judge::load(scratch_.path(), *catalog);
  ASSERT_FALSE(judge);
  EXPECT_EQ(judge.faults().front().path, (scratch_.path() / "rules/CEB311Message.sch").string());
  EXPECT_EQ(judge.faults().front().line, line_);
}

// A type that no code knows: data alone must be enough.
TEST_F(SpoiltData, MayGainAMessageTypeWithoutCode) {
  replace("xsd/202205/import.xsd", "<xs:element name=\"CEB312Message\">",
          "<xs:element name=\"CEB998Message\"><xs:complexType><xs:sequence><xs:element name=\"OrderReturn\" "
          "type=\"ceb:OrderReturn\"/>"
          "<xs:element ref=\"ds:Signature\"/><xs:element name=\"ExtendMessage\" type=\"ceb:ExtendMessage\" "
          "minOccurs=\"0\"/></xs:sequence></xs:complexType>"
          "</xs:element><xs:element name=\"CEB312Message\">");
  auto messages = tests::read_file(scratch_.path() / "catalog/messages.tsv");
  messages += "CEB998Message\tnotice\timport\t202205\t新\tnew\torderNo\t\t\t\t\tno\t\n";
  tests::write_file(scratch_.path() / "catalog/messages.tsv", messages);
  const auto catalog = Catalog::load(scratch_.path(), "202205");
  ASSERT_TRUE(catalog) << catalog.faults().front().en;
  const auto* type = catalog->find("CEB998Message");
  ASSERT_NE(type, nullptr);
  EXPECT_EQ(type->signature_before, "ExtendMessage");
  EXPECT_EQ(type->most_documents, 1u);
}

}  // namespace

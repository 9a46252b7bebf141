// The table of corrections: complete, sound, and as the specification and live systems have it.
#include "schemas/corrections.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/schemas/made_message.h"
#include "tests/support/paths.h"

namespace {

using schemas::Correction;
using schemas::Standing;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Correction& correction(std::string_view type, Standing standing) {
  return tests::catalog_202205().corrections().of(type, standing);
}

std::vector<const schemas::MessageType*> declarations() {
  std::vector<const schemas::MessageType*> types;
  for (const auto& type : tests::catalog_202205().types()) {
    if (type.kind == schemas::MessageKind::declaration) types.push_back(&type);
  }
  return types;
}

TEST(Corrections, KnowEveryDeclarationInEveryStandingInBothLanguages) {
  ASSERT_EQ(declarations().size(), 19U);
  for (const auto* type : declarations()) {
    for (std::size_t i = 0; i < schemas::standing_count; ++i) {
      const Correction& found = correction(type->name, static_cast<Standing>(i));
      EXPECT_FALSE(found.zh.empty()) << type->name << " " << word(static_cast<Standing>(i));
      EXPECT_FALSE(found.en.empty());
      for (const auto* fields : {&found.carry, &found.carry_if_known}) {
        for (const std::string& field : *fields) EXPECT_NE(type->head_node().child(field), nullptr) << type->name;
      }
      EXPECT_THAT(found.app_types, Each(testing::AnyOf("1", "2", "3"))) << type->name;
    }
  }
}

TEST(Corrections, DeclareACancellationOfAnImportInventoryOnlyAsNew) {  // G06
  for (std::size_t i = 0; i < schemas::standing_count; ++i) {
    EXPECT_THAT(correction("CEB623Message", static_cast<Standing>(i)).app_types, Each("1"));
  }
}

TEST(Corrections, ChangeADeclaredInventoryOnlyUnderItsNumbers) {
  for (const char* type : {"CEB621Message", "CEB603Message"}) {
    EXPECT_THAT(correction(type, Standing::declared).app_types, ElementsAre("2"));
    EXPECT_THAT(correction(type, Standing::declared).carry, ElementsAre("preNo", "invtNo"));
    EXPECT_THAT(correction(type, Standing::rejected_stored).app_types, ElementsAre("1"));
    EXPECT_THAT(correction(type, Standing::released).app_types, IsEmpty());
  }
  EXPECT_THAT(correction("CEB621Message", Standing::released).en, HasSubstr("CEB623"));
  EXPECT_THAT(correction("CEB603Message", Standing::released).en, HasSubstr("CEB605"));
}

TEST(Corrections, NeverRepeatWhatWasGranted) {
  for (const auto* type : declarations()) {
    EXPECT_THAT(correction(type->name, Standing::done).app_types, IsEmpty()) << type->name;
    EXPECT_THAT(correction(type->name, Standing::decided).app_types, IsEmpty()) << type->name;
  }
}

TEST(Corrections, ChangeAStoredOrderPaymentOrWaybillByDefaultAndAllowItsDeletion) {
  for (const char* type : {"CEB311Message", "CEB411Message", "CEB511Message", "CEB303Message"}) {
    EXPECT_THAT(correction(type, Standing::stored).app_types, ElementsAre("2", "3"));
    EXPECT_THAT(correction(type, Standing::rejected_stored).app_types, ElementsAre("2", "3"));
    EXPECT_THAT(correction(type, Standing::declared).app_types, IsEmpty());
  }
}

TEST(Corrections, HaveNothingForWhatIsNotDeclared) {
  EXPECT_THAT(correction("CEB312Message", Standing::nothing_stored).app_types, IsEmpty());
}

class SpoiltCorrections : public testing::Test {
 protected:
  SpoiltCorrections() {
    std::filesystem::create_directory(folder_.path() / "catalog");
    text_ = tests::read_file(tests::schemas_directory() / file);
  }
  base::Faults load(const std::string& what, const std::string& with) {
    std::string text = text_;
    const auto at = text.find(what);
    if (at == std::string::npos) throw std::runtime_error("not there: " + what);
    tests::write_file(folder_.path() / file, text.replace(at, what.size(), with));
    const auto loaded = schemas::Corrections::load({folder_.path(), {}}, tests::catalog_202205());
    return loaded ? base::Faults{} : loaded.faults();
  }

  static constexpr const char* file = "catalog/corrections.tsv";
  tests::ScratchDirectory folder_;
  std::string text_;
};

TEST_F(SpoiltCorrections, AreNamed) {
  EXPECT_THAT(load("CEB623Message\tnothing_stored\t1", "CEB623Message\tnothing_stored\t4"), testing::SizeIs(1));
  EXPECT_THAT(load("CEB623Message\tnothing_stored", "CEB623Message\tstored"), testing::SizeIs(1));
  EXPECT_THAT(load("CEB623Message\tnothing_stored", "CEB6230Message\tnothing_stored"), testing::SizeIs(1));
  EXPECT_THAT(load("preNo invtNo", "preNo invtNos"), testing::SizeIs(2));  // of both inventories
}

TEST_F(SpoiltCorrections, ThatLackAStandingAreNamed) {
  const auto begin = text_.find("CEB213Message CEB625Message\tdone");
  const auto faults = load(text_.substr(begin, text_.find('\n', begin) + 1 - begin), "");
  ASSERT_EQ(faults.size(), 2U);
  EXPECT_THAT(faults.front().en, HasSubstr("CEB625Message and done"));
}

}  // namespace

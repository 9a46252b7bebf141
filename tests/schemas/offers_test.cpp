// The table of offers: what each document may do next, and that a spoilt table is told.
#include "schemas/offers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/schemas/made_message.h"
#include "tests/support/paths.h"

namespace {

using schemas::Standing;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> offered(std::string_view type, Standing standing) {
  std::vector<std::string> actions;
  for (const schemas::Offer* offer : tests::catalog_202205().offers().of(type, standing)) {
    actions.push_back(offer->is_next ? offer->action : offer->action + " by " + offer->target);
  }
  return actions;
}

TEST(Offers, AreWhatABrokerWouldDo) {
  EXPECT_THAT(offered("CEB311Message", Standing::stored), ElementsAre("change", "delete"));
  EXPECT_THAT(offered("CEB311Message", Standing::declared), IsEmpty());
  EXPECT_THAT(offered("CEB621Message", Standing::rejected_stored), ElementsAre("declare"));
  EXPECT_THAT(offered("CEB621Message", Standing::declared), ElementsAre("change", "cancel by CEB623Message"));
  EXPECT_THAT(offered("CEB621Message", Standing::released),
              ElementsAre("cancel by CEB623Message", "refund by CEB625Message"));
  EXPECT_THAT(offered("CEB621Message", Standing::closed), ElementsAre("refund by CEB625Message"));
  EXPECT_THAT(offered("CEB603Message", Standing::released),
              ElementsAre("cancel by CEB605Message", "refund by CEB213Message"));
  EXPECT_THAT(offered("CEB623Message", Standing::done), IsEmpty());
  EXPECT_THAT(offered("CEB621Message", Standing::decided), IsEmpty());
}

// Whoever may make a next version is offered one, so that no correction is hidden from people.
TEST(Offers, NameANextVersionWhereverTheCorrectionsAllowOne) {
  const schemas::Catalog& catalog = tests::catalog_202205();
  for (const auto& type : catalog.types()) {
    if (type.kind != schemas::MessageKind::declaration) continue;
    for (std::size_t i = 0; i < schemas::standing_count; ++i) {
      const auto standing = static_cast<Standing>(i);
      const auto& allowed = catalog.corrections().of(type.name, standing).app_types;
      const auto offers = catalog.offers().of(type.name, standing);
      const bool has_default = std::ranges::any_of(offers, [&](const auto* offer) {
        return offer->is_next && !allowed.empty() && offer->app_type == allowed.front();
      });
      EXPECT_EQ(has_default, !allowed.empty()) << type.name << " " << word(standing);
    }
  }
}

TEST(Offers, LeaveOutWhatTheEditionDoesNotKnow) {
  const auto offers = tests::catalog_of("2018").offers().of("CEB603Message", Standing::closed);
  EXPECT_THAT(offers, IsEmpty());
}

class SpoiltOffers : public testing::TestWithParam<std::pair<std::string, std::string>> {};

TEST_P(SpoiltOffers, AreNamedWithTheirLine) {
  const tests::ScratchDirectory folder;
  std::filesystem::create_directory(folder.path() / "catalog");
  std::string text = tests::read_file(tests::schemas_directory() / "catalog/offers.tsv");
  const auto at = text.find(GetParam().first);
  ASSERT_NE(at, std::string::npos);
  const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  tests::write_file(folder.path() / "catalog/offers.tsv", text.replace(at, GetParam().first.size(), GetParam().second));
  const schemas::Catalog& catalog = tests::catalog_202205();
  const auto loaded = schemas::Offers::load({folder.path(), {}}, catalog, catalog.corrections());
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.faults().front().code, "data.row");
  EXPECT_EQ(loaded.faults().front().line, line);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, SpoiltOffers,
    testing::Values(std::pair{"released\tcancel\tCEB623Message", "released\tcancels\tCEB623Message"},
                    std::pair{"released\tcancel\tCEB623Message", "released\tcancel\tCEB6230Message"},
                    std::pair{"released\tcancel\tCEB623Message", "gone\tcancel\tCEB623Message"},
                    std::pair{"ieFlag=I", "ieFlags=I"}, std::pair{"ieFlag=I", "ieFlag"},
                    std::pair{"InvtRefundList/qty\tinvtNo", "InvtRefundList/quantity\tinvtNo"},
                    std::pair{"\tinvtNo\tCEB623Message\t", "\tinvtNumber\tCEB623Message\t"},
                    std::pair{"\tinvtNo\tCEB623Message\t", "\tinvtNo\tCEB6230Message\t"},
                    std::pair{"\tdeclare the draft in earnest (appStatus 2)", "\t"},
                    std::pair{"CEB621Message\tstored declared\tchange\t=\t2",
                              "CEB621Message\tstored declared\tchange\t=\t3"}));

}  // namespace

#include <gtest/gtest.h>
#include <sstream>

#include "schemas/judge.h"
#include "tests/support/paths.h"

namespace {

using schemas::Catalog;
using schemas::Judge;
using schemas::Level;
using schemas::SignatureDemand;

std::string told_of_sample(const base::Faults& faults) {
  std::string text;
  for (const auto& fault : faults) text += fault.code + " " + fault.path + ": " + fault.en + "\n";
  return text;
}

class OfficialSamples : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(tests::shared_directory() / "samples")) GTEST_SKIP() << "no shared/samples here";
  }
};

TEST_F(OfficialSamples, GetTheVerdictOfTheOfficialSchema) {
  const auto catalog = Catalog::load(tests::schemas_directory(), "202205");
  ASSERT_TRUE(catalog) << told_of_sample(catalog.faults());
  const auto judge = Judge::load(tests::schemas_directory(), *catalog);
  ASSERT_TRUE(judge) << told_of_sample(judge.faults());
  std::istringstream lines(tests::read_file(tests::shared_directory() / "samples" / "verdicts.tsv"));
  int judged = 0;
  for (std::string file, valid; lines >> file >> valid;) {
    const auto path = tests::shared_directory() / "samples" / file;
    if (catalog->find(path.stem().string()) == nullptr) continue;
    const auto document = base::XmlDocument::read(tests::read_file(path));
    ASSERT_TRUE(document) << file;
    const auto verdict = judge->judge(*document, Level::schema, SignatureDemand::as_schema_says);
    EXPECT_EQ(verdict.valid(), valid == "yes") << file << "\n" << told_of_sample(verdict.faults);
    ++judged;
  }
  EXPECT_GE(judged, 8);
}

}  // namespace

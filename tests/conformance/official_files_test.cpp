// The program `cebgate` over the official sample messages and the signature vectors beside the project: each file is
// judged as its verdicts.tsv says, and what is valid goes the whole way.
#include <boost/json/parse.hpp>
#include <filesystem>
#include <gtest/gtest.h>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/cebgate_run.h"
#include "tests/support/paths.h"
#include "tests/support/test_keys.h"

namespace tests::conformance {
namespace {

struct Line {
  std::filesystem::path file;
  std::string verdict;
};

std::vector<Line> verdicts_in(const std::filesystem::path& folder) {
  std::istringstream table(read_file(folder / "verdicts.tsv"));
  std::vector<Line> lines;
  for (std::string text; std::getline(table, text);) {
    std::istringstream columns(text);
    std::string file, verdict;
    if (std::getline(columns, file, '\t') && std::getline(columns, verdict, '\t'))
      lines.push_back({folder / file, verdict});
  }
  return lines;
}

class OfficialFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(shared_directory())) GTEST_SKIP() << shared_directory() << " is not here";
  }

  std::map<std::string, std::string> known_types() const {  // with their kinds
    const auto catalog = boost::json::parse(cebgate_({"catalog", "--format", "json"}).out);
    std::map<std::string, std::string> types;
    for (const auto& type : catalog.as_array())
      types[type.at("name").as_string().c_str()] = type.at("kind").as_string();
    return types;
  }

  std::map<std::string, Line> samples() const {  // of known types
    const auto types = known_types();
    std::map<std::string, Line> found;
    for (const Line& line : verdicts_in(shared_directory() / "samples")) {
      if (types.contains(line.file.stem().string())) found[line.file.stem().string()] = line;
    }
    return found;
  }

  CebgateRun cebgate_;
};

TEST_F(OfficialFiles, every_sample_of_a_known_type_is_valid_by_its_schema_or_not_as_the_table_says) {
  const auto found = samples();
  EXPECT_EQ(found.size(), 39u);  // there is none of CEB816, 818 and 900
  for (const auto& [type, sample] : found) {
    const Ran ran = cebgate_({"validate", "--level", "schema", "--format", "json", sample.file.string()});
    const auto verdict = boost::json::parse(ran.out).as_array().at(0).as_object();
    // The root of the sample of CEB214 is called CEB214.
    EXPECT_EQ(verdict.at("type").as_string(), type == "CEB214Message" ? "" : type);
    EXPECT_EQ(verdict.at("file").as_string(), sample.file.string());
    EXPECT_EQ(verdict.at("valid").as_bool(), sample.verdict == "yes") << ran.out;
    EXPECT_EQ(ran.status, sample.verdict == "yes" ? 0 : 1) << type;
  }
}

TEST_F(OfficialFiles, every_valid_sample_goes_to_json_and_back) {
  for (const auto& [type, sample] : samples()) {
    if (sample.verdict != "yes") continue;
    SCOPED_TRACE(type);
    const std::string shown = cebgate_({"show", sample.file.string()}).out;
    const std::string built = cebgate_.path(type + ".xml");
    const Ran build = cebgate_({"build", type, cebgate_.write(type + ".json", shown), "-o", built});
    ASSERT_EQ(build.status, 0) << build.err;
    EXPECT_EQ(cebgate_({"show", built}).out, shown);
  }
}

TEST_F(OfficialFiles, every_valid_declaration_signed_anew_verifies_and_stays_valid) {
  TestAuthority authority(cebgate_.path("authority"));
  const TestIdentity identity = authority.issue_sm2("测试企业");
  const auto types = known_types();
  for (const auto& [type, sample] : samples()) {
    if (sample.verdict != "yes" || types.at(type) != "declaration") continue;
    SCOPED_TRACE(type);
    const std::string is_signed = cebgate_.path("signed.xml");
    const Ran sign = cebgate_({"sign", sample.file.string(), "-o", is_signed, "--key", "file:" + identity.key.string(),
                               "--cert", identity.certificate.string()});
    ASSERT_EQ(sign.status, 0) << sign.err;
    const Ran verify = cebgate_({"verify", "--trust", authority.sm2_root().string(), is_signed});
    EXPECT_EQ(verify.status, 0) << verify.out;
    const Ran validate = cebgate_({"validate", "--level", "schema", is_signed});
    EXPECT_EQ(validate.status, 0) << validate.out;
  }
}

TEST_F(OfficialFiles, every_signature_vector_is_good_or_bad_as_the_table_says) {
  const std::vector<Line> lines = verdicts_in(shared_directory() / "vectors");
  ASSERT_FALSE(lines.empty());
  for (const Line& line : lines) {
    const Ran ran = cebgate_({"verify", line.file.string()});
    EXPECT_EQ(ran.status, line.verdict == "good" ? 0 : 1) << line.file << "\n" << ran.out << ran.err;
  }
}

}  // namespace
}  // namespace tests::conformance

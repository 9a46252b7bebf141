// The program `cebgate` over the official sample messages and the signature vectors beside the project: each file is
// judged as its verdicts.tsv says.
#include <boost/json/parse.hpp>
#include <filesystem>
#include <gtest/gtest.h>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/cebgate_run.h"
#include "tests/support/paths.h"

namespace tests::conformance {
namespace {

struct Line {
  std::string file, verdict;
};

std::vector<Line> verdicts_of(const std::filesystem::path& folder) {
  std::istringstream table(read_file(folder / "verdicts.tsv"));
  std::vector<Line> lines;
  for (std::string text; std::getline(table, text);) {
    std::istringstream columns(text);
    Line line;
    if (std::getline(columns, line.file, '\t') && std::getline(columns, line.verdict, '\t')) lines.push_back(line);
  }
  return lines;
}

std::set<std::string> known_types(const CebgateRun& cebgate) {
  const auto catalog = boost::json::parse(cebgate({"catalog", "--format", "json"}).out);
  std::set<std::string> types;
  for (const auto& type : catalog.as_array()) types.emplace(type.at("name").as_string());
  return types;
}

TEST(OfficialFiles, every_sample_of_a_known_type_is_valid_by_its_schema_or_not_as_the_table_says) {
  const auto folder = shared_directory() / "samples";
  if (!std::filesystem::exists(folder / "verdicts.tsv")) GTEST_SKIP() << folder << " is not here";
  const CebgateRun cebgate;
  const std::set<std::string> types = known_types(cebgate);
  std::size_t judged = 0;
  for (const Line& line : verdicts_of(folder)) {
    const std::filesystem::path file = folder / line.file;
    if (!types.contains(file.stem().string())) continue;
    const Ran ran = cebgate({"validate", "--level", "schema", "--format", "json", file.string()});
    const auto verdict = boost::json::parse(ran.out).as_array().at(0).as_object();
    EXPECT_EQ(verdict.at("valid").as_bool(), line.verdict == "yes") << line.file << "\n" << ran.out;
    EXPECT_EQ(ran.status, line.verdict == "yes" ? 0 : 1) << line.file;
    EXPECT_EQ(verdict.at("file").as_string(), file.string());
    ++judged;
  }
  EXPECT_EQ(judged, types.size());  // there is a sample of each type
}

TEST(OfficialFiles, every_signature_vector_is_good_or_bad_as_the_table_says) {
  const auto folder = shared_directory() / "vectors";
  if (!std::filesystem::exists(folder / "verdicts.tsv")) GTEST_SKIP() << folder << " is not here";
  const CebgateRun cebgate;
  const std::vector<Line> lines = verdicts_of(folder);
  ASSERT_FALSE(lines.empty());
  for (const Line& line : lines) {
    const Ran ran = cebgate({"verify", (folder / line.file).string()});
    EXPECT_EQ(ran.status, line.verdict == "good" ? 0 : 1) << line.file << "\n" << ran.out << ran.err;
  }
}

}  // namespace
}  // namespace tests::conformance

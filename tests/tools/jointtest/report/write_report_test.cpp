// The files that are written: the zip read back, its sums, what is masked in them, and what stays when writing fails.
#include "tools/jointtest/report/write_report.h"

#include <boost/json/parse.hpp>
#include <fstream>
#include <gmock/gmock.h>
#include <map>

#include "base/digest.h"
#include "gateway/evidence/zip.h"
#include "tests/support/paths.h"
#include "tests/support/shell.h"
#include "tests/tools/jointtest/report/sample_run.h"

namespace tests::jointtest {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using namespace tools::jointtest;
using namespace tools::jointtest::report;

class WrittenReport : public testing::Test {
 protected:
  void write(const RunResult& run, Masking masking) {
    const auto done = write_report(run, folder_, catalog(), masking);
    ASSERT_TRUE(done) << done.faults().front().en;
    const auto zip = gateway::evidence::read_zip(read_file(folder_ / "evidence.zip"));
    ASSERT_TRUE(zip);
    files_.clear();
    for (const auto& file : *zip) files_[file.name] = file.bytes;
  }

  ScratchDirectory scratch_;
  fs::path folder_ = scratch_.path() / "run" / "report";
  std::map<std::string, std::string> files_;
};

TEST_F(WrittenReport, HasEveryMessageAndReceiptByteForByteWherePersonalDataIsShown) {
  RunResult run = small_run();
  run.cases[0].messages[0].receipts[1].bytes = "\xD0\xC2\xD4\xF6 GBK\r\n";
  write(run, Masking::shown);
  EXPECT_EQ(files_["case-01-message-01-CEB311Message.xml"], run.cases[0].messages[0].bytes);
  EXPECT_EQ(files_["case-01-message-01-receipt-02.txt"], run.cases[0].messages[0].receipts[1].bytes);
  EXPECT_EQ(files_["case-01-message-04-receipt-01.xml"], run.cases[0].messages[3].receipts[0].bytes);
  EXPECT_EQ(files_["report.html"], read_file(folder_ / "report.html"));
  EXPECT_EQ(files_["junit.xml"], read_file(folder_ / "junit.xml"));
  EXPECT_THAT(files_["README.txt"], AllOf(HasSubstr("逐字节一致"), HasSubstr("byte for byte"), Not(HasSubstr("***"))));
  std::size_t texts = 0, of_run = 0;
  for (const auto& [name, bytes] : files_) texts += name.starts_with("case-") ? 1 : 0;
  for (const CaseResult& one : run.cases) {
    for (const MessageResult& message : one.messages) of_run += 1 + message.receipts.size();
  }
  EXPECT_EQ(texts, of_run);
}

TEST_F(WrittenReport, ShowsNobodyWhereItIsMaskedInAnyFile) {
  RunResult run = full_run();
  run.cases[0].steps[0].text = "订购人 " + buyer;
  run.cases[6].steps.back().en = "found " + buyer_id;
  write(run, Masking::masked);
  for (const auto& [name, bytes] : files_) {
    for (const std::string& personal : {buyer, buyer_id, telephone, address}) {
      EXPECT_THAT(bytes, Not(HasSubstr(personal))) << name;
    }
  }
  EXPECT_THAT(files_["case-01-message-01-CEB311Message.xml"], HasSubstr("<ceb:buyerName>***</ceb:buyerName>"));
  EXPECT_THAT(files_["README.txt"], AllOf(HasSubstr("已替换为 ***"), HasSubstr("cannot be verified any more")));
}

TEST_F(WrittenReport, ListsEveryFileWithItsDigests) {
  write(small_run(), Masking::masked);
  const auto manifest = json::parse(files_["manifest.json"]).as_object();
  EXPECT_EQ(manifest.at("form"), "cebgate-joint-test");
  EXPECT_EQ(manifest.at("masked"), true);
  std::size_t listed = 0;
  for (const auto& row : manifest.at("files").as_array()) {
    const auto& file = row.as_object();
    const std::string& bytes = files_.at(std::string(file.at("name").as_string()));
    EXPECT_EQ(file.at("bytes").as_int64(), static_cast<std::int64_t>(bytes.size()));
    EXPECT_EQ(file.at("sm3").as_string(), base::hex(base::sm3(bytes)));
    EXPECT_EQ(file.at("sha256").as_string(), base::sha256_hex(bytes));
    ++listed;
  }
  EXPECT_EQ(listed + 2, files_.size()) << "all but the manifest and the sums";
  if (!has_program("sha256sum")) GTEST_SKIP() << "sha256sum is not installed";
  const fs::path unpacked = scratch_.path() / "unpacked";
  fs::create_directory(unpacked);
  for (const auto& [name, bytes] : files_) write_file(unpacked / name, bytes);
  const auto run = run_shell("cd '" + unpacked.string() + "' && sha256sum --strict -c SHA256SUMS");
  EXPECT_EQ(run.status, 0) << run.output;
}

TEST_F(WrittenReport, TellsTheResultsAsJson) {
  const RunResult run = small_run();
  write(run, Masking::shown);
  const auto results = json::parse(files_["results.json"]).as_object();
  EXPECT_EQ(results.at("began"), "2026-01-31T09:29:58.000+08:00");
  EXPECT_EQ(results.at("enterprises").at(0).at("dxp_id"), "DXPENT0000000001");
  const auto& failed = results.at("cases").at(1).as_object();
  EXPECT_EQ(failed.at("verdict"), "failed");
  EXPECT_EQ(failed.at("steps").at(7).at("line"), 10);
  EXPECT_EQ(failed.at("messages").at(3).at("settled"), nullptr);
  const auto& message = results.at("cases").at(0).at("messages").at(0).as_object();
  EXPECT_EQ(files_.at(std::string(message.at("file").as_string())), run.cases[0].messages[0].bytes);
  EXPECT_EQ(files_.at(std::string(message.at("receipts").at(1).at("file").as_string())),
            run.cases[0].messages[0].receipts[1].bytes);
  EXPECT_EQ(results.at("cases").at(2).at("steps").at(0).at("began"), nullptr);
}

TEST_F(WrittenReport, NamesFilesPlainlyWhateverTheRunCallsThem) {
  RunResult run = hostile_run();
  run.cases[0].messages[0].type = "../../etc/passwd";
  write(run, Masking::shown);
  EXPECT_TRUE(files_.contains("case-01-message-01-______etc_passwd.xml"));
  for (const auto& [name, bytes] : files_) EXPECT_TRUE(gateway::evidence::is_plain_name(name)) << name;
}

TEST_F(WrittenReport, IsForItsOwnerAloneWherePersonalDataIsShown) {
  write(small_run(), Masking::shown);
  for (const char* name : {"report.html", "junit.xml", "evidence.zip"}) {
    EXPECT_EQ(fs::status(folder_ / name).permissions(), fs::perms::owner_read | fs::perms::owner_write) << name;
  }
  write(small_run(), Masking::masked);
  EXPECT_NE(fs::status(folder_ / "report.html").permissions() & fs::perms::group_read, fs::perms::none);
}

TEST_F(WrittenReport, ReplacesAnEarlierOneAndLeavesNothingElse) {
  write(full_run(), Masking::masked);
  const std::string before = read_file(folder_ / "report.html");
  write(small_run(), Masking::masked);
  EXPECT_LT(read_file(folder_ / "report.html").size(), before.size());
  const auto left = std::distance(fs::directory_iterator(folder_), fs::directory_iterator());
  EXPECT_EQ(left, 3);
}

TEST_F(WrittenReport, SaysWhichFileCannotBeWrittenAndKeepsWhatWasThere) {
  fs::create_directories(folder_ / "junit.xml" / "in-the-way");
  const auto done = write_report(small_run(), folder_, catalog(), Masking::masked);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.faults().front().code, "file.write");
  EXPECT_THAT(done.faults().front().en, HasSubstr((folder_ / "junit.xml").string()));
  EXPECT_THAT(done.faults().front().zh, HasSubstr("无法写入文件"));
  EXPECT_TRUE(fs::exists(folder_ / "junit.xml" / "in-the-way"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 2) << "no half file is left";
}

TEST_F(WrittenReport, SaysThatAFolderCannotBeMade) {
  write_file(scratch_.path() / "run", "a file");
  const auto done = write_report(small_run(), folder_, catalog(), Masking::masked);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.faults().front().code, "file.write");
}

// One file over the limit of the zip's files.
TEST_F(WrittenReport, WritesThePageWhereTheEvidenceIsMoreThanAZipTakes) {
  RunResult run = small_run();
  run.cases.resize(1);
  MessageResult& message = run.cases[0].messages[0];
  run.cases[0].messages.resize(1);
  constexpr std::size_t beside_receipts = 7;  // README, page, JUnit, results, manifest, sums, the message
  const std::size_t most = gateway::evidence::ZipLimits{}.files - beside_receipts;
  message.receipts.assign(most, {at({}), "CEB312Message", "2", "", "x"});
  write(run, Masking::shown);
  message.receipts.push_back(message.receipts.front());
  const auto done = write_report(run, folder_, catalog(), Masking::shown);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.faults().front().code, "evidence.too_large");
  EXPECT_THAT(done.faults().front().en, HasSubstr("report and junit.xml were"));
  EXPECT_THAT(read_file(folder_ / "report.html"), HasSubstr("<th scope=\"row\">" + std::to_string(most + 1)));
}

}  // namespace
}  // namespace tests::jointtest

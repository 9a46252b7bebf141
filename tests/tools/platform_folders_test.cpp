// The simulator's end of folders, as a vendor's client with the data exchange platform behind it.
#include <gmock/gmock.h>

#include "tests/support/manual_clock.h"
#include "tests/support/paths.h"
#include "tests/tools/platform_exchange.h"
#include "tools/platform/client_folders.h"

namespace tools::platform {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using namespace tests::tools;  // NOLINT: the documents of one sale
using std::chrono::milliseconds;
using std::chrono::seconds;

class PlatformFolders : public testing::Test {
 protected:
  PlatformFolders() { folders_.make_for(platform_dxp_id); }

  static std::string order(const std::string& sale) {
    return wrapped(signed_text(message_text("CEB311Message", {order_body(sale)})));
  }
  void put(const std::string& name, const std::string& bytes) { tests::write_file(folder("out") / name, bytes); }

  std::vector<std::string> files(const std::string& which) const {
    std::vector<std::string> files;
    for (const auto& one : std::filesystem::directory_iterator(folder(which))) {
      files.push_back(one.path().filename().string());
    }
    return files;
  }
  std::string content(const std::string& name) const { return tests::read_file(folder("in") / name); }
  std::filesystem::path folder(const std::string& which) const { return scratch_.path() / platform_dxp_id / which; }

  void pass(milliseconds time) {
    clock_.advance(time);
    folders_.round();
  }

  tests::ScratchDirectory scratch_;
  tests::ManualClock clock_{*base::read_china_digits("20260131100000")};
  PlatformExchange platform_{clock_};
  ClientFolders folders_{scratch_.path(), platform_.inbox, platform_.customs.receipts(), clock_};
};

TEST_F(PlatformFolders, a_message_is_taken_and_its_receipts_are_put_in_when_they_are_due) {
  put("M1.xml", order("A1"));
  folders_.round();
  EXPECT_THAT(files("out"), IsEmpty());
  EXPECT_THAT(files("in"), IsEmpty());
  pass(seconds(2));
  ASSERT_THAT(files("in"), SizeIs(2));
  for (const std::string& name : files("in")) {
    EXPECT_THAT(name, HasSubstr("-CEB312Message-"));
    EXPECT_TRUE(codecs::dxp::read(content(name)));
  }
  std::filesystem::remove_all(folder("in"));
  pass(seconds(2));
  EXPECT_FALSE(std::filesystem::exists(folder("in")));
}

TEST_F(PlatformFolders, temporary_files_are_not_taken) {
  put(".M1.xml", order("A1"));
  put("M1.xml.tmp", order("A1"));
  folders_.round();
  EXPECT_THAT(files("out"), SizeIs(2));
  EXPECT_EQ(platform_.customs.received().size(), 0U);
}

TEST_F(PlatformFolders, a_file_over_the_limit_is_left_where_it_is) {
  put("M1.xml", "");
  std::filesystem::resize_file(folder("out") / "M1.xml", (std::uintmax_t{32} << 20) + 1);
  folders_.round();
  EXPECT_THAT(files("out"), SizeIs(1));
  EXPECT_EQ(platform_.customs.received().size(), 0U);
}

TEST_F(PlatformFolders, one_that_is_refused_is_taken_in_a_later_round) {
  put("M1.xml", order("A1~http500x2"));
  folders_.round();
  folders_.round();
  EXPECT_THAT(files("out"), SizeIs(1));
  folders_.round();
  EXPECT_THAT(files("out"), IsEmpty());
}

TEST_F(PlatformFolders, one_whose_answer_is_lost_stays_a_round_longer_and_is_taken_once) {
  put("M1.xml", order("A1~lost-ack"));
  folders_.round();
  EXPECT_THAT(files("out"), SizeIs(1));
  folders_.round();
  EXPECT_THAT(files("out"), IsEmpty());
  pass(seconds(2));
  EXPECT_THAT(files("in"), SizeIs(2));
}

TEST_F(PlatformFolders, a_half_written_receipt_is_completed_later) {
  put("M1.xml", order("A1~half-written+-301010"));
  folders_.round();
  pass(milliseconds(200));
  ASSERT_THAT(files("in"), SizeIs(1));
  const std::string name = files("in").front();
  EXPECT_FALSE(content(name).empty());
  EXPECT_FALSE(codecs::dxp::read(content(name)));
  pass(milliseconds(100));
  EXPECT_FALSE(codecs::dxp::read(content(name)));
  pass(milliseconds(300));
  EXPECT_TRUE(codecs::dxp::read(content(name)));
  EXPECT_THAT(platform_.customs.receipts().letters(Way::folders, clock_.now(), 10), IsEmpty());
}

TEST_F(PlatformFolders, a_garbled_receipt_is_a_file_of_its_own_beside) {
  put("M1.xml", order("A1~garbled"));
  folders_.round();
  pass(seconds(2));
  int unreadable = 0;
  for (const std::string& name : files("in")) unreadable += codecs::dxp::read(content(name)) ? 0 : 1;
  EXPECT_THAT(files("in"), SizeIs(3));
  EXPECT_EQ(unreadable, 1);
}

TEST_F(PlatformFolders, a_file_that_is_no_envelope_is_replied_to) {
  put("M1.xml", "no envelope");
  folders_.round();
  ASSERT_THAT(files("in"), SizeIs(1));
  EXPECT_THAT(files("in").front(), HasSubstr("-DxpRep-"));
}

}  // namespace
}  // namespace tools::platform

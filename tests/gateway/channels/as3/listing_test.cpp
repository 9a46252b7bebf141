// Listings as servers of several makes write them.
#include "gateway/channels/as3/listing.h"

#include <gmock/gmock.h>

namespace gateway::channels::as3 {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> read(std::string_view text) {
  const auto files = read_listing(text);
  if (!files) return {files.faults().front().code};
  std::vector<std::string> shown;
  for (const Listed& one : *files) shown.push_back(one.name + "|" + std::to_string(one.bytes) + "|" + one.written);
  return shown;
}

TEST(FtpListing, of_unix_servers_is_read_in_the_order_of_names) {
  EXPECT_THAT(read("total 12\r\n"
                   "-rw-r--r--    1 104      0            4096 Nov 30 21:25 b.as3\r\n"
                   "drwxr-xr-x    4 104      0            4096 Nov 30 21:25 archive\r\n"
                   "-rw-rw----    1 gate     customs  67108865 Jan  1  2025 a.as3\r\n"),
              ElementsAre("a.as3|67108865|Jan 1 2025", "b.as3|4096|Nov 30 21:25"));
}

TEST(FtpListing, of_other_unix_servers_too) {
  EXPECT_THAT(read("-rw-r--r--+ 1 gate 12 Nov 30 21:25 no group\n"), ElementsAre("no group|12|Nov 30 21:25"));
  EXPECT_THAT(read("-rw-r--r-- 1 gate gate 12 2026-11-30 21:25 iso.as3\n"), ElementsAre("iso.as3|12|2026-11-30 21:25"));
  EXPECT_THAT(read("lrwxrwxrwx 1 gate gate 12 Nov 30 21:25 link -> there\n"), IsEmpty());
}

TEST(FtpListing, of_iis_is_read) {
  EXPECT_THAT(read("11-30-26  09:25PM       <DIR>          archive\r\n"
                   "11-30-26  09:26PM                 4096 CEB312 1.as3\r\n"
                   "11-30-2026  09:26PM               7 long.as3\r\n"),
              ElementsAre("CEB312 1.as3|4096|11-30-26 09:26PM", "long.as3|7|11-30-2026 09:26PM"));
}

TEST(FtpListing, names_keep_their_spaces_and_bytes) {
  EXPECT_THAT(read("-rw-r--r-- 1 a b 1 Nov 30 21:25   回执 1 .xml\n"), ElementsAre("  回执 1 .xml|1|Nov 30 21:25"));
}

TEST(FtpListing, that_cannot_be_read_is_a_fault) {
  for (const char* text :
       {"nonsense", "-rw-r--r-- 1 a b many Nov 30 21:25 x", "11-30-26 09:26PM x y", "-rw-r--r-- 1 a b 1 Nov 30 21:25",
        "-rw-r--r-- 1 a b 1 Nov 30 21:25 ", "-rw-r--r-- 1 a b 1 Nov 30 21:25 ../x",
        "-rw-r--r-- 1 a b 1 Nov 30 21:25 ..", "-rw-r--r-- 1 a b 99999999999999999999999 Nov 30 21:25 x",
        "-rw-r--r-- 1 a b 1 Nov 30 21:25 a\rDELE b"}) {
    EXPECT_THAT(read(text), ElementsAre("as3.listing")) << text;
  }
}

TEST(FtpListing, that_is_empty_has_no_files) { EXPECT_THAT(read(""), IsEmpty()); }

TEST(FtpListing, temporary_names_begin_with_a_dot_or_end_in_tmp) {
  EXPECT_TRUE(is_temporary(".a.as3") && is_temporary("a.as3.tmp"));
  EXPECT_FALSE(is_temporary("a.as3"));
}

}  // namespace
}  // namespace gateway::channels::as3

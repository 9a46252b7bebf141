#include "base/file_care.h"

#include <gtest/gtest.h>

#include "tests/support/paths.h"

namespace {

using std::filesystem::perms;

class FileCare : public testing::Test {
 protected:
  std::string command(const std::string& name, perms mode) {
    const auto file = scratch_.path() / name;
    tests::write_file(file, "x");
    permissions(file, mode);
    return base::command_to_protect(file).value_or("nothing");
  }
  tests::ScratchDirectory scratch_;
};

TEST_F(FileCare, NamesTheCommandWhereOthersMayDoAnything) {
  for (const auto mode : {perms::group_read, perms::others_read, perms::group_write, perms::others_exec}) {
    EXPECT_EQ(command("key", perms::owner_read | mode), "chmod 600 " + (scratch_.path() / "key").string());
  }
  EXPECT_EQ(command("key", perms::owner_read | perms::owner_write), "nothing");
  EXPECT_EQ(base::command_to_protect(scratch_.path() / "absent"), std::nullopt);
  EXPECT_EQ(base::command_to_protect("/"), std::nullopt);
}

TEST_F(FileCare, QuotesWhatTheShellWouldRead) {
  const std::string folder = "chmod 600 '" + scratch_.path().string();
  EXPECT_EQ(command("it's a key; $(id)", perms::others_read), folder + "/it'\\''s a key; $(id)'");
  EXPECT_EQ(command("密钥.pem", perms::others_read), "chmod 600 " + (scratch_.path() / "密钥.pem").string());
}

}  // namespace

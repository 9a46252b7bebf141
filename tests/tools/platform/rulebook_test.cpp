// The simulator's tables: every fault of theirs is told with its line.
#include "tools/platform/rulebook.h"

#include <gmock/gmock.h>

#include "tests/support/paths.h"
#include "tests/tools/platform_documents.h"

namespace tests::tools {
namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::tools::platform::Rulebook;

class PlatformRulebook : public testing::Test {
 protected:
  PlatformRulebook() {
    std::filesystem::copy(schemas_directory() / "platform", scratch_.path() / "platform",
                          std::filesystem::copy_options::recursive);
  }
  base::Faults faults_with(const std::string& file, const std::string& line) {
    const auto path = scratch_.path() / "platform" / file;
    write_file(path, read_file(path) + line + "\n");
    const auto loaded = Rulebook::load(scratch_.path(), platform_catalog());
    return loaded ? base::Faults() : loaded.faults();
  }
  static auto says(const std::string& what) {
    return Contains(testing::AllOf(Field(&base::Fault::code, "data.row"), Field(&base::Fault::en, HasSubstr(what))));
  }

  ScratchDirectory scratch_;
};

TEST_F(PlatformRulebook, IsReadAsItStands) { EXPECT_TRUE(Rulebook::load(scratch_.path(), platform_catalog())); }

TEST_F(PlatformRulebook, NamesAnOccasionThatIsNone) {
  EXPECT_THAT(faults_with("codes.tsv", "CEB311Message\tsomehow\t-1\ttext\t7-2"), says("somehow"));
}

TEST_F(PlatformRulebook, NamesATypeThatIsNone) {
  EXPECT_THAT(faults_with("codes.tsv", "CEB999Message\tcontent\t-1\ttext\t7-2"), says("CEB999Message"));
}

TEST_F(PlatformRulebook, NamesASecondCodeForOneOccasion) {
  EXPECT_THAT(faults_with("codes.tsv", "CEB311Message\tcontent\t-1\ttext\t7-2"), says("CEB311Message"));
}

TEST_F(PlatformRulebook, NamesAnAmountThatIsNone) {
  EXPECT_THAT(faults_with("limits.tsv", "CEB621Message\tbuyerIdNumber\t\ttotalPrice\tmuch\t1\t0\t"), says("much"));
}

TEST_F(PlatformRulebook, NamesRowsThatANoticeCannotHave) {
  EXPECT_THAT(faults_with("notices.tsv", "CEB621Message\t800\tCEB816Message\tstatus=1\tbads"), says("bads"));
}

TEST_F(PlatformRulebook, NamesADeclarationWithoutAWay) {
  const auto path = scratch_.path() / "platform" / "ways.tsv";
  std::string ways = read_file(path);
  ways.erase(ways.find("CEB711Message\t"));
  write_file(path, ways);
  EXPECT_THAT(Rulebook::load(scratch_.path(), platform_catalog()).faults(), says("CEB711Message"));
}

TEST_F(PlatformRulebook, NamesAFileThatIsNotThere) {
  std::filesystem::remove(scratch_.path() / "platform" / "replies.tsv");
  EXPECT_EQ(Rulebook::load(scratch_.path(), platform_catalog()).faults().front().code, "data.file");
}

}  // namespace
}  // namespace tests::tools

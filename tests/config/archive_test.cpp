// The section [archive].
#include <gmock/gmock.h>

#include "config/settings.h"
#include "tests/support/paths.h"

namespace {

using std::chrono::hours;
using testing::HasSubstr;

class ArchiveSection : public testing::Test {
 protected:
  base::Result<config::Settings> read(const std::string& section) {
    tests::write_file(file(), section);
    return config::read_settings(file());
  }
  std::filesystem::path file() const { return scratch_.path() / "cebgate.toml"; }
  std::string fault(const std::string& section) {
    const auto settings = read(section);
    if (settings) return "none";
    EXPECT_EQ(settings.faults().size(), 1U);
    const auto& fault = settings.faults().front();
    return fault.code + " " + fault.path + " " + std::to_string(fault.line);
  }

  tests::ScratchDirectory scratch_;
};

TEST_F(ArchiveSection, absent_nothing_is_archived) {
  const auto settings = read("");
  ASSERT_TRUE(settings);
  EXPECT_FALSE(settings->archive);
}

TEST_F(ArchiveSection, names_a_folder_beside_the_settings_and_keeps_for_three_years) {
  const auto settings = read("[archive]\ndirectory = \"old/documents\"\n");
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->archive->directory, scratch_.path() / "old/documents");
  EXPECT_EQ(settings->archive->after, hours(24 * 180));
  EXPECT_EQ(settings->archive->keep, hours(24 * 1096));
}

TEST_F(ArchiveSection, takes_days_and_a_word_that_switches_it_off) {
  EXPECT_EQ(read("[archive]\ndirectory = \"a\"\nafter = \"30d\"\nkeep = \"4000d\"\n")->archive->after, hours(24 * 30));
  EXPECT_FALSE(read("[archive]\ndirectory = \"a\"\nafter = \"never\"\n")->archive->after);
}

TEST_F(ArchiveSection, tells_what_is_wrong_and_where) {
  EXPECT_EQ(fault("[archive]\n"), "settings.missing archive.directory 1");
  EXPECT_EQ(fault("[archive]\ndirectory = \"a\"\nafter = \"soon\"\n"), "settings.value archive.after 3");
  EXPECT_EQ(fault("[archive]\ndirectory = \"a\"\nafter = 180\n"), "settings.type archive.after 3");
  EXPECT_EQ(fault("[archive]\ndirectory = \"a\"\nkeep = \"0s\"\n"), "settings.value archive.keep 3");
  EXPECT_EQ(fault("[archive]\ndirectory = \"a\"\nkeep = \"90d\"\n"), "settings.value archive.keep 3")
      << "no longer than `after`";
  EXPECT_EQ(fault("[archive]\ndirectory = \"a\"\nage = \"90d\"\n"), "settings.unknown archive.age 3");
}

}  // namespace

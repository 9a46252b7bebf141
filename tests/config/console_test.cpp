// The section [console].
#include <gmock/gmock.h>

#include "config/settings.h"
#include "tests/support/paths.h"

namespace {

using std::chrono::hours;
using std::chrono::minutes;

class ConsoleSection : public testing::Test {
 protected:
  base::Result<config::Settings> read(const std::string& section) {
    const auto file = scratch_.path() / "cebgate.toml";
    tests::write_file(file, section);
    return config::read_settings(file);
  }
  std::string fault(const std::string& section) {
    const auto settings = read(section);
    return settings ? "none" : settings.faults().front().code + " " + settings.faults().front().path;
  }

 private:
  tests::ScratchDirectory scratch_;
};

TEST_F(ConsoleSection, absent_sessions_end_after_half_an_hour_unused_and_half_a_day_in_all) {
  const auto settings = read("");
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->console.idle_end, minutes(30));
  EXPECT_EQ(settings->console.session_end, hours(12));
}

TEST_F(ConsoleSection, says_when_sessions_end) {
  const auto settings = read("[console]\nidle_end = \"5m\"\nsession_end = \"30d\"\n");
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->console.idle_end, minutes(5));
  EXPECT_EQ(settings->console.session_end, hours(24 * 30));
}

TEST_F(ConsoleSection, tells_what_is_wrong_and_where) {
  EXPECT_EQ(fault("[console]\nsession_end = \"31d\"\n"), "settings.value console.session_end");
  EXPECT_EQ(fault("[console]\nidle_end = \"0s\"\n"), "settings.value console.idle_end");
  EXPECT_EQ(fault("[console]\nidle_end = \"13h\"\n"), "settings.value console.idle_end") << "longer than the whole";
  EXPECT_EQ(fault("[console]\npassword = \"x\"\n"), "settings.unknown console.password");
}

TEST(RoleWords, name_every_role_both_ways) {
  for (const std::string_view word : config::role_words) EXPECT_EQ(config::word(*config::read_role(word)), word);
  EXPECT_FALSE(config::read_role("king"));
}

}  // namespace

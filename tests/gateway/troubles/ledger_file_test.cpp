// A ledger file that the gateway cannot work with is said at the start, with exit status 2, and left as it is.
#include <filesystem>
#include <fstream>
#include <functional>
#include <gmock/gmock.h>
#include <string>
#include <unistd.h>

#include "base/digest.h"
#include "tests/gateway/troubles/promises.h"
#include "tests/support/small_disk.h"

namespace tests::app {
namespace {

using testing::HasSubstr;

struct Damage {
  std::string name;
  std::function<void(const std::filesystem::path&)> make;
  std::string words;
};

void overwrite(const std::filesystem::path& file, std::streamoff at, const std::string& bytes) {
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekp(at);
  stream << bytes;
}

const std::vector<Damage>& damages() {
  using Path = std::filesystem::path;
  constexpr std::streamoff user_version = 60, application_id = 68;  // www.sqlite.org/fileformat2.html §1.3
  static const std::vector<Damage> all = {
      {"no_database", [](const Path& file) { write_file(file, std::string(8192, 'x')); }, "the file is damaged"},
      {"changed_in_the_middle",
       [](const Path& file) {
         const auto page = static_cast<std::streamoff>(std::filesystem::file_size(file) / 8192 * 4096);
         overwrite(file, page, std::string(4096, '\xAB'));
       },
       "the file is damaged"},
      {"cut_off", [](const Path& file) { std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2); },
       "the file is damaged"},
      {"emptied_beside_its_log",
       [](const Path& file) {
         std::filesystem::resize_file(file, 0);
         write_file(file.string() + "-wal", std::string(4096, 'w'));
       },
       "the file is empty while its log"},
      {"newer", [](const Path& file) { overwrite(file, user_version, std::string("\0\0\0\x63", 4)); },
       "newer than this program"},
      {"of_another_program", [](const Path& file) { overwrite(file, application_id, "THEM"); },
       "belongs to another program"}};
  return all;
}

std::string name_of_damage(const testing::TestParamInfo<Damage>& damage) { return damage.param.name; }

class LedgerFile : public testing::TestWithParam<Damage> {};

TEST_P(LedgerFile, is_refused_at_the_start_and_left_as_it_is) {
  Site site;
  site.start_platform();
  site.start_gateway();
  Promises promises(site);
  promises.post(20);
  site.gateway().signal(SIGTERM);
  ASSERT_EQ(site.gateway().exit_status(), 0) << site.gateway().err();

  const auto file = site.folder() / "ledger.db";
  GetParam().make(file);
  const std::string before = base::sha256_hex(read_file(file));
  for (const std::string language : {"en", "zh"}) {
    auto arguments = site.serve_arguments();
    arguments.insert(arguments.end(), {"--lang", language});
    ChildProcess refused("cebgate", arguments, site.folder() / "refused");
    EXPECT_EQ(refused.exit_status(), 2);
    EXPECT_EQ(refused.out(), "");
    EXPECT_THAT(refused.err(), testing::AllOf(HasSubstr(GetParam().words), HasSubstr(file.string())));
    EXPECT_EQ(base::sha256_hex(read_file(file)), before);
  }
}

INSTANTIATE_TEST_SUITE_P(Unfit, LedgerFile, testing::ValuesIn(damages()), name_of_damage);

TEST(LedgerFileElsewhere, is_refused_while_the_one_that_has_it_goes_on) {
  Site site;
  site.start_platform();
  site.start_gateway();
  Promises promises(site);
  promises.post(2);
  ChildProcess second("cebgate", site.serve_arguments(), site.folder() / "second");
  EXPECT_EQ(second.exit_status(), 2);
  EXPECT_THAT(second.err(), HasSubstr("open in another program"));
  promises.post(2);
  promises.expect_all_kept();
}

TEST(LedgerFileFolder, that_cannot_be_written_is_said) {
  Site site({.ledger = "sqlite:small/ledger.db"});
  const auto folder = site.folder() / "small";
  std::filesystem::create_directory(folder);
  std::unique_ptr<SmallDisk> disk;
  if (geteuid() == 0) {  // whom no permission stops
    if (!SmallDisk::can_be_made()) GTEST_SKIP() << "no tmpfs can be mounted here, and root may write everywhere else";
    disk = std::make_unique<SmallDisk>(folder, std::size_t{1} << 20);
    disk->make_read_only();
  } else {
    std::filesystem::permissions(folder, std::filesystem::perms(0500));
  }
  site.start_platform();
  site.write_settings();
  ChildProcess refused("cebgate", site.serve_arguments(), site.folder() / "refused");
  EXPECT_EQ(refused.exit_status(), 2);
  EXPECT_THAT(refused.err(), HasSubstr("may this user write there?"));
  EXPECT_TRUE(std::filesystem::is_empty(folder));
}

}  // namespace
}  // namespace tests::app

// Disk and open files: the rule at its edges, and as the program finds them.
#include "tools/cebgate/doctor/machine.h"

#include <sys/resource.h>

#include "tests/support/eventually.h"
#include "tests/support/shell.h"
#include "tests/support/small_disk.h"
#include "tests/tools/doctor/site.h"

namespace tests::doctor {
namespace {

using namespace tools::cebgate::doctor;
using testing::AllOf;
using testing::HasSubstr;

constexpr std::uintmax_t mebibyte = std::uintmax_t{1} << 20;

TEST(DoctorRoom, FailsBelowAQuarterAndWarnsBelowFiveGibibytes) {
  EXPECT_EQ(judged_room({}, 256 * mebibyte - 1).verdict, Verdict::fail);
  EXPECT_EQ(judged_room({}, 256 * mebibyte).verdict, Verdict::warning);
  EXPECT_EQ(judged_room({}, 5120 * mebibyte - 1).verdict, Verdict::warning);
  EXPECT_EQ(judged_room({}, 5120 * mebibyte).verdict, Verdict::pass);
  EXPECT_THAT(judged_room({}, 0).says.en, HasSubstr("0 MiB"));
}

TEST(DoctorOpenFiles, FailBelowTheLeastAndWarnBelowTheMost) {
  const OpenFiles needed{200, 1000};
  EXPECT_EQ(judged_open_files(needed, 199).verdict, Verdict::fail);
  EXPECT_EQ(judged_open_files(needed, 200).verdict, Verdict::warning);
  EXPECT_EQ(judged_open_files(needed, 999).verdict, Verdict::warning);
  EXPECT_EQ(judged_open_files(needed, 1000).verdict, Verdict::pass);
  EXPECT_THAT(judged_open_files(needed, 199).to_do.en, HasSubstr("LimitNOFILE"));
}

TEST(DoctorOpenFiles, AreMoreWithEveryPortAndItsDeliveries) {
  config::Settings settings;
  const auto none = open_files_of(settings);
  config::Port port;
  port.most_at_once = 256;
  settings.ports = {port, port};
  EXPECT_EQ(open_files_of(settings).least, none.least + 512);
  EXPECT_EQ(open_files_of(settings).most, none.most + 512);
}

class DoctorMachine : public Site {};

TEST_F(DoctorMachine, TellsTheLimitOfThisRun) {
  rlimit own{};
  getrlimit(RLIMIT_NOFILE, &own);
  const rlimit few{64, own.rlim_max};
  setrlimit(RLIMIT_NOFILE, &few);
  const Row row = row_about("open file limit");
  setrlimit(RLIMIT_NOFILE, &own);
  EXPECT_EQ(row.verdict, "fail");
  EXPECT_THAT(row.en, HasSubstr("it is 64;"));
  EXPECT_THAT(row.ask, HasSubstr("own administrators"));
  EXPECT_EQ(row.step, 6);
}

TEST_F(DoctorMachine, GoesOnWhereAPortCannotEvenBeAsked) {
  if (slowness > 1) GTEST_SKIP() << "a sanitizer looks at memory by a pipe, for which there are no files then";
  const ShellRun ran = run_shell("exec 3>&- 4>&-; ulimit -n 5; exec " + program("cebgate").string() +
                                 " doctor --config " + write_settings());
  EXPECT_THAT(ran.output, AllOf(HasSubstr("FAIL  check of step 5: it broke off: "), HasSubstr("Too many open files"),
                                HasSubstr("FAIL  open file limit: it is 5;"), HasSubstr("7. Joint debugging")));
}

TEST_F(DoctorMachine, FailsOnADiskWithLittleRoom) {
  if (!SmallDisk::can_be_made()) GTEST_SKIP() << "no tmpfs can be mounted here";
  const SmallDisk disk(run_.path("small"), 4 * mebibyte);
  ledger_ = "sqlite:small/ledger.db";
  sections_ = "\n[archive]\ndirectory = \"small/archive/not/there/yet\"\n";
  const auto rows = examined();
  EXPECT_EQ(row_about(rows, "disk of the ledger").verdict, "fail");
  EXPECT_EQ(row_about(rows, "disk of the archive").verdict, "fail");
  EXPECT_EQ(row_about(rows, "archive " + run_.path("small/archive")).verdict, "pass");
}

TEST_F(DoctorMachine, CannotSeeTheDiskOfADatabaseServer) {
  ledger_ = "postgresql://gate@127.0.0.1:1/none";
  EXPECT_EQ(row_about("disk of the ledger").verdict, "not_checkable");
}

TEST_F(DoctorMachine, AnArchiveThatCannotBeWrittenFails) {
  run_.write("plain", "");
  sections_ = "\n[archive]\ndirectory = \"plain\"\n";
  EXPECT_EQ(row_about("archive " + run_.path("plain")).verdict, "fail");
}

}  // namespace
}  // namespace tests::doctor

// The doctor on the settings of a site like the demo's, with the simulator and a gateway that works.
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <map>

#include "tests/gateway/app/site.h"
#include "tests/support/cebgate_run.h"

namespace tests::doctor {
namespace {

using testing::IsEmpty;
using testing::Not;

class DoctorOnASite : public testing::Test {
 protected:
  // What does not pass, by its subject.
  std::map<std::string, std::string> left_open() {
    const Ran ran = CebgateRun()({"doctor", "--format", "json", "--config", site_.settings_file().string()});
    status_ = ran.status;
    std::map<std::string, std::string> open;
    const auto rows = boost::json::parse(ran.out);
    for (const auto& row : rows.as_array()) {
      const std::string verdict(row.at("verdict").as_string());
      if (verdict != "pass") open[std::string(row.at("subject").as_string())] = verdict;
    }
    return open;
  }

  app::Site site_;
  int status_ = -1;
};

TEST_F(DoctorOnASite, PassesWhatCanBeCheckedAndNamesTheRest) {
  site_.start_platform();
  site_.start_gateway();
  const std::string id = site_.accepted("CEB311Message", order_document({.number = "D1"}));
  const auto open = left_open();
  EXPECT_EQ(status_, 0);
  EXPECT_THAT(open, Not(IsEmpty()));
  for (const auto& [subject, verdict] : open) EXPECT_NE(verdict, "fail") << subject;
  site_.wait_until(id, [](const app::Seen& seen) { return seen.stage == "120"; });
}

TEST_F(DoctorOnASite, FailsWhileThePlatformIsAway) {
  site_.start_platform();
  site_.write_settings();
  site_.kill_platform();
  int failing = 0;
  for (const auto& [subject, verdict] : left_open()) failing += verdict == "fail" ? 1 : 0;
  EXPECT_EQ(failing, 1);
  EXPECT_EQ(status_, 1);
}

}  // namespace
}  // namespace tests::doctor

// The simulator over real sockets, with messages signed by real keys.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <optional>
#include <sys/stat.h>

#include "base/guid.h"
#include "codecs/hainan/envelope.h"
#include "gateway/http/client.h"
#include "gateway/http/server.h"
#include "tests/support/manual_clock.h"
#include "tests/support/paths.h"
#include "tests/support/test_keys.h"
#include "tests/tools/platform_documents.h"
#include "tests/tools/platform_signatures.h"
#include "tools/platform/service.h"

namespace tools::platform {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;
using namespace tests::tools;  // NOLINT: the documents of one sale
using gateway::http::Exchange;
using gateway::http::Reach;
using std::chrono::milliseconds;
using std::chrono::seconds;

std::string envelope_of(const std::string& xml) {
  return codecs::hainan::write_envelope({"CEB311Message", "SHOP", "PORT", base::Time(), xml});
}

struct Settings {
  std::optional<std::filesystem::path> state;
  Enterprises enterprises;
  std::vector<std::filesystem::path> trust{platform_authority().sm2_root()};
  std::size_t most_messages = 1000;
};

// One run of the simulator; its clock is the test's.
class Platform {
 public:
  Platform(const base::Clock& clock, const Settings& settings)
      : inspection_(platform_catalog(), platform_judge(), platform_rules(), *signing::Trust::from_files(settings.trust),
                    settings.enterprises),
        customs_(platform_catalog(), platform_judge(), platform_rules(), Scenario(), {}),
        inbox_(inspection_, customs_, clock, settings.most_messages),
        service_(inbox_, customs_, clock),
        server_(io_.get_executor(), {}, service_.router(), nullptr) {
    const bool is_kept = !settings.state || inbox_.keep_in(*settings.state);
    EXPECT_TRUE(is_kept);
    server_.start();
  }

  Exchange call(const std::string& method, const std::string& target, const std::string& body = "") {
    gateway::http::Call call;
    call.method = method;
    call.url = server_.url() + target;
    call.body = body;
    auto answered = boost::asio::co_spawn(io_, gateway::http::send(std::move(call)), boost::asio::use_future);
    io_.restart();
    while (answered.wait_for(seconds(0)) != std::future_status::ready) io_.run_one();
    return answered.get();
  }

 private:
  boost::asio::io_context io_{1};
  Inspection inspection_;
  Customs customs_;
  Inbox inbox_;
  Service service_;
  gateway::http::Server server_;
};

class PlatformService : public testing::Test {
 protected:
  void start(const Settings& settings = {}) {
    platform_.reset();
    platform_.emplace(clock_, settings);
  }

  Exchange push(const std::string& xml) { return platform_->call("POST", "/cebcmsg", envelope_of(xml)); }
  Exchange push(const std::string& type, const codecs::ceb::Element& body) {
    return push(signed_text(message_text(type, {body})));
  }

  std::string get(const std::string& target) {
    const Exchange exchange = platform_->call("GET", target);
    EXPECT_EQ(exchange.reach, Reach::answered) << exchange.detail;
    EXPECT_EQ(exchange.response.status, 200U) << exchange.response.body;
    return exchange.response.body;
  }

  std::string listing(const std::string& type) {
    const auto& form = *codecs_listing(type);
    return get(form.path + "?dxpid=" + platform_dxp_id + "&qryid=20260131000000");
  }

  std::vector<Record> records(const std::string& type) {
    return records_of(type, *codecs::hainan::split_listing(*codecs_listing(type), listing(type)));
  }

  boost::json::array received() { return boost::json::parse(get("/_received")).as_array(); }

  static const codecs::hainan::ListingForm* codecs_listing(const std::string& type) {
    for (const auto& form : codecs::hainan::standard_listings()) {
      if (form.receipt_type == type) return &form;
    }
    return nullptr;
  }

  tests::ManualClock clock_{*base::read_china_digits("20260131100000")};
  std::optional<Platform> platform_;
};

TEST_F(PlatformService, three_enterprises_documents_settle_and_the_inventory_is_released) {
  start();
  for (const auto& [type, body] : {std::pair{"CEB621Message", inventory_body("A1")},
                                   {"CEB311Message", order_body("A1")},
                                   {"CEB411Message", payment_body("A1")},
                                   {"CEB511Message", waybill_body("A1")}}) {
    const Exchange answer = push(type, body);
    EXPECT_EQ(answer.response.status, 200U);
    EXPECT_EQ(answer.response.body, "OK");
    clock_.advance(seconds(2));
  }
  EXPECT_THAT(statuses_of(records("CEB312Message")), ElementsAre("2", "120"));
  EXPECT_THAT(statuses_of(records("CEB412Message")), ElementsAre("2", "120"));
  EXPECT_THAT(statuses_of(records("CEB512Message")), ElementsAre("2", "120"));
  EXPECT_THAT(statuses_of(records("CEB622Message")), ElementsAre("2", "2", "2", "2", "120", "800"));
}

TEST_F(PlatformService, a_listing_begins_with_the_second_asked_for_and_ends_with_now) {
  start();
  push("CEB311Message", order_body("A1"));
  clock_.advance(seconds(2));
  const std::string path = "/ceb312msg?dxpid=" + std::string(platform_dxp_id) + "&qryid=";
  EXPECT_THAT(get(path + "20260131100000"), HasSubstr("returnstatus=120"));
  EXPECT_EQ(get(path + "20260131100001"), "[]");
  EXPECT_EQ(get("/ceb312msg?dxpid=DXPENT0000000009&qryid=20260131100000"), "[]");
}

TEST_F(PlatformService, a_query_without_its_parameters_is_refused_in_words) {
  start();
  for (const char* query :
       {"", "?dxpid=DXPENT0000000001", "?dxpid=D&qryid=2026013110", "?dxpid=D&qryid=20261331000000"}) {
    const Exchange exchange = platform_->call("GET", std::string("/ceb312msg") + query);
    EXPECT_EQ(exchange.response.status, 400U) << query;
    EXPECT_THAT(exchange.response.body, HasSubstr("qryid"));
  }
}

TEST_F(PlatformService, an_unreadable_envelope_is_refused_and_an_unreadable_message_is_met_with_silence) {
  start();
  EXPECT_EQ(platform_->call("POST", "/cebcmsg", "{").response.status, 400U);
  EXPECT_THAT(received(), IsEmpty());
  EXPECT_EQ(push("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>").response.body, "OK");
  ASSERT_EQ(received().size(), 1U);
  EXPECT_EQ(received()[0].at("faults").at(0).at("code"), "xml.doctype");
}

TEST_F(PlatformService, received_shows_what_came_by_root_guid) {
  start();
  const std::string xml = signed_text(message_text("CEB311Message", {order_body("A1"), order_body("A/2")}));
  push(xml);
  push(xml);
  ASSERT_EQ(received().size(), 1U);
  const boost::json::object entry = received()[0].as_object();
  EXPECT_EQ(entry.at("type"), "CEB311Message");
  EXPECT_EQ(entry.at("guid").as_string().size(), 36U);
  EXPECT_EQ(entry.at("dxp_id"), platform_dxp_id);
  EXPECT_EQ(entry.at("cop_code"), "4601960001");
  EXPECT_EQ(entry.at("keys"), (boost::json::array{"CEB311Message/4601960001/A1", "CEB311Message/4601960001/A%2F2"}));
  EXPECT_EQ(entry.at("signature"), (boost::json::object{{"valid", true}, {"dialect", "sm2-sm3"}}));
  EXPECT_EQ(entry.at("at"), "2026-01-31T10:00:00.000+08:00");
  EXPECT_EQ(entry.at("deliveries"), 2);
}

TEST_F(PlatformService, the_same_message_again_is_ok_and_every_document_already_there) {
  start();
  const std::string xml = signed_text(message_text("CEB311Message", {order_body("A1"), order_body("A2")}));
  push(xml);
  clock_.advance(seconds(2));
  EXPECT_EQ(push(xml).response.body, "OK");
  clock_.advance(seconds(2));
  EXPECT_THAT(statuses_of(records("CEB312Message")), ElementsAre("2", "2", "120", "120", "-301010", "-301010"));
}

TEST_F(PlatformService, an_app_time_that_is_not_newer_is_old) {
  start();
  push("CEB311Message", order_body("A1"));
  clock_.advance(seconds(2));
  push("CEB311Message", order_body("A1", {{"appType", "2"}}));
  clock_.advance(seconds(2));
  EXPECT_THAT(statuses_of(records("CEB312Message")), ElementsAre("2", "120", "-301014"));
}

TEST_F(PlatformService, a_changed_message_and_a_missing_signature_fail_the_signature_check) {
  start();
  std::string xml = signed_text(message_text("CEB311Message", {order_body("A1")}));
  xml.replace(xml.find("示例路1号"), std::string("示例路1号").size(), "示例路2号");
  push(xml);
  push(message_text("CEB311Message", {order_body("A2")}));
  clock_.advance(seconds(2));
  const auto answers = records("CEB312Message");
  EXPECT_THAT(statuses_of(answers), ElementsAre("100", "100"));
  for (const Record& answer : answers) EXPECT_THAT(answer.at("returnInfo"), StartsWith("验签失败"));
  EXPECT_EQ(received()[0].at("signature").at("valid"), false);
}

TEST_F(PlatformService, a_certificate_of_another_authority_fails_the_signature_check) {
  const tests::ScratchDirectory strangers_folder;
  tests::TestAuthority strangers(strangers_folder.path() / "strangers");
  start({.state = {}, .enterprises = {}, .trust = {strangers.sm2_root()}});
  push("CEB311Message", order_body("A1"));
  clock_.advance(seconds(2));
  EXPECT_THAT(statuses_of(records("CEB312Message")), ElementsAre("100"));
}

TEST_F(PlatformService, a_message_that_fails_its_schema_is_met_with_silence) {
  start();
  EXPECT_EQ(push("CEB311Message", order_body("A1", {{"currency", "840"}})).response.body, "OK");
  clock_.advance(seconds(2));
  EXPECT_EQ(listing("CEB312Message"), "[]");
  ASSERT_EQ(received().size(), 1U);
  EXPECT_THAT(std::string(received()[0].at("faults").at(0).at("path").as_string()), HasSubstr("currency"));
  EXPECT_EQ(received()[0].at("keys").at(0), "CEB311Message/4601960001/A1");
}

TEST_F(PlatformService, a_document_against_the_rules_is_refused_and_its_neighbour_accepted) {
  start();
  push(signed_text(message_text("CEB311Message", {order_body("A1"), order_body("A2", {{"acturalPaid", "19.00"}})})));
  clock_.advance(seconds(2));
  const auto answers = records("CEB312Message");
  EXPECT_THAT(statuses_of(answers), testing::UnorderedElementsAre("2", "120", "-301008"));
  for (const Record& answer : answers) EXPECT_EQ(answer.at("returnStatus") == "-301008", answer.at("orderNo") == "A2");
}

TEST_F(PlatformService, only_known_enterprises_may_transmit_and_only_under_their_dxpid) {
  start({.state = {}, .enterprises = {{"4601960009", {{platform_dxp_id}}}}});
  push("CEB311Message", order_body("A1"));
  start({.state = {}, .enterprises = {{"4601960001", {{"DXPENT0000000009"}}}}});
  push("CEB311Message", order_body("A1"));
  clock_.advance(seconds(2));
  EXPECT_THAT(statuses_of(records("CEB312Message")), ElementsAre("-10102"));
  EXPECT_THAT(records("CEB312Message")[0].at("returnInfo"), HasSubstr(platform_dxp_id));
  start({.state = {}, .enterprises = {{"4601960001", {{"DXPENT0000000009", platform_dxp_id}}}}});
  push("CEB311Message", order_body("A1"));
  clock_.advance(seconds(2));
  EXPECT_THAT(statuses_of(records("CEB312Message")), ElementsAre("2", "120"));
}

TEST_F(PlatformService, a_lost_acknowledgement_breaks_the_connection_and_the_message_is_taken) {
  start();
  const std::string xml = signed_text(message_text("CEB311Message", {order_body("A1~lost-ack")}));
  EXPECT_EQ(push(xml).reach, Reach::unknown);
  clock_.advance(seconds(2));
  EXPECT_THAT(statuses_of(records("CEB312Message")), ElementsAre("2", "120"));
  EXPECT_EQ(push(xml).response.body, "OK");
  EXPECT_EQ(received()[0].at("deliveries"), 2);
}

TEST_F(PlatformService, the_first_three_deliveries_are_refused_and_not_taken) {
  start();
  const std::string xml = signed_text(message_text("CEB311Message", {order_body("A1~http500x3")}));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(push(xml).response.status, 500U);
  clock_.advance(seconds(2));
  EXPECT_EQ(listing("CEB312Message"), "[]");
  EXPECT_EQ(push(xml).response.status, 200U);
  clock_.advance(seconds(2));
  EXPECT_THAT(statuses_of(records("CEB312Message")), ElementsAre("2", "120"));
}

TEST_F(PlatformService, twice_and_late_are_seen_in_the_listing) {
  start();
  push("CEB311Message", order_body("A1~late5+twice"));
  clock_.advance(seconds(4));
  EXPECT_EQ(listing("CEB312Message"), "[]");
  clock_.advance(seconds(2));
  EXPECT_THAT(statuses_of(records("CEB312Message")), ElementsAre("2", "2", "120", "120"));
}

TEST_F(PlatformService, a_restart_with_a_state_file_keeps_everything_to_the_byte) {
  const tests::ScratchDirectory scratch;
  const Settings settings{.state = scratch.path() / "state.jsonl", .enterprises = {}};
  start(settings);
  const std::string lost = signed_text(message_text("CEB311Message", {order_body("A1~http500+lost-ack")}));
  push(lost);
  push("CEB621Message", inventory_body("A1~http500+lost-ack", {{"copNo", "I1"}}));
  clock_.advance(seconds(2));
  const std::string before = listing("CEB622Message"), received_before = get("/_received");
  start(settings);
  EXPECT_EQ(listing("CEB622Message"), before);
  EXPECT_EQ(get("/_received"), received_before);
  EXPECT_EQ(push(lost).reach, Reach::unknown);
  start(settings);
  EXPECT_EQ(push(lost).response.body, "OK");
}

TEST_F(PlatformService, a_full_simulator_says_so) {
  start({.state = {}, .enterprises = {}, .most_messages = 1});
  EXPECT_EQ(push("CEB311Message", order_body("A1")).response.status, 200U);
  EXPECT_EQ(push("CEB311Message", order_body("A2")).response.status, 503U);
}

TEST(platform_journal, an_unfinished_last_line_is_cut_off_and_a_broken_one_is_named) {
  const tests::ScratchDirectory scratch;
  const auto file = scratch.path() / "state.jsonl";
  std::vector<std::string> seen;
  const Journal::Replay replay = [&](const Delivery& one, base::Time) {
    seen.push_back(one.from + one.bytes + (one.way == Way::as2 ? " over AS2" : ""));
  };
  {
    auto journal = Journal::open(file, replay);
    ASSERT_TRUE(journal->append({Way::hainan, "one \xFF", ""}, base::Time(milliseconds(1))));
  }
  struct stat status {};
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  tests::write_file(file, tests::read_file(file) + "{\"at\":2,\"xm");
  {
    auto journal = Journal::open(file, replay);
    ASSERT_TRUE(journal->append({Way::as2, "three", "from "}, base::Time(milliseconds(3))));
    ASSERT_TRUE(journal->append({Way::folders, "", "nothing from "}, base::Time(milliseconds(4))));
  }
  seen.clear();
  ASSERT_TRUE(Journal::open(file, replay));
  EXPECT_THAT(seen, ElementsAre("one \xFF", "from three over AS2", "nothing from "));
  tests::write_file(file, tests::read_file(file) + "{\"at\":2}\n");
  const auto broken = Journal::open(file, replay);
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.faults().front().code, "state.line");
  EXPECT_EQ(broken.faults().front().line, 4);
}

TEST(platform_journal, a_folder_that_is_not_there_is_a_fault) {
  const tests::ScratchDirectory scratch;
  const auto journal = Journal::open(scratch.path() / "none" / "state.jsonl", [](const Delivery&, base::Time) {});
  ASSERT_FALSE(journal);
  EXPECT_EQ(journal.faults().front().code, "state.open");
}

}  // namespace
}  // namespace tools::platform

// A gateway that archives what it has settled, as its ERP and its operator see it.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <csignal>
#include <gmock/gmock.h>

#include "tests/gateway/app/site.h"
#include "tests/support/cebgate_run.h"
#include "tests/support/eventually.h"

namespace tests::app {
namespace {

using testing::HasSubstr;
namespace json = boost::json;

constexpr const char* soon = "\n[archive]\ndirectory = \"archive\"\nafter = \"2s\"\n";

class ArchivingSite : public testing::Test {
 protected:
  ArchivingSite() {
    site.set_archive(soon);
    site.start_platform();
    site.start_gateway();
  }

  std::string settled(const std::string& number) {
    const std::string id = site.accepted("CEB311Message", order_document({.number = number}));
    site.wait_until(id, [](const Seen& seen) { return std::ranges::count(seen.statuses, "120") > 0; });
    return id;
  }
  gateway::http::Response get(const std::string& id) {
    return site.ask("GET", "/v1/documents/" + id, Site::operator_token);
  }
  // The newest change of all stays in the ledger, so another document follows.
  std::string archived(const std::string& number) {
    const std::string id = settled(number);
    settled(number + "-after");
    EXPECT_TRUE(eventually([&] { return get(id).status == 404; })) << site.gateway().err();
    return id;
  }
  gateway::http::Response restore(const std::string& document, const char* token = Site::operator_token) {
    return site.ask("POST", "/v1/archive/restore", token,
                    json::serialize(json::object{{"document", document}, {"reason", "customs asks"}}));
  }
  Ran cebgate(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "archive");
    arguments.insert(arguments.end(), {"--config", site.settings_file().string()});
    return run_(arguments);
  }
  Ran status(const std::string& name) {
    return run_({"status", name, "--url", site.gateway_url()}, {{"CEBGATE_TOKEN", Site::operator_token}});
  }
  std::filesystem::path data_file() const {
    for (const auto& entry : std::filesystem::directory_iterator(site.folder() / "archive")) {
      if (entry.path().extension() == ".zst") return entry.path();
    }
    throw std::runtime_error("no archive file");
  }
  // So that what has come back stays for the rest of the test.
  void keep_for_long() {
    site.set_archive("\n[archive]\ndirectory = \"archive\"\n");
    site.gateway().signal(SIGTERM);
    EXPECT_EQ(site.gateway().exit_status(), 0);
    site.start_gateway();
  }

  Site site;
  CebgateRun run_;
};

TEST_F(ArchivingSite, a_settled_document_leaves_is_listed_verified_shown_and_comes_back) {
  const std::string id = archived("A1");
  EXPECT_THAT(get(id).body, HasSubstr("cebgate archive restore " + id));
  const std::string key =
      json::parse(cebgate({"list", "A1", "--format", "json"}).out).at("documents").at(0).at("key").as_string().c_str();
  for (const std::string& name : {id, std::string("A1"), key}) {
    const Ran looked_for = status(name);
    EXPECT_EQ(looked_for.status, 1);
    EXPECT_THAT(looked_for.err, HasSubstr("cebgate archive restore " + id)) << name;
  }
  EXPECT_THAT(status("A9").err, HasSubstr("There is no such document"));
  EXPECT_TRUE(eventually([&] { return site.measure("cebgate_archived_documents") >= 1; }));
  EXPECT_EQ(site.measure("cebgate_archive_failing"), 0);

  const Ran listed = cebgate({"list", "A1"});
  EXPECT_EQ(listed.status, 0) << listed.err;
  EXPECT_THAT(listed.out, HasSubstr(id));
  const Ran as_json = cebgate({"list", "A1", "--format", "json"});
  EXPECT_EQ(json::parse(as_json.out).at("documents").at(0).at("id").as_string(), id);
  const Ran verified = cebgate({"verify"});
  EXPECT_EQ(verified.status, 0) << verified.out << verified.err;
  const Ran shown = cebgate({"show", id, "--format", "json"});
  EXPECT_EQ(shown.status, 0) << shown.err;
  EXPECT_EQ(json::parse(shown.out).at("versions").at(0).at("receipts").as_array().size(), 2U);
  EXPECT_EQ(cebgate({"show", "no such"}).status, 1);

  keep_for_long();
  EXPECT_EQ(restore(id, Site::viewer_token).status, 403U);
  EXPECT_EQ(restore("no such").status, 404U);
  const auto restored = restore("A1");
  EXPECT_EQ(restored.status, 200U) << restored.body;
  EXPECT_EQ(json::parse(restored.body).at("id").as_string(), id);
  const Seen seen = site.look(id);
  EXPECT_EQ(seen.state, "settled");
  EXPECT_THAT(seen.statuses, testing::ElementsAre("2", "120"));
  EXPECT_THAT(seen.deliveries, testing::ElementsAre("confirmed"));
  EXPECT_THAT(site.message_of(id), HasSubstr("<ceb:CEB311Message"));
  EXPECT_EQ(restore(id).status, 404U) << "it is in the ledger";
  EXPECT_EQ(site.personal_data_in_logs(), "");
}

TEST_F(ArchivingSite, a_post_of_an_archived_key_finds_it_as_before) {
  const std::string id = archived("A1");
  keep_for_long();
  const auto again = site.post("CEB311Message", order_document({.number = "A1"}));
  EXPECT_EQ(again.status, 200U) << again.body;
  EXPECT_EQ(json::parse(again.body).at(0).at("id").as_string(), id);
  EXPECT_EQ(json::parse(again.body).at(0).at("state"), "settled");
  EXPECT_EQ(site.look(id).version, 1);
}

TEST_F(ArchivingSite, a_damaged_file_is_told_and_the_key_is_not_taken_for_a_new_one) {
  const std::string id = archived("A1");
  keep_for_long();
  const auto file = data_file();
  std::string bytes = read_file(file);
  for (std::size_t at = 10; at < bytes.size(); at += 50) bytes[at] ^= 1;
  write_file(file, bytes);
  const Ran verified = cebgate({"verify", "--format", "json"});
  EXPECT_EQ(verified.status, 1);
  EXPECT_THAT(verified.out, HasSubstr("archive.damaged"));
  const auto restored = restore(id);
  EXPECT_EQ(restored.status, 500U);
  EXPECT_THAT(restored.body, HasSubstr("archive.damaged"));
  const auto posted = site.post("CEB311Message", order_document({.number = "A1"}));
  EXPECT_EQ(posted.status, 409U) << posted.body;
  EXPECT_THAT(posted.body, HasSubstr("intake.archived"));
  EXPECT_EQ(site.received("A1").size(), 1U);
}

}  // namespace
}  // namespace tests::app

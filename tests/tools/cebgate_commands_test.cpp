// The program's other commands without a gateway: usage, languages, catalog, explain, settings, and a closed port.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>

#include "tests/support/cebgate_run.h"
#include "tests/support/test_keys.h"
#include "tests/tools/cebgate_documents.h"

namespace tests::tools {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class Cebgate : public ::testing::Test {
 protected:
  CebgateRun cebgate_;
};

TEST_F(Cebgate, PrintsItsVersionAndHelpWithStatusZero) {
  const Ran version = cebgate_({"--version"});
  EXPECT_EQ(version.status, 0);
  EXPECT_THAT(version.out, StartsWith("cebgate "));
  const Ran help = cebgate_({"--help"});
  EXPECT_EQ(help.status, 0);
  for (const char* name : {"serve",    "check-config", "catalog", "build",   "show",    "validate", "sign", "verify",
                           "explain",  "submit",       "list",    "status",  "watch",   "replay",   "hold", "release",
                           "withdraw", "amend",        "replays", "inbound", "notices", "archive"}) {
    EXPECT_THAT(help.out, HasSubstr(std::string("\n  ") + name + " ")) << name;
  }
  EXPECT_EQ(cebgate_({"validate", "--help"}).status, 0);
}

TEST_F(Cebgate, EndsWithTwoOnWrongUsage) {
  EXPECT_EQ(cebgate_({}).status, 2);
  EXPECT_EQ(cebgate_({"fly"}).status, 2);
  EXPECT_EQ(cebgate_({"validate"}).status, 2);
  EXPECT_EQ(cebgate_({"catalog", "--format", "yaml"}).status, 2);
  EXPECT_EQ(cebgate_({"archive"}).status, 2);
  EXPECT_EQ(cebgate_({"archive", "list"}).status, 2) << "neither --directory nor --config";
  EXPECT_EQ(cebgate_({"archive", "verify", "--directory", cebgate_.path("not there")}).status, 2);
  EXPECT_EQ(cebgate_({"archive", "restore", "D1"}).status, 2) << "no reason";
}

TEST_F(Cebgate, SpeaksChineseIfLangOrTheOptionSaysSo) {
  EXPECT_THAT(cebgate_({"catalog"}, {{"LANG", "zh_CN.UTF-8"}}).out, StartsWith("类型"));
  EXPECT_THAT(cebgate_({"catalog", "--lang", "zh"}).out, StartsWith("类型"));
  EXPECT_THAT(cebgate_({"--lang=zh", "catalog"}).out, StartsWith("类型"));
  EXPECT_THAT(cebgate_({"catalog", "--lang", "en"}, {{"LANG", "zh_CN.UTF-8"}}).out, StartsWith("type"));
  EXPECT_THAT(cebgate_({"--help"}, {{"LANG", "zh_CN.UTF-8"}}).out, HasSubstr("用法"));
}

TEST_F(Cebgate, KeepsJsonNamesEnglishInEveryLanguage) {
  const Ran listed = cebgate_({"catalog", "--format", "json", "--lang", "zh"});
  ASSERT_EQ(listed.status, 0) << listed.err;
  EXPECT_EQ(boost::json::parse(listed.out).at(0).at("kind").as_string(), "declaration");
}

TEST_F(Cebgate, ListsTheTypesAndTheFieldsOfOne) {
  const auto types = boost::json::parse(cebgate_({"catalog", "--format", "json"}).out).as_array();
  std::vector<std::string> names;
  for (const auto& type : types) names.emplace_back(type.at("name").as_string());
  EXPECT_THAT(names, ::testing::IsSupersetOf({"CEB311Message", "CEB411Message", "CEB511Message", "CEB621Message"}));

  const Ran fields = cebgate_({"catalog", "CEB311Message"});
  EXPECT_EQ(fields.status, 0);
  EXPECT_THAT(fields.out,
              AllOf(HasSubstr("Order/OrderHead/acturalPaid"), HasSubstr("实际支付金额"), HasSubstr("N19,5")));
  EXPECT_EQ(cebgate_({"catalog", "CEB000Message"}).status, 1);
}

TEST_F(Cebgate, AlignsColumnsByTheWidthOfChineseCharacters) {
  std::istringstream lines(cebgate_({"catalog", "--lang", "zh"}).out);
  std::string header, row;
  std::getline(lines, header);
  std::getline(lines, row);
  // Two cells for each Chinese character: the second column begins 2 + 2 cells after the first one's 13 characters.
  EXPECT_THAT(header, StartsWith("类型" + std::string(9 + 2, ' ')));
  EXPECT_THAT(row, StartsWith("CEB311Message  "));
}

TEST_F(Cebgate, ExplainsACodeForItsType) {
  const Ran released = cebgate_({"explain", "800", "--type", "CEB621Message", "--format", "json"});
  ASSERT_EQ(released.status, 0) << released.err;
  EXPECT_EQ(boost::json::parse(released.out).at(0).at("outcome").as_string(), "released");
  const Ran negative = cebgate_({"explain", "-621004"});
  EXPECT_EQ(negative.status, 0) << negative.err;
  EXPECT_EQ(cebgate_({"explain", "-424242"}).status, 1);
}

TEST_F(Cebgate, ExplainsInBothLanguagesWhoseSideItIsAndWhatToDo) {
  for (const char* code : {"-301010", "120", "2001", "1313", "CEB900", "schema.length", "rule.I311-04"}) {
    for (const char* lang : {"zh", "en"}) {
      const Ran told = cebgate_({"explain", "--lang", lang, "--", code});
      EXPECT_EQ(told.status, 0) << code << told.err;
      EXPECT_THAT(told.out, HasSubstr(std::string(lang) == "zh" ? "怎么办：" : "what to do: ")) << code;
    }
  }
  const Ran limit = cebgate_({"explain", "1313", "--lang", "en"});
  EXPECT_THAT(limit.out, HasSubstr("side: buyer"));
  EXPECT_THAT(limit.out, HasSubstr("do not send it again"));
}

TEST_F(Cebgate, ExplainsAWholeTextWithWhatVariesInIt) {
  const Ran told =
      cebgate_({"explain", "--format", "json",
                "[Code:1313;Desc:订购人购买超过年度限额,超过个人年度购买额度;totalPrice：10 > limitPrice: 5;]"});
  ASSERT_EQ(told.status, 0) << told.err;
  const auto sense = boost::json::parse(told.out).at(0);
  EXPECT_EQ(sense.at("code"), "1313");
  EXPECT_EQ(sense.at("side"), "buyer");
  EXPECT_EQ(sense.at("class"), "ask the port");
  EXPECT_EQ(sense.at("parts").at("totalPrice"), "10");
}

TEST_F(Cebgate, SaysOfAnUnknownCodeThatItIsNotListedAndWhatToDo) {
  const Ran unknown = cebgate_({"explain", "-424242", "--format", "json"});
  EXPECT_EQ(unknown.status, 1);
  const auto sense = boost::json::parse(unknown.out).at(0);
  EXPECT_EQ(sense.at("known"), false);
  EXPECT_EQ(sense.at("class"), "ask the port");
  EXPECT_EQ(cebgate_({"explain", "100", "--type", "CEB999Message"}).status, 1);
  EXPECT_EQ(cebgate_({"explain"}).status, 2);
}

TEST_F(Cebgate, SaysWhereCustomsDataIsMissing) {
  const Ran listed = cebgate_({"catalog", "--schemas", cebgate_.path("nowhere")});
  EXPECT_EQ(listed.status, 2);
  EXPECT_THAT(listed.err, HasSubstr("nowhere"));
}

class CebgateSettings : public Cebgate {
 protected:
  CebgateSettings() : authority_(cebgate_.path("keys")) {
    identity_ = authority_.issue_sm2("4601960001");
    std::filesystem::copy_file(identity_.key, cebgate_.path("enterprise.key.pem"));
    std::filesystem::copy_file(identity_.certificate, cebgate_.path("enterprise.cert.pem"));
  }
  TestAuthority authority_;
  TestIdentity identity_;
};

TEST_F(CebgateSettings, AreGoodAsTheGuideShowsThem) {
  const Ran checked = cebgate_({"check-config", "--config", cebgate_.write("cebgate.toml", settings_text())});
  EXPECT_EQ(checked.status, 0) << checked.out << checked.err;
}

TEST_F(CebgateSettings, AreToldWithTheLineOfEachFault) {
  const std::string file = cebgate_.write("cebgate.toml", "[server]\nlisten = 5\n\n[ledger]\nurl = \"oracle:x\"\n");
  const Ran text = cebgate_({"check-config", "--config", file});
  EXPECT_EQ(text.status, 1);
  EXPECT_THAT(text.out, AllOf(HasSubstr("cebgate.toml:2: error: "), HasSubstr("cebgate.toml:5: error: ")));
  const auto json =
      boost::json::parse(cebgate_({"check-config", "--config", file, "--format", "json"}).out).as_object();
  EXPECT_FALSE(json.at("valid").as_bool());
  EXPECT_EQ(json.at("faults").at(0).at("line").as_int64(), 2);
  const Ran served = cebgate_({"serve", "--config", file});
  EXPECT_EQ(served.status, 2);
  EXPECT_THAT(served.err, HasSubstr("cebgate.toml:2: error: "));
}

TEST_F(CebgateSettings, WithAKeyThatOthersMayReadStartNothing) {
  std::filesystem::permissions(cebgate_.path("enterprise.key.pem"), std::filesystem::perms::group_read,
                               std::filesystem::perm_options::add);
  const Ran served = cebgate_({"serve", "--config", cebgate_.write("cebgate.toml", settings_text())});
  EXPECT_EQ(served.status, 2);
  EXPECT_THAT(served.err, HasSubstr("chmod"));
  EXPECT_EQ(served.out, "");
}

TEST_F(CebgateSettings, ThatAreNotThereEndWithTwo) {
  EXPECT_EQ(cebgate_({"check-config", "--config", cebgate_.path("absent.toml")}).status, 2);
  EXPECT_EQ(cebgate_({"serve", "--config", cebgate_.path("absent.toml")}).status, 2);
}

class CebgateWithoutGateway : public Cebgate {
 protected:
  // A port that was free a moment ago and that nobody listens on.
  static std::string closed_url() {
    boost::asio::io_context io;
    boost::asio::ip::tcp::acceptor acceptor(io, {boost::asio::ip::address_v4::loopback(), 0});
    return "http://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port());
  }
};

TEST_F(CebgateWithoutGateway, EndsWithTwoAndOneSentence) {
  const std::string file = cebgate_.write(
      "order.json", R"({"type":"CEB311Message","enterprise":"4601960001","document":)" + order_document("D1") + "}");
  for (const auto& arguments :
       std::vector<std::vector<std::string>>{{"submit", file},
                                             {"list"},
                                             {"status", "D1"},
                                             {"watch"},
                                             {"replay", "D1", "--mode", "same-bytes", "--reason", "lost"},
                                             {"hold", "--state", "deferred", "--reason", "lost"},
                                             {"amend", "D1", file, "--reason", "corrected"},
                                             {"notices"},
                                             {"notices", "resend", "1"},
                                             {"replays"},
                                             {"inbound"},
                                             {"archive", "restore", "D1", "--reason", "asked for"}}) {
    std::vector<std::string> all = arguments;
    all.insert(all.end(), {"--url", closed_url()});
    const Ran ran = cebgate_(all);
    EXPECT_EQ(ran.status, 2) << arguments[0];
    EXPECT_EQ(ran.out, "");
    EXPECT_THAT(ran.err, StartsWith("the gateway does not answer: ")) << arguments[0];
    EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << ran.err;
  }
}

TEST_F(CebgateWithoutGateway, ReadsEveryFileBeforeTheFirstIsPosted) {
  const std::string good = cebgate_.write("good.json", "{}"), bad = cebgate_.write("bad.json", "[1,\n2");
  const Ran ran = cebgate_({"submit", good, bad, "--url", closed_url()});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("bad.json:2: error: "));
}

TEST_F(CebgateWithoutGateway, NamesATokenFileThatIsNotThere) {
  const Ran ran = cebgate_({"list", "--token-file", cebgate_.path("absent"), "--url", closed_url()});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("absent: error: "));
}

}  // namespace
}  // namespace tests::tools

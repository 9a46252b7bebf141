// `cebgate validate` over envelopes, over many files at once, and over what nobody should have to read.
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/cebgate_run.h"
#include "tests/tools/cebgate_envelopes.h"

namespace tests::tools {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class CebgateValidateEnvelope : public ::testing::Test {
 protected:
  struct Judged {
    std::string type;
    bool is_valid = false;
    std::vector<std::string> faults;  // "code path"
    std::vector<std::int64_t> lines;
  };

  Judged judge(const std::string& xml) {
    const Ran ran = cebgate_({"validate", "--level", "schema", "--format", "json", cebgate_.write("in.xml", xml)});
    const auto objects = boost::json::parse(ran.out);
    const auto& object = objects.at(0);
    Judged judged{std::string(object.at("type").as_string()), object.at("valid").as_bool(), {}, {}};
    for (const auto& fault : object.at("faults").as_array()) {
      judged.faults.push_back(std::string(fault.at("code").as_string()) + " " +
                              std::string(fault.at("path").as_string()));
      judged.lines.push_back(fault.at("line").as_int64());
    }
    EXPECT_EQ(ran.status, judged.is_valid ? 0 : 1);
    return judged;
  }

  CebgateRun cebgate_;
};

TEST_F(CebgateValidateEnvelope, JudgesTheMessageInsideAndNamesItsType) {
  for (const std::string& xml :
       {inventory_receipt(), dxp_message(inventory_receipt()), dxp_message("\xEF\xBB\xBF" + inventory_receipt()),
        "\xEF\xBB\xBF" + dxp_routed(dxp_message(inventory_receipt()))}) {
    const Judged judged = judge(xml);
    EXPECT_TRUE(judged.is_valid);
    EXPECT_EQ(judged.type, "CEB622Message");
    EXPECT_THAT(judged.faults, IsEmpty());
  }
}

TEST_F(CebgateValidateEnvelope, TellsFaultsOfBothAtOnceEachWithItsPlace) {
  const Judged judged = judge(dxp_message(inventory_receipt(""), "DXPENT00000000001"));
  EXPECT_EQ(judged.type, "CEB622Message");
  EXPECT_THAT(judged.faults,
              ElementsAre("schema.length /dxp:DxpMsg/dxp:TransInfo/dxp:SenderId",
                          "schema.missing /dxp:DxpMsg/dxp:Data!/ceb:CEB622Message/ceb:InventoryReturn[1]/ceb:preNo"));
  EXPECT_THAT(judged.lines, ElementsAre(2, 0));
  EXPECT_THAT(judge(dxp_routed(dxp_message(inventory_receipt("")))).faults,
              ElementsAre("schema.missing /dxp:DxpMsgSv/dxp:DxpMsg/dxp:Data!/ceb:CEB622Message/"
                          "ceb:InventoryReturn[1]/ceb:preNo"));
}

TEST_F(CebgateValidateEnvelope, SaysWhatIsWrongWithWhatIsInside) {
  EXPECT_THAT(judge(dxp_message("not a message")).faults, ElementsAre("xml.syntax /dxp:DxpMsg/dxp:Data!"));
  EXPECT_THAT(judge(dxp_message("<other/>")).faults, ElementsAre("schema.root /dxp:DxpMsg/dxp:Data!/other"));
  EXPECT_THAT(judge(dxp_message(dxp_message(inventory_receipt()))).faults,
              ElementsAre("dxp.nested /dxp:DxpMsg/dxp:Data!/dxp:DxpMsg"));
  EXPECT_THAT(judge(dxp_message_with("<dxp:Data>PGEv!</dxp:Data>")).faults,
              ElementsAre("dxp.base64 /dxp:DxpMsg/dxp:Data"));
  EXPECT_THAT(judge(dxp_message_with("<dxp:Data/>")).faults, ElementsAre("dxp.base64 /dxp:DxpMsg/dxp:Data"));
  EXPECT_THAT(judge(dxp_message_with("")).faults, ElementsAre("schema.missing /dxp:DxpMsg/dxp:Data"));
  EXPECT_EQ(judge(dxp_message("<other/>")).type, "DxpMsg");
}

TEST_F(CebgateValidateEnvelope, JudgesAReplyAsAnEnvelopeAlone) {
  const Judged judged = judge(dxp_reply());
  EXPECT_TRUE(judged.is_valid);
  EXPECT_EQ(judged.type, "DxpRep");
}

class CebgateValidateFiles : public ::testing::Test {
 protected:
  CebgateRun cebgate_;
};

TEST_F(CebgateValidateFiles, KeepsTheOrderGivenWhateverTheJobs) {
  const std::string large = cebgate_.write("large.xml", "<a>" + std::string(4'000'000, 'x') + "</a>");
  const std::string good = cebgate_.write("good.xml", inventory_receipt());
  const std::string bad = cebgate_.write("bad.xml", inventory_receipt(""));
  std::vector<std::string> command{"validate", "--format", "json", "--jobs", "1"};
  std::vector<std::string> files;
  for (int i = 0; i < 30; ++i) files.push_back(i % 7 == 0 ? large : i % 3 == 0 ? bad : good);
  command.insert(command.end(), files.begin(), files.end());
  const Ran alone = cebgate_(command);
  EXPECT_EQ(alone.status, 1);
  const auto objects = boost::json::parse(alone.out).as_array();
  ASSERT_EQ(objects.size(), files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    EXPECT_EQ(objects[i].at("file").as_string(), files[i]);
    EXPECT_EQ(objects[i].at("valid").as_bool(), files[i] == good);
  }
  command[4] = "8";
  EXPECT_EQ(cebgate_(command).out, alone.out);
}

TEST_F(CebgateValidateFiles, TakesFromOneToSixtyFourJobs) {
  const std::string good = cebgate_.write("good.xml", inventory_receipt());
  EXPECT_EQ(cebgate_({"validate", "--jobs", "64", good}).status, 0);
  for (const char* jobs : {"0", "65", "many"})
    EXPECT_EQ(cebgate_({"validate", "--jobs", jobs, good}).status, 2) << jobs;
}

TEST_F(CebgateValidateFiles, SaysInOneLineWhatCannotBeJudged) {
  const std::string good = cebgate_.write("good.xml", inventory_receipt());
  const Ran other_root = cebgate_({"validate", cebgate_.write("other.xml", "<other/>")});
  EXPECT_EQ(other_root.status, 1);
  EXPECT_THAT(other_root.out, HasSubstr("[schema.root]"));
  EXPECT_EQ(std::ranges::count(other_root.out, '\n'), 1) << other_root.out;
  const Ran absent = cebgate_({"validate", cebgate_.path("absent.xml")});
  EXPECT_EQ(absent.status, 2);
  EXPECT_EQ(std::ranges::count(absent.out, '\n'), 1) << absent.out;
  const Ran other_edition = cebgate_({"validate", "--edition", "1999", good});
  EXPECT_EQ(other_edition.status, 2);
  EXPECT_THAT(other_edition.err, HasSubstr("202205"));
  EXPECT_EQ(std::ranges::count(other_edition.err, '\n'), 1) << other_edition.err;
}

}  // namespace
}  // namespace tests::tools

// cebgate import: what it makes of files, what it sends, and what it makes of the answers.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/cebgate_run.h"
#include "tests/tools/canned_gateway.h"

namespace tests::tools {
namespace {

namespace json = boost::json;
using gateway::http::Response;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string item(const std::string& key, const std::string& result = "imported", const std::string& state = "settled") {
  return R"({"result":")" + result + R"(","type":"CEB311Message","key":")" + key +
         R"(","number":"A","version":1,"state":")" + state + R"(","stage":"120","outcome":"lodged"})";
}

std::string faulty(int index, const std::string& path, const std::string& code = "import.value") {
  return R"({"index":)" + std::to_string(index) + R"(,"faults":[{"code":")" + code + R"(","path":")" + path +
         R"(","zh":"有误","en":"wrong","severity":"error"}]})";
}

std::string items(const std::string& first, const std::string& second = "", const std::string& third = "") {
  return "[" + first + (second.empty() ? "" : ",") + second + (third.empty() ? "" : ",") + third + "]";
}

class CebgateImport : public ::testing::Test {
 protected:
  void answer(std::vector<std::string> bodies) {
    std::vector<Response> answers;
    for (std::string& body : bodies) answers.push_back(Response::json(200, std::move(body)));
    gateway_.answer("POST /v1/imports", std::move(answers));
  }
  Ran run(const std::string& name, const std::string& text, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"import", cebgate_.write(name, text), "--url", gateway_.url()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return cebgate_(arguments, {{"CEBGATE_TOKEN", "sesame"}});
  }
  std::vector<std::string> bodies() const {
    std::vector<std::string> sent;
    for (const auto& request : gateway_.requests()) sent.push_back(request.body);
    return sent;
  }
  // Refused before anything was sent.
  std::string refused(const std::string& text, int status = 1) {
    const Ran ran = run("rows.csv", text);
    EXPECT_EQ(ran.status, status) << ran.err;
    EXPECT_TRUE(gateway_.requests().empty());
    return ran.err;
  }

  CannedGateway gateway_;
  CebgateRun cebgate_;
};

TEST_F(CebgateImport, looks_at_the_whole_file_before_it_imports_it_and_counts_by_type_and_state) {
  answer({items(item("K/1"), item("K/2", "known", "sent"))});
  const Ran ran = run("rows.jsonl", "{\"orderNo\":\"007\",\"invtNo\":640920261000000001}\n\n{\"orderNo\":\"8\"}\n");
  EXPECT_EQ(ran.status, 0) << ran.err;
  const auto requests = gateway_.requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].query.at("dry_run"), "true");
  EXPECT_TRUE(requests[1].query.empty());
  EXPECT_EQ(requests[0].body, R"([{"orderNo":"007","invtNo":640920261000000001},{"orderNo":"8"}])");
  EXPECT_EQ(requests[1].body, requests[0].body);
  EXPECT_EQ(requests[0].headers.get("Authorization"), "Bearer sesame");
  EXPECT_THAT(ran.out, AllOf(HasSubstr("imported"), HasSubstr("known"), HasSubstr("2 rows are done")));
}

TEST_F(CebgateImport, a_dry_run_imports_nothing) {
  answer({items(item("K/1"))});
  const Ran ran = run("rows.jsonl", "{}\n", {"--dry-run", "--format", "json"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(gateway_.requests().size(), 1U);
  const json::value told = json::parse(ran.out);
  EXPECT_EQ(told.at("dry_run"), true);
  EXPECT_EQ(told.at("rows"), 1);
  EXPECT_EQ(told.at("counts").at(0).at("state"), "settled");
}

TEST_F(CebgateImport, a_fault_is_told_with_its_line_and_column_and_nothing_is_imported) {
  answer({items(item("K/1"), faulty(1, "/1/preNo"))});
  const Ran ran = run("rows.jsonl", "{\"a\":1}\n\n{\"a\":2}\n");
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(gateway_.requests().size(), 1U);
  EXPECT_THAT(ran.err, HasSubstr("rows.jsonl:3: error: preNo: wrong [import.value]"));
  EXPECT_THAT(ran.out, HasSubstr("nothing was imported"));
}

TEST_F(CebgateImport, with_partial_the_rows_without_a_fault_are_imported) {
  answer({items(item("K/1"), faulty(1, "/1/preNo"), item("K/3")), items(item("K/1"), item("K/3"))});
  const Ran ran = run("rows.jsonl", "{\"a\":1}\n{\"a\":2}\n{\"a\":3}\nno json\n", {"--partial", "--format", "json"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(bodies(), ::testing::ElementsAre(R"([{"a":1},{"a":2},{"a":3}])", R"([{"a":1},{"a":3}])"));
  const json::value told = json::parse(ran.out);
  EXPECT_EQ(told.at("rows"), 2);
  EXPECT_EQ(told.at("faulty"), 2);
  EXPECT_EQ(told.at("faults").as_array().size(), 2U);
  EXPECT_EQ(told.at("faults").at(0).at("line"), 4) << "read by the program itself, before the gateway's";
}

TEST_F(CebgateImport, a_key_that_comes_twice_is_told_across_the_parts_of_a_file) {
  std::string rows, first = "[", last = items(item("K/7"));
  for (int i = 0; i < 1000; ++i) {
    rows += "{}\n";
    first += (i == 0 ? "" : ",") + item("K/" + std::to_string(i));
  }
  answer({first + "]", last});
  const Ran ran = run("rows.jsonl", rows + "{}\n");
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("rows.jsonl:1001: error: K/7 stands on line 8 already"));
  EXPECT_EQ(gateway_.requests().size(), 2U);
}

TEST_F(CebgateImport, csv_has_its_names_in_the_header_and_quotes_where_they_are_needed) {
  answer({items(item("K/1"), item("K/2"))});
  const Ran ran = run("rows.csv",
                      "\xEF\xBB\xBFtype,enterprise,orderNo,returnInfo\r\n"
                      "CEB311Message,4601960001,007,\"a \"\"b\"\", c\nd\"\r\n"
                      ",,,\r\n"
                      "\r\n"
                      "CEB311Message,4601960001,8,\r\n");
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_EQ(bodies().at(0),
            R"([{"type":"CEB311Message","enterprise":"4601960001","orderNo":"007","returnInfo":"a \"b\", c\nd"},)"
            R"({"type":"CEB311Message","enterprise":"4601960001","orderNo":"8"}])");
}

TEST_F(CebgateImport, csv_as_spreadsheets_in_china_write_it_is_read_as_gb18030) {
  answer({items(item("K/1"))});
  const Ran ran = run("rows.csv", "type,enterprise,returnInfo\nCEB311Message,1,\xB3\xC9\xB9\xA6\n");
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(bodies().at(0), HasSubstr(R"("returnInfo":"成功")"));
}

TEST_F(CebgateImport, a_fault_of_csv_stands_at_the_line_where_its_row_begins) {
  answer({items(item("K/1"), faulty(1, "/1/preNo"))});
  const Ran ran = run("rows.csv", "type,enterprise,returnInfo\nA,1,\"x\ny\"\nB,2,z\nC,3\nD,4,\xFF\xFF\n");
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, AllOf(HasSubstr("rows.csv:4: error: preNo: wrong"),
                             HasSubstr("rows.csv:5: error: 2 values, but the header has 3 columns"),
                             HasSubstr("rows.csv:6: error: returnInfo: this is neither UTF-8 nor GB18030")));
}

TEST_F(CebgateImport, a_column_that_is_not_known_is_told_once_at_the_header) {
  answer({items(faulty(0, "/0/colour", "import.column"), faulty(1, "/1/colour", "import.column"))});
  const Ran ran = run("rows.csv", "type,enterprise,colour\nA,1,red\nB,2,blue\n");
  EXPECT_EQ(ran.status, 1);
  const std::string told = "rows.csv:1: error: colour: wrong";
  EXPECT_THAT(ran.err, HasSubstr(told));
  EXPECT_EQ(ran.err.find(told), ran.err.rfind(told));
}

TEST_F(CebgateImport, a_document_may_stand_in_a_cell_as_json) {
  answer({items(item("K/1"))});
  const Ran ran = run("rows.csv", "type,enterprise,document\nA,1,\"{\"\"OrderHead\"\":{\"\"freight\"\":1.10}}\"\n");
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(bodies().at(0), HasSubstr(R"("document":{"OrderHead":{"freight":1.10}})"));
}

TEST_F(CebgateImport, files_that_hold_no_rows_are_refused_before_anything_is_sent) {
  EXPECT_THAT(refused(""), HasSubstr("[import.empty]"));
  EXPECT_THAT(refused(" \n\n"), HasSubstr("[import.empty]"));
  EXPECT_THAT(refused("type,enterprise,guid\n"), HasSubstr("[import.empty]"));
  EXPECT_THAT(refused("type;enterprise;guid\n1;2;3\n"), HasSubstr("The header has no column type"));
  EXPECT_THAT(refused("type,enterprise,guid,guid\n1,2,3,4\n"), HasSubstr("column 4"));
  EXPECT_THAT(refused("[{\"type\":1}]"), HasSubstr("[import.form]"));
  EXPECT_THAT(refused("{\"a\":\"\xB3\xC9\"}\n"), HasSubstr("rows.csv:1: error: This is not UTF-8"));
  EXPECT_THAT(refused("type,enterprise\n\"a\"b,1\n"), HasSubstr("rows.csv:2: error: A misplaced quotation mark"));
  EXPECT_THAT(refused("type,enterprise\na,\"1\n"), HasSubstr("rows.csv:2: error: The quotation mark is not closed"));
  EXPECT_THAT(refused("type,enterprise\na,\"" + std::string((1 << 20) + 1, 'x') + "\"\n"),
              HasSubstr("more than 1 MiB"));
}

TEST_F(CebgateImport, a_gateway_that_refuses_or_is_away_is_told_and_how_far_it_came) {
  EXPECT_EQ(cebgate_({"import", cebgate_.path("none.csv"), "--url", gateway_.url()}).status, 2);
  gateway_.answer("POST /v1/imports", {Response::problem(403, "not allowed")});
  EXPECT_EQ(run("rows.jsonl", "{}\n").status, 2);
  gateway_.answer("POST /v1/imports",
                  {Response::json(200, items(item("K/1"))), Response::problem(503, "too much is waiting")});
  const Ran ran = run("rows.jsonl", "{}\n");
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.out, HasSubstr("run it again to go on"));
  EXPECT_THAT(run("rows.jsonl", "{}\n", {"--lang", "zh"}).err, Not(HasSubstr("refused")));
}

}  // namespace
}  // namespace tests::tools

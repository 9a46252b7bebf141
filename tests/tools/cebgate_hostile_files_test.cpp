// What would bring a careless program down is refused in a moment and in little memory.
#include <chrono>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "tests/support/cebgate_run.h"
#include "tests/tools/cebgate_envelopes.h"

namespace tests::tools {
namespace {

using ::testing::HasSubstr;

constexpr std::size_t most_memory_bytes = std::size_t{256} << 20;
constexpr std::chrono::seconds longest{20};  // on a machine that is busy with other tests

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool is_sanitized = true;
#elif defined(__has_feature)
constexpr bool is_sanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool is_sanitized = false;
#endif

// Of the greediest program that these tests have run.
std::size_t peak_memory_bytes() {
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) << 10;
}

std::string many(const std::string& text, std::size_t times) {
  std::string all;
  all.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

class CebgateHostileFiles : public ::testing::Test {
 protected:
  void expect_refused(const std::string& xml, const std::string& code) {
    const auto start = std::chrono::steady_clock::now();
    const Ran ran = cebgate_({"validate", "--jobs", "1", cebgate_.write("in.xml", xml)});
    EXPECT_LT(std::chrono::steady_clock::now() - start, longest) << code;
    EXPECT_EQ(ran.status, 1) << code;
    EXPECT_THAT(ran.out.substr(0, 1000), HasSubstr("[" + code + "]"));
    expect_little_memory();
  }

  static void expect_little_memory() {
    EXPECT_TRUE(is_sanitized || peak_memory_bytes() < most_memory_bytes) << peak_memory_bytes();
  }

  CebgateRun cebgate_;
};

TEST_F(CebgateHostileFiles, OfFiftyMegabytesAreNotRead) {
  expect_refused(ceb_message("CEB622Message", many("<ceb:InventoryReturn/>\n", 50'000'000 / 23)), "file.size");
}

TEST_F(CebgateHostileFiles, OfTenThousandLevelsEndAtTheLimit) {
  const std::string deep = many("<ceb:a>", 10'000) + many("</ceb:a>", 10'000);
  expect_refused(ceb_message("CEB622Message", deep), "xml.depth");
  expect_refused(dxp_message(ceb_message("CEB622Message", deep)), "xml.depth");
}

TEST_F(CebgateHostileFiles, WithABillionEntitiesEndAtTheirDeclaration) {
  std::string bomb = "<!DOCTYPE a [<!ENTITY e0 \"ha\">";
  for (int i = 1; i < 10; ++i) {
    bomb += "<!ENTITY e" + std::to_string(i) + " \"" + many("&e" + std::to_string(i - 1) + ";", 10) + "\">";
  }
  bomb += "]><a>&e9;</a>";
  expect_refused(bomb, "xml.doctype");
  expect_refused(dxp_message(bomb), "xml.doctype");
}

TEST_F(CebgateHostileFiles, OfMillionsOfNodesEndAtTheLimit) {
  for (const char* one : {"<a/>", "<a>x</a>\n", "<!---->", "<?p?>", "<a b=\"c\"/>", "<![CDATA[]]>"}) {
    expect_refused("<a>" + many(one, 20'000'000 / std::string(one).size()) + "</a>", "xml.nodes");
  }
}

TEST_F(CebgateHostileFiles, WithAMillionAttributesOnOneElementAreNotRead) {
  std::string text = "<a";
  for (int i = 0; i < 1'000'000; ++i) text += " a" + std::to_string(i) + "=\"\"";
  expect_refused(text + "/>", "xml.attributes");
}

TEST_F(CebgateHostileFiles, AtTheLimitAreJudgedInThatMemoryToo) {
  const std::string most_nodes = many("<ceb:other>x</ceb:other>\n", 390'000);
  expect_refused(ceb_message("CEB622Message", most_nodes), "schema.unknown");
  const std::string large = ceb_message("CEB622Message", "<ceb:other>" + std::string(15'000'000, 'x') + "</ceb:other>");
  expect_refused(dxp_message(large), "schema.unknown");
}

TEST_F(CebgateHostileFiles, TakeNoMoreMemoryTheMoreTheyAre) {
  const std::string file = cebgate_.write("large.xml", "<a>" + many("<b>x</b>", 100'000) + "</a>");
  std::vector<std::string> command{"validate", "--jobs", "2"};
  command.insert(command.end(), 100, file);
  EXPECT_EQ(cebgate_(command).status, 1);
  expect_little_memory();
}

}  // namespace
}  // namespace tests::tools

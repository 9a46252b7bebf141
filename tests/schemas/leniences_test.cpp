// What the specification contradicts itself about is let through with a warning, and nothing else is.
#include "schemas/leniences.h"

#include <algorithm>
#include <array>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/judge.h"
#include "tests/schemas/made_message.h"
#include "tests/support/paths.h"

namespace {

using schemas::Leniences;
using schemas::Verdict;
using testing::HasSubstr;
using tests::MadeElement;

const schemas::Judge& judge() {
  static const auto loaded = schemas::Judge::load(tests::schemas_directory(), tests::catalog_202205());
  if (!loaded) throw std::runtime_error(loaded.faults().front().en);
  return *loaded;
}

const Leniences& leniences() {
  static const auto loaded = Leniences::load({tests::schemas_directory(), {}});
  if (!loaded) throw std::runtime_error(loaded.faults().front().en);
  return *loaded;
}

Verdict judged(const base::XmlDocument& document) {
  return judge().judge(document, schemas::Level::schema, schemas::SignatureDemand::as_schema_says);
}

base::XmlDocument read(const std::string& xml) {
  auto document = base::XmlDocument::read(xml);
  if (!document) throw std::runtime_error(document.faults().front().en);
  return std::move(document).value();
}

std::string told(const base::Faults& faults) {
  std::string text;
  for (const auto& fault : faults) text += fault.code + " " + fault.path + ": " + fault.en + "\n";
  return text;
}

schemas::Table table() {
  constexpr std::array<std::string_view, 5> columns{"types", "place", "deviations", "zh", "en"};
  auto read = schemas::Table::read(tests::schemas_directory() / "catalog" / "leniences.tsv", columns);
  if (!read) throw std::runtime_error(read.faults().front().en);
  return std::move(read).value();
}

// The element that holds the place, and the place's own name.
std::pair<MadeElement*, std::string> holder_of(MadeElement& business, const std::string& place) {
  MadeElement* holder = &business;
  const auto steps = schemas::split(place, '/');
  for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
    holder = holder->child(steps[i]);
    if (holder == nullptr) throw std::runtime_error("there is no " + steps[i]);
  }
  return {holder, steps.back()};
}

void deviate(MadeElement& business, const std::string& place, const std::string& deviation) {
  const auto [holder, name] = holder_of(business, place);
  const std::string prefixed = "ceb:" + name;
  auto& children = holder->children;
  if (deviation == "unknown") {
    children.insert(children.begin() + 1, {nullptr, prefixed, "1", {}, {}});
    return;
  }
  const auto found = std::ranges::find(children, prefixed, &MadeElement::name);
  if (found == children.end()) throw std::runtime_error("there is no " + place);
  if (deviation == "absent") {
    children.erase(found);
  } else if (deviation == "empty") {
    found->text.clear();
  } else if (deviation == "length") {
    found->text.resize(14, '0');
  } else {
    std::rotate(found, found + 1, children.end());
  }
}

struct Case {
  std::string type, place, deviation, en;
};

std::vector<Case> cases() {
  std::vector<Case> all;
  const schemas::Table read = table();
  for (const auto& row : read.rows()) {
    for (const std::string& type : schemas::words(row.cells[0])) {
      for (const std::string& deviation : schemas::words(row.cells[2])) {
        all.push_back({type == "*" ? "CEB622Message" : type, row.cells[1], deviation, row.cells[4]});
      }
    }
  }
  return all;
}

TEST(Leniences, LetThroughEachDeviationOfTheTableAndSayWhy) {
  for (const Case& one : cases()) {
    if (one.deviation == "root") continue;
    SCOPED_TRACE(one.type + " " + one.place + " " + one.deviation);
    const auto* type = tests::catalog_202205().find(one.type);
    ASSERT_NE(type, nullptr);
    MadeElement message = tests::full_message(*type);
    deviate(message.children.front(), one.place, one.deviation);
    const Verdict strict = judged(read(tests::written(message)));
    EXPECT_EQ(strict.valid(), false);
    const base::Faults softened = leniences().soften(one.type, strict.faults);
    EXPECT_FALSE(base::has_error(softened)) << told(softened);
    if (softened.empty()) continue;
    EXPECT_EQ(softened.front().code, schemas::lenient_code);
    EXPECT_EQ(softened.front().path, strict.faults.front().path);
    EXPECT_THAT(softened.front().en, HasSubstr(strict.faults.front().en + "; let through: " + one.en));
    EXPECT_THAT(softened.front().zh, HasSubstr("；予以接受："));
  }
}

TEST(Leniences, LeaveEveryOtherFaultAnError) {
  const auto* type = tests::catalog_202205().find("CEB622Message");
  MadeElement message = tests::full_message(*type);
  deviate(message.children.front(), "preNo", "absent");
  deviate(message.children.front(), "copNo", "absent");
  deviate(message.children.front(), "orderNo", "unknown");
  const base::Faults softened = leniences().soften(type->name, judged(read(tests::written(message))).faults);
  EXPECT_EQ(std::ranges::count(softened, base::Severity::warning, &base::Fault::severity), 1) << told(softened);
  EXPECT_TRUE(base::has_error(softened));
}

TEST(Leniences, AreForTheTypeTheyNameOnly) {
  const auto* type = tests::catalog_202205().find("CEB312Message");
  MadeElement message = tests::full_message(*type);
  deviate(message.children.front(), "ebpName", "unknown");
  EXPECT_TRUE(base::has_error(leniences().soften(type->name, judged(read(tests::written(message))).faults)));
}

TEST(Leniences, KnowARootByItsOtherName) {
  base::XmlDocument document = read("<ceb:CEB214 xmlns:ceb=\"http://www.chinaport.gov.cn/ceb\"/>");
  const auto told_why = leniences().mend_root(document);
  ASSERT_TRUE(told_why);
  EXPECT_EQ(told_why->code, schemas::lenient_code);
  EXPECT_EQ(told_why->severity, base::Severity::warning);
  EXPECT_EQ(judged(document).type, "CEB214Message");
  base::XmlDocument another = read("<ceb:CEB215 xmlns:ceb=\"http://www.chinaport.gov.cn/ceb\"/>");
  EXPECT_FALSE(leniences().mend_root(another));
}

TEST(Leniences, LetTheOfficialSamplesThatContradictTheirOwnSchemaThrough) {
  const auto samples = tests::shared_directory() / "samples" / "202205" / "export";
  if (!std::filesystem::exists(samples)) GTEST_SKIP() << samples << " is not here";
  for (const char* name : {"CEB214Message", "CEB792Message"}) {
    base::XmlDocument document = read(tests::read_file(samples / (std::string(name) + ".xml")));
    EXPECT_EQ(leniences().mend_root(document).has_value(), std::string_view(name) == "CEB214Message");
    const Verdict strict = judged(document);
    EXPECT_FALSE(strict.valid()) << name;
    const base::Faults softened = leniences().soften(name, strict.faults);
    EXPECT_FALSE(base::has_error(softened)) << told(softened);
    EXPECT_EQ(softened.size(), strict.faults.size());
  }
}

TEST(Leniences, MayBeAddedToByASite) {
  const tests::ScratchDirectory site;
  std::filesystem::create_directory(site.path() / "catalog");
  const auto load = [&](const std::string& rows) {
    tests::write_file(site.path() / "catalog" / "leniences.tsv", "types\tplace\tdeviations\tzh\ten\n" + rows);
    return Leniences::load({tests::schemas_directory(), site.path()});
  };
  const auto with_site = load("CEB312Message\tebpName\tunknown\t口岸如此\tthis port does\n");
  ASSERT_TRUE(with_site);
  const base::Fault fault{.code = "schema.unknown",
                          .path = "/ceb:CEB312Message/ceb:OrderReturn[3]/ceb:ebpName",
                          .zh = "多",
                          .en = "too much",
                          .source = {}};
  EXPECT_EQ(with_site->soften("CEB312Message", {fault}).front().en, "too much; let through: this port does");
  for (const char* bad : {"CEB312Message\tebpName\tcrooked\t坏\tbad\n", "*\tCEB312\troot\t坏\tbad\n"}) {
    const auto refused = load(bad);
    ASSERT_FALSE(refused) << bad;
    EXPECT_EQ(refused.faults().front().code, "data.row");
  }
}

}  // namespace

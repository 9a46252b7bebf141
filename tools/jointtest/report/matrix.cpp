#include <algorithm>
#include <set>

#include "tools/jointtest/report/html.h"
#include "tools/jointtest/report/parts.h"
#include "tools/jointtest/report/places.h"
#include "tools/markup/escaped.h"

namespace tools::jointtest::report {

namespace {

bool tries(const CaseResult& one, const std::string& type) {
  return std::ranges::find(one.types, type) != one.types.end();
}

std::string row_of(const CaseResult& one, std::size_t index, const std::set<std::string>& types) {
  std::string html = "<tr><th scope=\"row\"><span class=\"number\">" + std::to_string(index + 1) + "</span>" +
                     link(id_of_case(index), both({one.zh, one.en})) + "</th>" + cell(mark(one.verdict));
  for (const std::string& type : types) html += cell(tries(one, type) ? small_mark(one.verdict) : "");
  return html + "</tr>\n";
}

// The worst that a case of the type came to.
std::string verdict_of_type(const RunResult& run, const std::string& type) {
  for (const Verdict verdict : {Verdict::failed, Verdict::open, Verdict::passed, Verdict::skipped}) {
    if (std::ranges::any_of(run.cases,
                            [&](const CaseResult& one) { return one.verdict == verdict && tries(one, type); })) {
      return small_mark(verdict);
    }
  }
  return "";
}

std::string legend_html() {
  std::string html = "<p class=\"legend\">";
  for (const Verdict verdict : {Verdict::passed, Verdict::failed, Verdict::skipped, Verdict::open}) {
    html += small_mark(verdict) + " <span aria-hidden=\"true\">" + both(title(verdict)) + "</span> ";
  }
  return html + both({"空白：该用例不涉及", "blank: not part of the case"}) + "</p>\n";
}

std::string types_html(const std::set<std::string>& types, const schemas::Catalog& catalog) {
  std::string html = "<ul class=\"types\">";
  for (const std::string& type : types) {
    html += "<li>" + code(short_type(type)) + " " + both(title_of_type(catalog, type)) + "</li>";
  }
  return html + "</ul>\n";
}

}  // namespace

std::string matrix_html(const RunResult& run, const schemas::Catalog& catalog) {
  std::set<std::string> types;
  for (const CaseResult& one : run.cases) types.insert(one.types.begin(), one.types.end());
  std::string head = column({"用例", "Case"}) + column({"结果", "Verdict"});
  std::string rows,
      last = "<tr class=\"worst\"><th scope=\"row\" colspan=\"2\">" + both({"按报文类型", "By message type"}) + "</th>";
  for (const std::string& type : types) {
    head += "<th scope=\"col\" class=\"type\"><abbr title=\"" + markup::escaped(type) + "\">" +
            markup::escaped(short_type(type)) + "</abbr></th>";
    last += cell(verdict_of_type(run, type));
  }
  for (std::size_t i = 0; i < run.cases.size(); ++i) rows += row_of(run.cases[i], i, types);
  return section("matrix", {"报文类型与用例", "Message types and cases"},
                 legend_html() +
                     table("matrix", {"每项用例涉及的报文类型和结果", "Message types and verdict of each case"}, head,
                           rows + last + "</tr>\n") +
                     types_html(types, catalog));
}

}  // namespace tools::jointtest::report

#include "tools/jointtest/report/html.h"
#include "tools/jointtest/report/parts.h"
#include "tools/jointtest/report/places.h"

namespace tools::jointtest::report {

namespace {

std::string row_of(const StepResult& step, const std::string& id) {
  std::string text = said(step.text);
  if (!step.zh.empty() || !step.en.empty()) text += "<p class=\"why\">" + both({step.zh, step.en}) + "</p>";
  return "<tr id=\"" + id + "\" class=\"" + std::string(word(step.verdict)) + "\"><th scope=\"row\">" +
         std::to_string(step.line) + "</th>" + cell(text) + cell(mark(step.verdict)) + cell(moment(step.began)) +
         cell(duration(between(step.began, step.ended))) + "</tr>\n";
}

std::string steps_html(const CaseResult& one, std::size_t index) {
  std::string rows;
  for (std::size_t i = 0; i < one.steps.size(); ++i) rows += row_of(one.steps[i], id_of_step(index, i));
  return table("steps", {"步骤", "Steps"},
               column({"行", "Line"}) + column({"步骤", "Step"}) + column({"结果", "Verdict"}) +
                   column({"开始", "Began"}) + column({"用时", "Took"}),
               rows);
}

std::string types_of(const CaseResult& one) {
  std::string html;
  for (const std::string& type : one.types) html += (html.empty() ? "" : " ") + code(type);
  return html;
}

std::string case_html(const CaseResult& one, std::size_t index, const schemas::Catalog& catalog, Masking masking) {
  const std::string id = id_of_case(index);
  std::string html = "<article class=\"case\" id=\"" + id + "\" aria-labelledby=\"" + id + "-title\">\n<h3 id=\"" + id +
                     "-title\"><span class=\"number\">" + std::to_string(index + 1) + "</span>" +
                     both({one.zh, one.en}) + " " + mark(one.verdict) + "</h3>\n<p class=\"about\">" +
                     both({"场景文件 ", "Scenario "}) + code(one.name);
  if (!one.types.empty())
    html += "<span class=\"of-types\">" + both({"报文类型 ", "Types "}) + types_of(one) + "</span>";
  html += "<span class=\"took\">" + both({"用时 ", "Took "}) + duration(duration_of(one)) + "</span></p>\n";
  if (!one.steps.empty()) html += steps_html(one, index);
  return html + messages_html(one, index, catalog, masking) + "</article>\n";
}

}  // namespace

std::string cases_html(const RunResult& run, const schemas::Catalog& catalog, Masking masking) {
  std::string html;
  for (std::size_t i = 0; i < run.cases.size(); ++i) html += case_html(run.cases[i], i, catalog, masking);
  return section("cases", {"用例、报文和回执", "Cases, messages and receipts"}, html);
}

}  // namespace tools::jointtest::report

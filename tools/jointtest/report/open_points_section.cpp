#include "tools/jointtest/report/html.h"
#include "tools/jointtest/report/open_points.h"
#include "tools/jointtest/report/parts.h"

namespace tools::jointtest::report {

namespace {

std::string row_of(const OpenPoint& point, std::size_t number) {
  std::string about = link(point.id, code(point.place));
  if (!point.step.empty()) about += "<br>" + said(point.step);
  return "<tr><th scope=\"row\">" + std::to_string(number) + "</th>" + cell(both(title(point.kind))) + cell(about) +
         cell(both(point.says)) + "</tr>\n";
}

}  // namespace

std::string open_points_html(const RunResult& run, const schemas::Catalog& catalog) {
  constexpr std::string_view id = "open-points";
  const Words heading{"遗留问题", "Open points"};
  const auto points = open_points(run, catalog);
  if (points.empty()) return section(id, heading, "<p>" + both({"无。", "None."}) + "</p>\n");
  std::string rows;
  for (std::size_t i = 0; i < points.size(); ++i) rows += row_of(points[i], i + 1);
  return section(id, heading,
                 table("open-points", {"待双方处理的问题", "What both sides have to come back to"},
                       column({"序号", "No."}) + column({"问题", "Matter"}) + column({"位置", "Where"}) +
                           column({"情况", "What was found"}),
                       rows));
}

}  // namespace tools::jointtest::report

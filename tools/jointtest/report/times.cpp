#include "tools/jointtest/report/answer_times.h"
#include "tools/jointtest/report/chart.h"
#include "tools/jointtest/report/html.h"
#include "tools/jointtest/report/parts.h"

namespace tools::jointtest::report {

namespace {

std::string row_of(const TypeTimes& of_type, Station station, const schemas::Catalog& catalog) {
  std::string html = "<tr>";
  if (station == stations.front()) {
    html += "<th scope=\"rowgroup\" rowspan=\"" + std::to_string(stations.size()) + "\">" + code(of_type.type) + " " +
            both(title_of_type(catalog, of_type.type)) + "</th>";
  }
  html += "<th scope=\"row\">" + both(title(station)) + "</th>";
  const auto& figures = of_type.figures.at(static_cast<std::size_t>(station));
  const std::size_t count = figures ? figures->count : 0;
  html += cell(std::to_string(count) + " / " + std::to_string(of_type.documents));
  for (const auto of_them : {&Figures::least, &Figures::median, &Figures::most}) {
    html += cell(duration(figures ? std::optional((*figures).*of_them) : std::nullopt));
  }
  return html + "</tr>\n";
}

}  // namespace

std::string times_html(const RunResult& run, const schemas::Catalog& catalog) {
  constexpr std::string_view id = "times";
  const Words heading{"答复时间", "Answer times"};
  const auto times = answer_times(run);
  if (times.empty()) {
    return section(id, heading, "<p>" + both({"没有单证发出", "No document was sent"}) + "</p>\n");
  }
  std::string groups;
  for (const TypeTimes& of_type : times) {
    if (!groups.empty()) groups += "</tbody>\n<tbody>\n";
    for (const Station station : stations) groups += row_of(of_type, station, catalog);
  }
  return section(
      id, heading,
      "<figure>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-labelledby=\"times-title\">" +
          chart_svg(times, catalog) + "</div>\n<figcaption>" +
          both({"自企业单证受理起，到报文发出、收到首个回执、单证办结各用多少时间。横条为中位数，细线至最长时间。",
                "Time from the acceptance of a document until its message was sent, its first receipt came, and it was "
                "settled. Bars are medians; thin lines go to the longest time."}) +
          "</figcaption>\n</figure>\n" +
          table("times", {"答复时间的数字", "Answer times in figures"},
                column({"报文类型", "Message type"}) + column({"到达", "Until"}) + column({"单证", "Documents"}) +
                    column({"最短", "Shortest"}) + column({"中位数", "Median"}) + column({"最长", "Longest"}),
                groups));
}

}  // namespace tools::jointtest::report

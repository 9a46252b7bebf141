#include "tools/jointtest/report/chart.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "tools/markup/escaped.h"

namespace tools::jointtest::report {

namespace {

using markup::escaped;
using std::chrono::milliseconds;

// In units of the drawing.
constexpr int width = 760, plot_left = 216, plot_width = 450, top = 46, bottom = 24;
constexpr int bar_height = 9, bar_distance = 11, type_height = 44, text_drop = 8;
constexpr std::array<std::string_view, stations.size()> css_classes{"sent", "first-receipt", "settled"};

std::string number(int value) { return std::to_string(value); }

std::string attribute(std::string_view name, int value) {
  return " " + std::string(name) + "=\"" + number(value) + "\"";
}

std::string text(int x, int y, std::string_view css_class, const std::string& words) {
  return "<text" + attribute("x", x) + attribute("y", y) + " class=\"" + std::string(css_class) + "\">" +
         escaped(words) + "</text>";
}

std::string text(int x, int y, std::string_view css_class, const Words& words) {
  std::string both;
  for (const auto& [language, of_it] : {std::pair{"zh-CN", words.zh}, std::pair{"en", words.en}}) {
    both += "<text lang=\"" + std::string(language) + "\"" + attribute("x", x) + attribute("y", y) + " class=\"" +
            std::string(css_class) + "\">" + escaped(of_it) + "</text>";
  }
  return both;
}

// Of a whole number of the largest unit that fits: 0, 200 ms, 2 s, 5 min.
std::string mark_text(milliseconds at) {
  if (at.count() == 0) return "0";
  std::string whole = duration_text(at);
  for (const std::string_view rest : {".00", " 00 s", " 00 min", " 00 h"}) {
    if (const auto found = whole.find(rest); found != whole.npos) whole.erase(found, rest.size());
  }
  return whole;
}

class Drawing {
 public:
  Drawing(const std::vector<TypeTimes>& times, const schemas::Catalog& catalog) : times_(times), catalog_(catalog) {
    for (const TypeTimes& of_type : times) {
      for (const auto& figures : of_type.figures) {
        if (figures) longest_ = std::max(longest_, figures->most);
      }
    }
    step_ = step_of_axis(longest_);
    marks_ = static_cast<int>((longest_ + step_ - milliseconds(1)) / step_);
    height_ = top + type_height * static_cast<int>(times.size()) + bottom;
  }

  std::string svg() const {
    std::string made = "<svg class=\"chart\" role=\"img\" aria-labelledby=\"chart-title chart-text\" viewBox=\"0 0 " +
                       number(width) + " " + number(height_) + "\">\n<title id=\"chart-title\">" +
                       "各类报文的答复时间 Answer times by message type</title>\n<desc id=\"chart-text\">" +
                       escaped(description()) + "</desc>\n" + legend() + axis();
    for (std::size_t i = 0; i < times_.size(); ++i) made += rows_of(times_[i], top + type_height * static_cast<int>(i));
    return made + "</svg>\n";
  }

 private:
  int place(milliseconds time) const {
    const auto whole = static_cast<double>((step_ * marks_).count());
    return plot_left + static_cast<int>(std::lround(plot_width * static_cast<double>(time.count()) / whole));
  }

  std::string legend() const {
    constexpr int distance = 120, box = 10;
    std::string made;
    for (const Station station : stations) {
      const auto i = static_cast<int>(station);
      const int x = plot_left + distance * i;
      made += "<rect class=\"" + std::string(css_classes[i]) + "\"" + attribute("x", x) + attribute("y", 6) +
              attribute("width", box) + attribute("height", box) + "/>" + text(x + box + 6, 15, "key", title(station));
    }
    return made + text(0, 15, "axis-title", Words{"自受理起的时间", "time since acceptance"}) + "\n";
  }

  std::string axis() const {
    std::string made = "<g class=\"axis\">";
    for (int i = 0; i <= marks_; ++i) {
      const int x = place(step_ * i);
      made += "<line" + attribute("x1", x) + attribute("x2", x) + attribute("y1", top - 6) +
              attribute("y2", height_ - bottom) + "/>" + text(x, top - 11, "mark", mark_text(step_ * i)) +
              text(x, height_ - bottom + 14, "mark", mark_text(step_ * i));
    }
    return made + "</g>\n";
  }

  std::string rows_of(const TypeTimes& of_type, int y) const {
    std::string made = "<g class=\"type\">" + text(0, y + text_drop + 2, "name", of_type.type) +
                       text(0, y + text_drop + 17, "title", title_of_type(catalog_, of_type.type));
    for (const Station station : stations) {
      const auto i = static_cast<std::size_t>(station);
      if (of_type.figures.at(i)) {
        made += bar(*of_type.figures.at(i), css_classes.at(i), y + bar_distance * static_cast<int>(i));
      }
    }
    return made + "</g>\n";
  }

  std::string bar(const Figures& figures, std::string_view css_class, int y) const {
    constexpr int thinnest = 1, gap = 5;
    const int median = std::max(place(figures.median), plot_left + thinnest), most = place(figures.most);
    const int middle = y + bar_height / 2;
    std::string made = "<rect class=\"bar " + std::string(css_class) + "\"" + attribute("x", plot_left) +
                       attribute("y", y) + attribute("width", median - plot_left) + attribute("height", bar_height) +
                       "/>";
    if (most > median) {
      made += "<path class=\"most\" d=\"M" + number(median) + " " + number(middle) + "H" + number(most) + "M" +
              number(most) + " " + number(y + 1) + "V" + number(y + bar_height - 1) + "\"/>";
    }
    return made + text(std::max(most, median) + gap, y + text_drop, "value", duration_text(figures.median));
  }

  // For those who do not see the drawing; the table beside it has all figures.
  std::string description() const {
    Words told{"横条为中位数，细线至最长时间。", "Bars are medians, thin lines go to the longest time."};
    for (const TypeTimes& of_type : times_) {
      const Words name = title_of_type(catalog_, of_type.type);
      Words medians;
      for (const Station station : stations) {
        const auto& figures = of_type.figures.at(static_cast<std::size_t>(station));
        if (!figures) continue;
        const std::string median = duration_text(figures->median);
        medians.zh += (medians.zh.empty() ? "：" : "，") + title(station).zh + " " + median;
        medians.en += (medians.en.empty() ? ": " : ", ") + title(station).en + " after " + median;
      }
      told.zh += name.zh + medians.zh + "。";
      told.en += " " + name.en + medians.en + ".";
    }
    return told.zh + " " + told.en;
  }

  const std::vector<TypeTimes>& times_;
  const schemas::Catalog& catalog_;
  milliseconds longest_{1}, step_{1};
  int marks_ = 1, height_ = 0;
};

}  // namespace

milliseconds step_of_axis(milliseconds longest) {
  constexpr milliseconds::rep most_marks = 6, second = 1000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;
  constexpr std::array<milliseconds::rep, 27> steps{
      1,           2,           5,           10,          20,          50,          100,      200,        500,
      second,      2 * second,  5 * second,  10 * second, 15 * second, 30 * second, minute,   2 * minute, 5 * minute,
      10 * minute, 15 * minute, 30 * minute, hour,        2 * hour,    3 * hour,    6 * hour, 12 * hour,  day};
  for (const auto step : steps) {
    if (step * most_marks >= longest.count()) return milliseconds(step);
  }
  const milliseconds::rep days = (longest.count() + day * most_marks - 1) / (day * most_marks);
  return milliseconds(days * day);
}

std::string chart_svg(const std::vector<TypeTimes>& times, const schemas::Catalog& catalog) {
  return Drawing(times, catalog).svg();
}

}  // namespace tools::jointtest::report

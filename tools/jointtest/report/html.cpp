#include "tools/jointtest/report/html.h"

#include "tools/markup/escaped.h"

namespace tools::jointtest::report {

using markup::escaped;

std::string both(const Words& words) { return both_html(escaped(words.zh), escaped(words.en)); }

std::string both_html(const std::string& zh_html, const std::string& en_html) {
  return "<span lang=\"zh-CN\">" + zh_html + "</span><span lang=\"en\">" + en_html + "</span>";
}

std::string said(std::string_view text) { return "<span class=\"said\">" + escaped(text) + "</span>"; }

std::string code(std::string_view text) { return "<code>" + escaped(text) + "</code>"; }

std::string moment(const std::optional<base::Time>& time) {
  if (!time) return std::string(nothing_html);
  return "<time datetime=\"" + base::rfc3339(*time) + "\">" + base::china_text(*time) + "</time>";
}

std::string duration(const std::optional<std::chrono::milliseconds>& duration) {
  return duration ? "<span class=\"duration\">" + duration_text(*duration) + "</span>" : std::string(nothing_html);
}

std::string mark(Verdict verdict) {
  return "<span class=\"verdict " + std::string(word(verdict)) + "\">" + both(title(verdict)) + "</span>";
}

std::string small_mark(Verdict verdict) {
  constexpr std::string_view signs[] = {"✓", "✗", "–", "○"};
  return "<span class=\"sign " + std::string(word(verdict)) + "\" aria-hidden=\"true\">" +
         std::string(signs[static_cast<std::size_t>(verdict)]) + "</span><span class=\"unseen\">" +
         both(title(verdict)) + "</span>";
}

std::string column(const Words& heading) { return "<th scope=\"col\">" + both(heading) + "</th>"; }

std::string cell(const std::string& html) { return "<td>" + html + "</td>"; }

std::string fact(const Words& name, const std::string& html) {
  return "<div><dt>" + both(name) + "</dt><dd>" + html + "</dd></div>\n";
}

std::string link(std::string_view id, const std::string& html) {
  return "<a href=\"#" + std::string(id) + "\">" + html + "</a>";
}

std::string section(std::string_view id, const Words& heading, const std::string& html) {
  const std::string name(id);
  return "<section id=\"" + name + "\" aria-labelledby=\"" + name + "-title\">\n<h2 id=\"" + name + "-title\">" +
         both(heading) + "</h2>\n" + html + "</section>\n";
}

std::string table(std::string_view css_class, const Words& caption, const std::string& head_html,
                  const std::string& rows_html) {
  return "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"" + escaped(caption.zh + " " + caption.en) +
         "\">\n<table class=\"" + std::string(css_class) + "\"><caption>" + both(caption) + "</caption>\n<thead><tr>" +
         head_html + "</tr></thead>\n<tbody>\n" + rows_html + "</tbody></table>\n</div>\n";
}

}  // namespace tools::jointtest::report

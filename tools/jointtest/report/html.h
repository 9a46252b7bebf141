// Small pieces of the page. Whatever is not named `html` is text and gets escaped. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tools/jointtest/report/words.h"

namespace tools::jointtest::report {

inline constexpr std::string_view nothing_html = "<span class=\"none\">—</span>";

// In Chinese and in English; the page shows one of them.
std::string both(const Words& words);
std::string both_html(const std::string& zh_html, const std::string& en_html);
std::string said(std::string_view text);  // what a message, a receipt or a person said
std::string code(std::string_view text);
std::string moment(const std::optional<base::Time>& time);
std::string duration(const std::optional<std::chrono::milliseconds>& duration);
std::string mark(Verdict verdict);        // the word, coloured
std::string small_mark(Verdict verdict);  // a sign, with the word for those who do not see it

std::string column(const Words& heading);                        // <th scope="col">
std::string cell(const std::string& html);                       // <td>
std::string fact(const Words& name, const std::string& html);    // of a <dl>
std::string link(std::string_view id, const std::string& html);  // within the page

// <section id="…" …><h2>…</h2>
std::string section(std::string_view id, const Words& heading, const std::string& html);

// A table that scrolls by itself where the page is narrow.
std::string table(std::string_view css_class, const Words& caption, const std::string& head_html,
                  const std::string& rows_html);

}  // namespace tools::jointtest::report

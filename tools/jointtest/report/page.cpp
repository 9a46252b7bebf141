#include "tools/jointtest/report/page.h"

#include "base/base64.h"
#include "base/digest.h"
#include "tools/jointtest/report/embedded.h"
#include "tools/jointtest/report/html.h"
#include "tools/jointtest/report/parts.h"

namespace tools::jointtest::report {

namespace {

// Content Security Policy 3 §2.3.1: 'sha256-…'.
std::string hash_source(std::string_view text) { return "'sha256-" + base::base64(base::sha256(text)) + "'"; }

std::string head_html() {
  return "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src " +
         hash_source(style()) + "; script-src " + hash_source(script()) +
         "; base-uri 'none'; form-action 'none'\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"referrer\" content=\"no-referrer\">\n"
         "<title>接口联调测试报告 Joint Debugging Test Report</title>\n<style>" +
         std::string(style()) + "</style>\n</head>\n";
}

// The radio buttons switch the language by style alone; what needs the script stays hidden without it.
std::string toolbar_html() {
  return "<input type=\"radio\" class=\"unseen\" name=\"language\" id=\"show-zh\" value=\"zh-CN\" checked>"
         "<input type=\"radio\" class=\"unseen\" name=\"language\" id=\"show-en\" value=\"en\">\n"
         "<div class=\"toolbar\"><span class=\"languages\"><label for=\"show-zh\" lang=\"zh-CN\">中文</label>"
         "<label for=\"show-en\" lang=\"en\">English</label></span>\n<span class=\"scripted\" hidden>"
         "<button type=\"button\" id=\"open-all\">" +
         both({"展开全部原文", "Open all texts"}) + "</button><button type=\"button\" id=\"close-all\">" +
         both({"收起全部原文", "Close all texts"}) + "</button><button type=\"button\" id=\"print\">" +
         both({"打印（展开的原文一并打印）", "Print (open texts too)"}) + "</button></span></div>\n";
}

std::string contents_html() {
  const auto item = [](std::string_view id, const Words& words) { return "<li>" + link(id, both(words)) + "</li>"; };
  return "<nav aria-label=\"目录 Contents\"><ol>" + item("matrix", {"报文类型与用例", "Message types and cases"}) +
         item("times", {"答复时间", "Answer times"}) + item("open-points", {"遗留问题", "Open points"}) +
         item("cases", {"用例、报文和回执", "Cases, messages and receipts"}) +
         item("signing-off", {"双方确认", "Signed off by both sides"}) + "</ol></nav>\n";
}

}  // namespace

std::string page(const RunResult& run, const schemas::Catalog& catalog, Masking masking) {
  return head_html() + "<body>\n" + toolbar_html() + "<main>\n" + heading_html(run, masking) + contents_html() +
         matrix_html(run, catalog) + times_html(run, catalog) + open_points_html(run, catalog) +
         cases_html(run, catalog, masking) + signing_off_html(run) + "</main>\n<script>" + std::string(script()) +
         "</script>\n</body>\n</html>\n";
}

}  // namespace tools::jointtest::report

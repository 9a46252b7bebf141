#include <array>

#include "tools/jointtest/report/html.h"
#include "tools/jointtest/report/parts.h"
#include "tools/markup/escaped.h"

namespace tools::jointtest::report {

namespace {

std::string known(const std::string& text) { return text.empty() ? std::string(nothing_html) : code(text); }

std::string lines(const std::vector<std::string>& texts) {
  std::string html;
  for (const std::string& text : texts) html += (html.empty() ? "" : "<br>") + said(text);
  return html.empty() ? std::string(nothing_html) : html;
}

Words conclusion(const RunResult& run) {
  const bool has_skipped = count(run, Verdict::skipped) > 0;
  switch (verdict_of(run)) {
    case Verdict::passed:
      return has_skipped
                 ? Words{"执行的用例全部通过，另有用例跳过", "All cases that were run passed; others were skipped"}
                 : Words{"用例全部通过", "All cases passed"};
    case Verdict::failed:
      return {"有用例未通过", "Cases failed"};
    case Verdict::open:
      return {"用例尚未全部执行", "Not all cases were run"};
    case Verdict::skipped:
      return {"用例全部跳过", "All cases were skipped"};
  }
  return {};
}

std::string counts_html(const RunResult& run) {
  std::string html = "<ul class=\"counts\">";
  for (const Verdict verdict : {Verdict::passed, Verdict::failed, Verdict::skipped, Verdict::open}) {
    html += "<li class=\"" + std::string(word(verdict)) + "\"><b>" + std::to_string(count(run, verdict)) + "</b> " +
            both(title(verdict)) + "</li>";
  }
  return html + "</ul>\n";
}

std::string conclusion_html(const RunResult& run) {
  const std::string all = std::to_string(run.cases.size());
  return "<div class=\"conclusion " + std::string(word(verdict_of(run))) + "\"><p>" + both(conclusion(run)) +
         "</p>\n<p class=\"all\">" + both({"共 " + all + " 项用例", all + " cases"}) + "</p>\n" + counts_html(run) +
         "</div>\n";
}

// What nobody may overlook before this is signed.
std::string caution_html(const RunResult& run) {
  if (run.against != "simulator") return "";
  return "<p class=\"caution\">" +
         both({"本次联调的对象是模拟平台，不能代替与公共服务平台的联调。",
               "This run was against the simulator; it does not stand for one against the public service platform."}) +
         "</p>\n";
}

Words words_of_masking(Masking masking) {
  if (masking == Masking::shown) {
    return {"如实列出，请按规定保管本报告", "shown; keep this report as the rules for personal data ask"};
  }
  return {"已屏蔽（***）；报文和回执的其余内容与收发时一致，屏蔽后的报文无法再验签，签名结果是对原报文验签所得",
          "masked (***); all else in messages and receipts is as it was sent and received. A masked message cannot be "
          "verified any more: the verdicts are about the messages as they were sent"};
}

std::string enterprises_html(const RunResult& run) {
  std::string rows;
  for (const RunResult::Enterprise& one : run.enterprises) {
    rows += "<tr><th scope=\"row\">" + said(one.name) + "</th>" + cell(code(one.code)) + cell(known(one.credit_code)) +
            cell(code(one.dxp_id)) + cell(said(one.certificate)) + cell(lines(one.ports)) + "</tr>\n";
  }
  return table("enterprises", {"参加联调的企业", "Enterprises of the run"},
               column({"企业名称", "Name"}) + column({"海关编码", "Customs code"}) +
                   column({"统一社会信用代码", "Credit code"}) + column({"DXPID", "DXPID"}) +
                   column({"证书", "Certificate"}) + column({"口岸", "Port"}),
               rows);
}

}  // namespace

std::string heading_html(const RunResult& run, Masking masking) {
  std::string html = "<header class=\"title\">\n<p class=\"kind\">" +
                     both({"跨境电子商务 · 公共服务平台接入", "Cross-border e-commerce · public service platform"}) +
                     "</p>\n<h1>" + both({"接口联调测试报告", "Joint Debugging Test Report"}) +
                     "</h1>\n<p class=\"plan\">" + both({run.plan_zh, run.plan_en}) + "</p>\n</header>\n" +
                     conclusion_html(run) + caution_html(run) + "<dl class=\"facts\">\n";
  html += fact({"联调对象", "Against"}, both(name_of_far_end(run.against))) +
          fact({"版本", "Versions"}, lines(run.versions));
  html += fact({"开始", "Began"}, moment(run.began)) + fact({"结束", "Ended"}, moment(run.ended));
  html += fact({"用时", "Took"}, duration(between(run.began, run.ended))) +
          fact({"时间", "Times"}, both({"均为北京时间（UTC+8）", "China time (UTC+8)"}));
  html += fact({"个人信息", "Personal data"}, both(words_of_masking(masking)));
  return html + "</dl>\n" + enterprises_html(run);
}

std::string signing_off_html(const RunResult& run) {
  const Words other_side =
      run.against == "platform" ? Words{"公共服务平台", "Public service platform"} : Words{"对方", "Other side"};
  std::string rows;
  constexpr std::string_view blank = "<td></td>";
  const std::string choice = cell(both({"□ 通过　□ 整改后复测　□ 不通过", "□ passed  □ to be repeated  □ not passed"}));
  const std::array<Words, 4> lines_to_fill{{{"单位（盖章）", "Organisation (seal)"},
                                            {"代表（签字）", "Signed by"},
                                            {"职务、电话", "Position, telephone"},
                                            {"日期", "Date"}}};
  rows += "<tr><th scope=\"row\">" + both({"联调结论", "Conclusion"}) + "</th>" + choice + choice + "</tr>\n";
  for (const Words& line : lines_to_fill) {
    rows += "<tr><th scope=\"row\">" + both(line) + "</th>" + std::string(blank) + std::string(blank) + "</tr>\n";
  }
  return section("signing-off", {"双方确认", "Signed off by both sides"},
                 table("signing-off", {"双方签字", "Signatures of both sides"},
                       "<td></td>" + column({"企业", "Enterprise"}) + column(other_side), rows));
}

}  // namespace tools::jointtest::report

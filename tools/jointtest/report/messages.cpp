#include "tools/jointtest/report/answer_times.h"
#include "tools/jointtest/report/carried.h"
#include "tools/jointtest/report/html.h"
#include "tools/jointtest/report/parts.h"
#include "tools/jointtest/report/places.h"
#include "tools/markup/escaped.h"

namespace tools::jointtest::report {

namespace {

// A masked text is no longer as long as it was.
Words summary_of(const Words& what, std::string_view bytes, Masking masking) {
  if (masking == Masking::masked) return {what.zh + "（个人信息已屏蔽）", what.en + " (personal data masked)"};
  const std::string count = std::to_string(bytes.size());
  return {what.zh + "原文（" + count + " 字节）", what.en + " as it was (" + count + " bytes)"};
}

// The line feed after <pre> is not part of it; without one the text's own first would be lost.
std::string text_html(const Words& what, std::string_view bytes, Masking masking) {
  return "<details class=\"text\"><summary>" + both(summary_of(what, bytes, masking)) + "</summary><pre>\n" +
         markup::escaped(bytes) + "</pre></details>\n";
}

std::string texts_html(const Words& what, const std::string& bytes, Masking masking) {
  std::string html = text_html(what, bytes, masking);
  if (const auto inside = carried(bytes)) {
    html += text_html({what.zh + "信封内的报文", what.en + ", message inside"}, *inside, masking);
  }
  return html;
}

std::string signature_html(const MessageResult& message) {
  if (message.bytes.empty()) return both({"未发出报文", "no message was sent"});
  const std::string verdict = message.signature_valid
                                  ? "<span class=\"verdict passed\">" + both({"有效", "valid"}) + "</span> "
                                  : "<span class=\"verdict failed\">" + both({"无效", "not valid"}) + "</span> ";
  return verdict + both({message.signature_zh, message.signature_en});
}

std::string standing_html(const MessageResult& message) {
  std::string html = both(title_of_state(message.state));
  if (!message.outcome.empty()) html += both({"，", ", "}) + both(title_of_outcome(message.outcome));
  if (!message.stage.empty()) html += both({"，海关状态 ", ", customs status "}) + code(message.stage);
  return html;
}

std::string reached(const MessageResult& message, const std::optional<base::Time>& at) {
  const auto after = between(message.accepted, at);
  return moment(at) + (after ? " <span class=\"after\">+" + duration_text(*after) + "</span>" : "");
}

std::string facts_html(const MessageResult& message) {
  return "<dl class=\"facts\">\n" + fact({"状态", "State"}, standing_html(message)) +
         fact({"guid", "guid"}, message.guid.empty() ? std::string(nothing_html) : code(message.guid)) +
         fact({"受理", "Accepted"}, moment(message.accepted)) + fact({"发送", "Sent"}, reached(message, message.sent)) +
         fact({"首个回执", "First receipt"}, reached(message, first_receipt(message))) +
         fact({"办结", "Settled"}, reached(message, message.settled)) +
         fact({"签名", "Signature"}, signature_html(message)) + "</dl>\n";
}

std::string receipt_row(const ReceiptResult& receipt, std::size_t number) {
  return "<tr><th scope=\"row\">" + std::to_string(number) + "</th>" + cell(moment(receipt.at)) +
         cell(code(receipt.type)) + cell(code(receipt.status)) + cell(said(receipt.text)) + "</tr>\n";
}

std::string receipts_html(const MessageResult& message, Masking masking) {
  if (message.receipts.empty()) return "<p class=\"none\">" + both({"没有收到回执。", "No receipt came."}) + "</p>\n";
  std::string rows, texts;
  for (std::size_t i = 0; i < message.receipts.size(); ++i) {
    const ReceiptResult& receipt = message.receipts[i];
    const std::string number = std::to_string(i + 1);
    rows += receipt_row(receipt, i + 1);
    if (!receipt.bytes.empty())
      texts += texts_html({"回执 " + number + " ", "Receipt " + number}, receipt.bytes, masking);
  }
  return table("receipts", {"回执", "Receipts"},
               column({"序号", "No."}) + column({"收到", "Came"}) + column({"类型", "Type"}) +
                   column({"状态", "Status"}) + column({"内容", "Text"}),
               rows) +
         texts;
}

}  // namespace

std::string messages_html(const CaseResult& one, std::size_t case_index, const schemas::Catalog& catalog,
                          Masking masking) {
  std::string html;
  for (std::size_t i = 0; i < one.messages.size(); ++i) {
    const MessageResult& message = one.messages[i];
    const std::string version = std::to_string(message.version), id = id_of_message(case_index, i);
    html += "<section class=\"message\" id=\"" + id + "\" aria-labelledby=\"" + id + "-title\">\n<h4 id=\"" + id +
            "-title\">" + both(title_of_type(catalog, message.type)) + " " + code(message.key) +
            " <span class=\"version\">" + both({"第 " + version + " 版", "version " + version}) + "</span></h4>\n" +
            facts_html(message);
    if (!message.bytes.empty()) html += texts_html({"报文", "Message"}, message.bytes, masking);
    html += receipts_html(message, masking) + "</section>\n";
  }
  return html;
}

}  // namespace tools::jointtest::report

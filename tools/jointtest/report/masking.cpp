#include "tools/jointtest/report/masking.h"

#include <string_view>

#include "base/base64.h"
#include "gateway/views/personal_text.h"

namespace tools::jointtest::report {

namespace {

using gateway::views::ElementNames;
using gateway::views::mask;
using gateway::views::PersonalValues;
using gateway::views::with_contents;
using gateway::views::without_personal_numbers;

class Mask {
 public:
  Mask(const RunResult& run, const schemas::Catalog& catalog) {
    for (const schemas::MessageType& type : catalog.types()) {
      personal_.insert(type.private_fields.begin(), type.private_fields.end());
    }
    for (const CaseResult& one : run.cases) {
      for (const MessageResult& message : one.messages) values_.collect(message.bytes, personal_);
    }
    hidden_ = personal_;
    hidden_.insert("X509Certificate");
  }

  void hide_in_text(std::string& text) const { text = without_personal_numbers(values_.hidden_in(text)); }

  void hide_in_message(std::string& bytes) const {
    bytes = with_contents(bytes, hidden_, [](std::string_view) { return std::string(mask); });
    if (is_envelope(bytes)) {
      static const ElementNames data{"Data"};
      bytes = with_contents(bytes, data, [this](std::string_view inside) { return hidden_inside(inside); });
    }
    hide_in_text(bytes);
  }

 private:
  static bool is_envelope(std::string_view bytes) { return bytes.find("DxpMsg") != bytes.npos; }

  std::string hidden_inside(std::string_view base64) const {
    auto inside = base::read_base64(base64);
    if (!inside) return std::string(mask);
    hide_in_message(*inside);
    return base::base64(*inside);
  }

  ElementNames personal_, hidden_;
  PersonalValues values_;
};

}  // namespace

RunResult masked(RunResult run, const schemas::Catalog& catalog) {
  const Mask hiding(run, catalog);
  for (CaseResult& one : run.cases) {
    for (StepResult& step : one.steps) {
      for (std::string* text : {&step.text, &step.zh, &step.en}) hiding.hide_in_text(*text);
    }
    for (MessageResult& message : one.messages) {
      hiding.hide_in_message(message.bytes);
      hiding.hide_in_text(message.signature_zh);
      hiding.hide_in_text(message.signature_en);
      for (ReceiptResult& receipt : message.receipts) {
        hiding.hide_in_text(receipt.text);
        hiding.hide_in_message(receipt.bytes);
      }
    }
  }
  return run;
}

}  // namespace tools::jointtest::report

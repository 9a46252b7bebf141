#include "tools/jointtest/report/results_json.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "codecs/ceb/characters.h"
#include "tools/jointtest/report/file_names.h"
#include "tools/jointtest/report/words.h"

namespace tools::jointtest::report {

namespace {

namespace json = boost::json;

// JSON is UTF-8, whatever a receipt's text was.
json::value text(std::string_view said) { return json::string(codecs::ceb::made_carriable(said)); }

json::value time(const std::optional<base::Time>& at) {
  return at ? json::value(base::rfc3339(*at)) : json::value(nullptr);
}

json::array texts(const std::vector<std::string>& all) {
  json::array array;
  for (const std::string& one : all) array.push_back(text(one));
  return array;
}

json::object step_object(const StepResult& step) {
  return {{"line", step.line},   {"text", text(step.text)},   {"verdict", word(step.verdict)}, {"zh", text(step.zh)},
          {"en", text(step.en)}, {"began", time(step.began)}, {"ended", time(step.ended)}};
}

json::object message_object(const MessageResult& message, std::size_t case_index, std::size_t index) {
  json::array receipts;
  for (std::size_t i = 0; i < message.receipts.size(); ++i) {
    const ReceiptResult& receipt = message.receipts[i];
    receipts.push_back(
        json::object{{"at", time(receipt.at)},
                     {"type", text(receipt.type)},
                     {"status", text(receipt.status)},
                     {"text", text(receipt.text)},
                     {"file", receipt.bytes.empty() ? json::value(nullptr)
                                                    : json::value(file_of_receipt(receipt, case_index, index, i))}});
  }
  return {
      {"document_id", text(message.document_id)},
      {"type", text(message.type)},
      {"key", text(message.key)},
      {"guid", text(message.guid)},
      {"version", message.version},
      {"state", text(message.state)},
      {"stage", text(message.stage)},
      {"outcome", text(message.outcome)},
      {"accepted", time(message.accepted)},
      {"sent", time(message.sent)},
      {"settled", time(message.settled)},
      {"file", message.bytes.empty() ? json::value(nullptr) : json::value(file_of_message(message, case_index, index))},
      {"signature_valid", message.signature_valid},
      {"signature_zh", text(message.signature_zh)},
      {"signature_en", text(message.signature_en)},
      {"receipts", std::move(receipts)}};
}

json::object case_object(const CaseResult& one, std::size_t index) {
  json::array steps, messages;
  for (const StepResult& step : one.steps) steps.push_back(step_object(step));
  for (std::size_t i = 0; i < one.messages.size(); ++i) messages.push_back(message_object(one.messages[i], index, i));
  return {{"name", text(one.name)},         {"zh", text(one.zh)},           {"en", text(one.en)},
          {"types", texts(one.types)},      {"verdict", word(one.verdict)}, {"steps", std::move(steps)},
          {"messages", std::move(messages)}};
}

json::object enterprise_object(const RunResult::Enterprise& one) {
  return {{"code", text(one.code)},
          {"name", text(one.name)},
          {"credit_code", text(one.credit_code)},
          {"dxp_id", text(one.dxp_id)},
          {"certificate", text(one.certificate)},
          {"ports", texts(one.ports)}};
}

}  // namespace

std::string results_json(const RunResult& run) {
  json::array enterprises, cases;
  for (const auto& one : run.enterprises) enterprises.push_back(enterprise_object(one));
  for (std::size_t i = 0; i < run.cases.size(); ++i) cases.push_back(case_object(run.cases[i], i));
  return json::serialize(json::object{{"plan_zh", text(run.plan_zh)},
                                      {"plan_en", text(run.plan_en)},
                                      {"against", text(run.against)},
                                      {"enterprises", std::move(enterprises)},
                                      {"versions", texts(run.versions)},
                                      {"began", time(run.began)},
                                      {"ended", time(run.ended)},
                                      {"cases", std::move(cases)}}) +
         "\n";
}

}  // namespace tools::jointtest::report

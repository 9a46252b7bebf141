#include "tools/jointtest/journal_lines.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>

#include "base/base64.h"

namespace tools::jointtest {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 4> verdict_words{"passed", "failed", "skipped", "open"};

json::value time_json(const std::optional<base::Time>& time) {
  return time ? json::value(base::rfc3339(*time)) : json::value(nullptr);
}

std::optional<base::Time> time_of(const json::value& object, std::string_view name) {
  return base::read_rfc3339(text_of(object, name));
}

json::array texts_json(const std::vector<std::string>& texts) {
  json::array array;
  for (const std::string& one : texts) array.push_back(json::string(one));
  return array;
}

std::vector<std::string> texts_of(const json::value& object, std::string_view name) {
  std::vector<std::string> texts;
  for (const json::value& one : array_of(object, name)) {
    if (one.is_string()) texts.emplace_back(one.get_string());
  }
  return texts;
}

std::string bytes_of(const json::value& object, std::string_view name) {
  return base::read_base64(text_of(object, name)).value_or("");
}

Verdict read_verdict(std::string_view text) {
  const auto found = std::ranges::find(verdict_words, text);
  return found == verdict_words.end() ? Verdict::open : static_cast<Verdict>(found - verdict_words.begin());
}

const json::value* member(const json::value& object, std::string_view name) {
  const json::object* members = object.if_object();
  return members == nullptr ? nullptr : members->if_contains(name);
}

json::object receipt_json(const ReceiptResult& receipt) {
  return {{"at", base::rfc3339(receipt.at)},
          {"type", receipt.type},
          {"status", receipt.status},
          {"text", receipt.text},
          {"bytes", base::base64(receipt.bytes)}};
}

ReceiptResult read_receipt(const json::value& value) {
  return {.at = time_of(value, "at").value_or(base::Time()),
          .type = text_of(value, "type"),
          .status = text_of(value, "status"),
          .text = text_of(value, "text"),
          .bytes = bytes_of(value, "bytes")};
}

json::object case_json(const CaseResult& one) {
  json::array steps;
  for (const StepResult& step : one.steps) steps.push_back(step_json(step));
  return {{"name", one.name},
          {"zh", one.zh},
          {"en", one.en},
          {"types", texts_json(one.types)},
          {"steps", std::move(steps)}};
}

CaseResult read_case(const json::value& value) {
  CaseResult one;
  one.name = text_of(value, "name");
  one.zh = text_of(value, "zh");
  one.en = text_of(value, "en");
  one.types = texts_of(value, "types");
  for (const json::value& step : array_of(value, "steps")) one.steps.push_back(read_step(step));
  return one;
}

}  // namespace

std::string_view word(Verdict verdict) { return verdict_words.at(static_cast<std::size_t>(verdict)); }

std::string text_of(const json::value& object, std::string_view name) {
  const json::value* found = member(object, name);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

std::size_t number_of(const json::value& object, std::string_view name) {
  const json::value* found = member(object, name);
  boost::system::error_code error;
  const auto number = found == nullptr ? 0 : found->to_number<std::size_t>(error);
  return error ? 0 : number;
}

const json::array& array_of(const json::value& object, std::string_view name) {
  static const json::array none;
  const json::value* found = member(object, name);
  return found != nullptr && found->is_array() ? found->get_array() : none;
}

json::object run_line(const Progressed& whole) {
  const RunResult& results = whole.results;
  json::array enterprises, cases;
  for (const RunResult::Enterprise& one : results.enterprises) enterprises.push_back(enterprise_json(one));
  for (const CaseResult& one : results.cases) cases.push_back(case_json(one));
  return {{"kind", "run"},
          {"plan_zh", results.plan_zh},
          {"plan_en", results.plan_en},
          {"against", results.against},
          {"digest", whole.digest},
          {"tag", whole.tag},
          {"feed", whole.feed},
          {"began", time_json(results.began)},
          {"versions", texts_json(results.versions)},
          {"enterprises", std::move(enterprises)},
          {"cases", std::move(cases)}};
}

Progressed read_run_line(const json::object& line) {
  const json::value value(line);
  Progressed whole;
  whole.digest = text_of(value, "digest");
  whole.tag = text_of(value, "tag");
  whole.feed = text_of(value, "feed");
  RunResult& results = whole.results;
  results.plan_zh = text_of(value, "plan_zh");
  results.plan_en = text_of(value, "plan_en");
  results.against = text_of(value, "against");
  results.began = time_of(value, "began");
  results.versions = texts_of(value, "versions");
  for (const json::value& one : array_of(value, "enterprises")) results.enterprises.push_back(read_enterprise(one));
  for (const json::value& one : array_of(value, "cases")) results.cases.push_back(read_case(one));
  return whole;
}

json::object step_json(const StepResult& step) {
  return {{"line", step.line},
          {"text", step.text},
          {"verdict", word(step.verdict)},
          {"zh", step.zh},
          {"en", step.en},
          {"began", time_json(step.began)},
          {"ended", time_json(step.ended)}};
}

StepResult read_step(const json::value& value) {
  return {.line = number_of(value, "line"),
          .text = text_of(value, "text"),
          .verdict = read_verdict(text_of(value, "verdict")),
          .zh = text_of(value, "zh"),
          .en = text_of(value, "en"),
          .began = time_of(value, "began"),
          .ended = time_of(value, "ended")};
}

json::object message_json(const MessageResult& message) {
  json::array receipts;
  for (const ReceiptResult& one : message.receipts) receipts.push_back(receipt_json(one));
  return {{"document_id", message.document_id},
          {"type", message.type},
          {"key", message.key},
          {"guid", message.guid},
          {"version", message.version},
          {"state", message.state},
          {"stage", message.stage},
          {"outcome", message.outcome},
          {"accepted", time_json(message.accepted)},
          {"sent", time_json(message.sent)},
          {"settled", time_json(message.settled)},
          {"bytes", base::base64(message.bytes)},
          {"signature_valid", message.signature_valid},
          {"signature_zh", message.signature_zh},
          {"signature_en", message.signature_en},
          {"receipts", std::move(receipts)}};
}

MessageResult read_message(const json::value& value) {
  MessageResult message;
  message.document_id = text_of(value, "document_id");
  message.type = text_of(value, "type");
  message.key = text_of(value, "key");
  message.guid = text_of(value, "guid");
  message.version = static_cast<int>(number_of(value, "version"));
  message.state = text_of(value, "state");
  message.stage = text_of(value, "stage");
  message.outcome = text_of(value, "outcome");
  message.accepted = time_of(value, "accepted");
  message.sent = time_of(value, "sent");
  message.settled = time_of(value, "settled");
  message.bytes = bytes_of(value, "bytes");
  const json::value* valid = member(value, "signature_valid");
  message.signature_valid = valid != nullptr && valid->is_bool() && valid->get_bool();
  message.signature_zh = text_of(value, "signature_zh");
  message.signature_en = text_of(value, "signature_en");
  for (const json::value& one : array_of(value, "receipts")) message.receipts.push_back(read_receipt(one));
  return message;
}

json::object enterprise_json(const RunResult::Enterprise& enterprise) {
  return {{"code", enterprise.code},
          {"name", enterprise.name},
          {"credit_code", enterprise.credit_code},
          {"dxp_id", enterprise.dxp_id},
          {"certificate", enterprise.certificate},
          {"ports", texts_json(enterprise.ports)}};
}

RunResult::Enterprise read_enterprise(const json::value& value) {
  return {.code = text_of(value, "code"),
          .name = text_of(value, "name"),
          .credit_code = text_of(value, "credit_code"),
          .dxp_id = text_of(value, "dxp_id"),
          .certificate = text_of(value, "certificate"),
          .ports = texts_of(value, "ports")};
}

}  // namespace tools::jointtest

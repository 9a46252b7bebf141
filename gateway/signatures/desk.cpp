#include "gateway/signatures/desk.h"

#include <boost/json/object.hpp>
#include <chrono>
#include <utility>

#include "base/base64.h"
#include "base/digest.h"
#include "gateway/views/answers.h"
#include "gateway/views/parameters.h"

namespace gateway::signatures {
namespace {

namespace json = boost::json;
using views::fault;

constexpr std::chrono::seconds soon{1};         // another signature has been made by then
constexpr std::chrono::seconds in_a_while{10};  // a key that rests is probed every 5 to 60 seconds

// One of the enterprise's places, for as long as it lives.
class Place {
 public:
  explicit Place(std::size_t& taken) : taken_(taken) { ++taken_; }
  ~Place() { --taken_; }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

 private:
  std::size_t& taken_;
};

http::Response may_not_sign(const http::Caller& caller) {
  return http::Response::problem(
      403, "not allowed",
      {fault(
          "sign.forbidden", "",
          "客户端 " + caller.name + " 无权加签；请在设置中该客户端的 [[client]] 下写 sign = true，或使用角色 admin。",
          "The client " + caller.name +
              " may not sign; set sign = true in its [[client]] in the settings, or use the role admin.")});
}

http::Response not_its_enterprise(const http::Caller& caller, const std::string& code) {
  return http::Response::problem(
      403, "not allowed",
      {fault("intake.forbidden", "/enterprise", "客户端 " + caller.name + " 无权使用企业 " + code + " 的密钥。",
             "The client " + caller.name + " may not use the keys of the enterprise " + code + ".")});
}

http::Response wrong_order(const base::Faults& faults) {
  const std::string& code = faults.front().code;
  const bool is_unreadable = code == "json.syntax" || code == "json.depth" || code == "json.size";
  return http::Response::problem(is_unreadable ? 400 : 422, "this cannot be signed", faults);
}

http::Response not_now(const std::string& title, const base::Faults& faults, std::chrono::seconds retry_after) {
  http::Response response = http::Response::problem(503, title, faults);
  response.headers.set("Retry-After", std::to_string(retry_after.count()));
  return response;
}

http::Response too_many_waiting(const std::string& enterprise) {
  const std::string most = std::to_string(most_waiting);
  return not_now("too many signatures are waiting",
                 {fault("sign.busy", "", "企业 " + enterprise + " 已有 " + most + " 个签名在等待，请稍后重试。",
                        "The enterprise " + enterprise + " has " + most +
                            " signatures waiting already; try again a little later.")},
                 soon);
}

http::Response not_recorded() {
  return not_now("the signature cannot be recorded",
                 {fault("sign.record", "", "账本无法写入，签名未输出；原因见 /readyz，排除后重试。",
                        "The ledger cannot be written, so no signature is given out; /readyz says why: mend it and "
                        "try again.")},
                 in_a_while);
}

std::string reason_of(const base::Faults& faults) {
  std::string reason;
  for (const auto& one : faults) {
    reason += (reason.empty() ? "" : "; ") + one.code + ": " + one.zh + " / " + one.en;
  }
  return reason;
}

ledger::Signing record_of(const http::Caller& caller, const Order& order, const Attempt& attempt, base::Time now) {
  ledger::Signing record;
  record.at = now;
  record.client = caller.name;
  record.enterprise = order.enterprise->code;
  record.kind = order.kind;
  record.bytes = order.content.size();
  record.digest = base::sha256_hex(order.content);
  record.type = attempt.type;
  if (attempt.tried) {
    record.manner = attempt.tried->manner;
    record.serial = attempt.tried->certificate.serial;
  }
  if (!attempt.signature) {
    record.outcome = ledger::SigningOutcome::refused;
    record.reason = reason_of(attempt.signature.faults());
  }
  return record;
}

http::Response answer_to(const Order& order, const Attempt& attempt) {
  if (!attempt.signature) {
    const auto& faults = attempt.signature.faults();
    if (faults.front().code == keys::no_key_signs) return not_now("no key signs now", faults, in_a_while);
    return wrong_order(faults);
  }
  const Tried& by = *attempt.tried;
  if (order.kind == ledger::SigningKind::xml) {
    return views::json_answer(200, json::object{{"xml", *attempt.signature},
                                                {"dialect", by.manner},
                                                {"certificate_number", by.certificate_number},
                                                {"serial", by.certificate.serial}});
  }
  return views::json_answer(200, json::object{{"value", base::base64(*attempt.signature)},
                                              {"algorithm", by.manner},
                                              {"certificate_number", by.certificate_number},
                                              {"certificate", base::base64(by.certificate.der)}});
}

}  // namespace

boost::asio::awaitable<http::Response> Desk::sign(http::Request request) {
  const http::Caller& caller = *request.caller;
  const views::Parameters parameters(request.query, {});
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  if (!caller.may_sign()) co_return may_not_sign(caller);
  const auto read = [&] { return read_order(request.body, {parts_.settings, parts_.keys.dialects(), caller}); };
  const auto order = co_await parts_.work.run(read);
  if (!order) co_return wrong_order(order.faults());
  const std::string& enterprise = order->enterprise->code;
  if (!caller.may(enterprise)) co_return not_its_enterprise(caller, enterprise);
  if (waiting_[enterprise] >= most_waiting) co_return too_many_waiting(enterprise);
  const Place place(waiting_[enterprise]);
  co_return co_await signed_for(caller, *order);
}

boost::asio::awaitable<http::Response> Desk::signed_for(const http::Caller& caller, const Order& order) {
  const auto make = [&] { return maker_.make(order); };
  const Attempt attempt = co_await parts_.keys_pool(order.enterprise->code).run(make);
  if (!attempt.signature && !attempt.was_refused()) co_return wrong_order(attempt.signature.faults());
  const auto keep = [&] { parts_.ledger.record_signing(record_of(caller, order, attempt, parts_.clock.now())); };
  try {
    co_await parts_.store.run(keep);
  } catch (const ledger::LedgerError&) {
    co_return not_recorded();
  }
  co_return answer_to(order, attempt);
}

}  // namespace gateway::signatures

#include "gateway/signatures/verifying.h"

#include <algorithm>
#include <cctype>
#include <limits>
#include <utility>

#include "codecs/ceb/exact_json.h"
#include "gateway/signatures/making.h"
#include "gateway/views/absent_document.h"
#include "gateway/views/answers.h"
#include "gateway/views/parameters.h"
#include "gateway/views/verification_json.h"

namespace gateway::signatures {
namespace {

using codecs::ceb::JsonKind;
using views::fault;

bool is_json(std::string_view content_type) {
  std::string kind(content_type.substr(0, content_type.find(';')));
  kind.erase(kind.find_last_not_of(" \t") + 1);
  std::ranges::transform(kind, kind.begin(),
                         [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return kind == "application/json";
}

http::Response nothing_posted() {
  return http::Response::problem(400, "nothing was posted",
                                 {fault("verify.empty", "", "请求体为空；请发送要验签的报文。",
                                        "The body is empty; send the message whose signature is to be judged.")});
}

// What stands in {"xml":…}.
base::Result<std::string> xml_in(std::string_view body) {
  const auto json = codecs::ceb::read_json(body);
  if (!json) return json.faults();
  const auto* xml = json->member("xml");
  if (json->kind == JsonKind::object && json->members.size() == 1 && xml != nullptr && xml->kind == JsonKind::string) {
    return xml->text;
  }
  return fault("json.shape", "", "应为对象 {\"xml\"}，xml 是字符串。",
               "This has to be an object {\"xml\"}, and xml a string.");
}

http::Response wrong_json(const base::Faults& faults) {
  const bool is_shape = faults.front().code == "json.shape";
  return http::Response::problem(is_shape ? 422 : 400, "the JSON cannot be read", faults);
}

http::Response not_to_be_seen(const http::Caller& caller, const std::string& code) {
  return http::Response::problem(
      403, "not allowed",
      {fault("intake.forbidden", "?enterprise", "客户端 " + caller.name + " 无权查看企业 " + code + "。",
             "The client " + caller.name + " may not see the enterprise " + code + ".")});
}

http::Response no_bytes_kept() {
  return http::Response::problem(
      404, "no message is kept",
      {fault(
          "verify.no_message", "",
          "没有这份单证的报文可验：它尚未封装，或由其他系统发送。请先等待封装，或到原系统查找。",
          "There is no message of this document to judge: it is not sealed yet, or another system sent it. Wait until "
          "it is sealed, or look for the message there.")});
}

}  // namespace

boost::asio::awaitable<http::Response> Verifying::verify(http::Request request) const {
  views::Parameters parameters(request.query, {"enterprise", "canonical"});
  const std::string code = parameters.text("enterprise").value_or("");
  const config::Enterprise* enterprise = parts_.settings.enterprise(code);
  if (enterprise == nullptr && !code.empty()) {
    parameters.refuse("enterprise", "网关没有配置这家企业。", "This enterprise is not configured here.");
  }
  const std::string canonical = parameters.text("canonical").value_or("");
  if (!canonical.empty() && canonical != "signed-info" && canonical != "document") {
    parameters.refuse("canonical", "只能是 signed-info 或 document。", "This has to be signed-info or document.");
  }
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  if (enterprise != nullptr && !request.caller->may(code)) co_return not_to_be_seen(*request.caller, code);
  if (request.body.empty()) co_return nothing_posted();
  const auto judge = [&] {
    if (!is_json(request.headers.get("Content-Type"))) return verdict(request.body, enterprise, canonical);
    const auto xml = xml_in(request.body);
    return xml ? verdict(*xml, enterprise, canonical) : wrong_json(xml.faults());
  };
  co_return co_await parts_.work.run(judge);
}

boost::asio::awaitable<http::Response> Verifying::verify_kept(http::Request request) const {
  views::Parameters parameters(request.query, {"version"});
  const auto version = parameters.number("version", 1, std::numeric_limits<int>::max());
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  const auto read = [&] {
    return kept(*request.caller, request.places["id"],
                version ? std::optional(static_cast<int>(*version)) : std::nullopt);
  };
  auto found = co_await parts_.store.run(read);
  if (auto* answer = std::get_if<http::Response>(&found)) co_return std::move(*answer);
  const Kept& message = std::get<Kept>(found);
  const auto judge = [&] { return verdict(message.xml, message.enterprise, ""); };
  co_return co_await parts_.work.run(judge);
}

std::variant<Verifying::Kept, http::Response> Verifying::kept(const http::Caller& caller, const std::string& id,
                                                              std::optional<int> version) const {
  const auto document = parts_.ledger.document(id, version);
  if (!document || !caller.may(document->summary.enterprise)) {
    return views::absent_document(parts_.ledger, id, caller);
  }
  auto message = parts_.ledger.message_of(id, version);
  if (!message) return no_bytes_kept();
  return Kept{std::move(message->signed_xml), parts_.settings.enterprise(document->summary.enterprise)};
}

http::Response Verifying::verdict(std::string_view xml, const config::Enterprise* enterprise,
                                  std::string_view canonical) const {
  const auto& dialects = parts_.keys.dialects();
  signing::VerifyTerms terms{
      .trust = parts_.trust ? &*parts_.trust : nullptr, .now = parts_.clock.now(), .dialects = dialects};
  if (enterprise != nullptr) {
    const auto usual = usual_dialect(parts_.settings, *enterprise, message_type(parts_.catalog, xml));
    terms.expected = signing::find_dialect(dialects, usual);
    terms.company = enterprise->name;
  }
  if (canonical == "document") terms.canonical = signing::CanonicalBytes::of_document_too;
  const auto shown = canonical.empty() ? views::CanonicalText::left_out : views::CanonicalText::shown;
  return views::json_answer(200, views::verification_json(signing::verify(xml, terms), shown));
}

}  // namespace gateway::signatures

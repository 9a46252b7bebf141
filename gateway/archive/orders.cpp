#include "gateway/archive/orders.h"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "gateway/views/answers.h"
#include "gateway/views/document_json.h"

namespace gateway::archive {

namespace json = boost::json;
using views::fault;

namespace {

std::string text(const json::object& object, std::string_view name, base::Faults& faults) {
  const json::value* member = object.if_contains(name);
  const bool is_good = member != nullptr && member->is_string() && !member->get_string().empty() &&
                       member->get_string().size() <= longest_reason_bytes;
  if (is_good) return std::string(member->get_string());
  faults.push_back(
      fault("json.shape", "/" + std::string(name), "应为不为空的字符串。", "This has to be a text that is not empty."));
  return {};
}

http::Response not_archived() {
  return http::Response::problem(
      404, "not archived",
      {fault("archive.unknown", "/document", "归档中没有该单证，或者无权查看；请核对 id、key 或单号。",
             "No document of this id, key or number is archived, or this client may not see it.")});
}

http::Response several(const std::vector<ledger::ArchivedDocument>& found) {
  std::string keys;
  for (const auto& one : found) keys += (keys.empty() ? "" : ", ") + one.summary.key;
  return http::Response::problem(
      409, "several documents",
      {fault("archive.several", "/document", "多份归档单证使用该单号，请写明 key：" + keys + "。",
             "Several archived documents have this number; name one by its key: " + keys + ".")});
}

}  // namespace

base::Result<Orders::Order> Orders::read(const std::string& body) {
  boost::system::error_code error;
  const json::value value = json::parse(body, error);
  if (error) {
    return fault("json.syntax", "", "不是完整的 JSON。", "This is no well-formed JSON: " + error.message() + ".");
  }
  const json::object* object = value.if_object();
  if (object == nullptr) return fault("json.shape", "", "应为对象。", "This has to be an object.");
  base::Faults faults;
  Order order{text(*object, "document", faults), text(*object, "reason", faults)};
  for (const auto& member : *object) {
    if (member.key() == "document" || member.key() == "reason") continue;
    faults.push_back(
        fault("json.shape", "/" + std::string(member.key()), "不认识这个成员。", "This member is not known."));
  }
  if (!faults.empty()) return faults;
  return order;
}

boost::asio::awaitable<http::Response> Orders::restore(http::Request request) const {
  const auto order = read(request.body);
  if (!order) {
    const bool is_unreadable = order.faults().front().code == "json.syntax";
    co_return http::Response::problem(is_unreadable ? 400 : 422, "the order cannot be carried out", order.faults());
  }
  const auto carry = [&] { return carry_out(*order, *request.caller); };
  co_return co_await store_.run(carry);
}

http::Response Orders::carry_out(const Order& order, const http::Caller& caller) const {
  auto found = ledger_.archived(order.document);
  std::erase_if(found, [&](const auto& one) { return !caller.may(one.summary.enterprise); });
  if (found.empty()) return not_archived();
  if (found.size() > 1) return several(found);
  const auto done = restoring_.bring_back(found.front(), caller.name, order.reason);
  if (!done) return http::Response::problem(500, "it cannot be restored", done.faults());
  json::object answer = views::summary(found.front().summary);
  answer["file"] = found.front().file;
  return views::json_answer(200, answer);
}

}  // namespace gateway::archive

#include "tools/platform/service.h"

#include "codecs/hainan/envelope.h"
#include "codecs/hainan/listing.h"

namespace tools::platform {
namespace {

using gateway::http::Response;

base::Fault query_fault() {
  return {"query.form",
          "",
          "须有参数 dxpid 和 qryid（yyyyMMddHHmmss，北京时间）",
          "the parameters dxpid and qryid (yyyyMMddHHmmss, China time) are needed",
          "",
          0};
}

std::string query_value(const gateway::http::Request& request, const std::string& name) {
  const auto found = request.query.find(name);
  return found == request.query.end() ? "" : found->second;
}

Response answer_to(Reception reception) {
  if (reception == Reception::refused) return Response::text(500, "Internal Server Error");
  Response response = Response::text(200, "OK");
  if (reception == Reception::answer_lost) response.delivery = gateway::http::Delivery::drop_connection;
  return response;
}

}  // namespace

gateway::http::Router Service::router() {
  gateway::http::Router router;
  router.add({"POST", "/cebcmsg", {}, [this](Request request) { return receive(std::move(request)); }});
  router.add({"GET", "/_received", {}, [this](Request request) { return show_received(std::move(request)); }});
  for (const codecs::hainan::ListingForm& form : codecs::hainan::standard_listings()) {
    router.add({"GET", form.path, {}, [this, &form](Request request) { return list(form, std::move(request)); }});
  }
  return router;
}

boost::asio::awaitable<Response> Service::receive(Request request) {
  auto envelope = codecs::hainan::read_envelope(request.body);
  if (!envelope) co_return Response::problem(400, "the envelope cannot be read", envelope.faults());
  const auto reception = inbox_.take({Way::hainan, std::move(envelope->xml), ""});
  if (!reception) co_return Response::problem(503, "the message is not taken", reception.faults());
  co_return answer_to(*reception);
}

boost::asio::awaitable<Response> Service::list(const codecs::hainan::ListingForm& form, Request request) {
  const std::string dxp_id = query_value(request, "dxpid"), since = query_value(request, "qryid");
  const auto from = since.size() == 14 ? base::read_china_digits(since) : std::optional<base::Time>();
  if (dxp_id.empty() || !from) co_return Response::problem(400, "the query cannot be read", {query_fault()});
  const auto records = customs_.receipts().records(dxp_id, form.receipt_type, *from, clock_.now());
  co_return Response::text(200, codecs::hainan::write_listing(records));
}

boost::asio::awaitable<Response> Service::show_received(Request) {
  co_return Response::json(200, customs_.received().json());
}

}  // namespace tools::platform

// A receipt that repeats a guid of ours with another enterprise's key: it is nobody's, and shown.
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <mutex>
#include <string>

#include "base/clock.h"
#include "tests/gateway/app/site.h"
#include "tests/gateway/http/running_server.h"
#include "tests/support/eventually.h"

namespace tests::app {
namespace {

using gateway::http::Request;
using gateway::http::Response;
using testing::HasSubstr;
using testing::IsEmpty;

// Takes everything, and lists what it was given.
class Port {
 public:
  unsigned short number() const { return port_of(server_.url()); }
  void list(const std::string& records) {
    const std::lock_guard lock(mutex_);
    records_ = records;
  }

 private:
  static boost::asio::awaitable<Response> take(Request) { co_return Response::text(200, "OK"); }
  static boost::asio::awaitable<Response> listing(const Port& self) {
    const std::lock_guard lock(self.mutex_);
    co_return Response::text(200, self.records_);
  }
  gateway::http::Router router() {
    gateway::http::Router router;
    router.add({"POST", "/cebcmsg", std::nullopt, [](Request request) { return take(std::move(request)); }});
    for (const char* path : {"/ceb312msg", "/ceb412msg", "/ceb512msg", "/ceb622msg"}) {
      router.add({"GET", path, std::nullopt, [this](const Request&) { return listing(*this); }});
    }
    return router;
  }

  mutable std::mutex mutex_;
  std::string records_ = "[]";
  RunningServer server_{router()};
};

std::string receipt(const std::string& guid, const std::string& ebp_code, const std::string& number) {
  const base::Time now = base::SystemClock().now();
  const std::string milliseconds = std::to_string(now.time_since_epoch().count());
  return "[{org_id=1, instm=" + milliseconds + ", re_order_guid=" + guid + ", returnstatus=100, ebpcode=" + ebp_code +
         ", returntime2=" + base::china_digits14(now) + ", ebccode=" + ebp_code +
         ", trans_dxpid=DXPENT0000000001, returninfo=退单, returntime=" + milliseconds + ", orderno=" + number + "}]";
}

TEST(StrangeReceipt, with_a_guid_of_ours_and_anothers_key_moves_nothing_and_is_shown) {
  Port port;
  Site site;
  site.expect_platform_at(port.number());
  site.start_gateway();
  const std::string id = site.accepted("CEB311Message", order_document({.number = "A1"}));
  const Seen sent = site.wait_for_state(id, "sent");
  const std::string guid(sent.whole.at("document").at("OrderHead").at("guid").as_string());

  port.list(receipt(guid, "4601969999", "A1"));
  boost::json::value shown;
  EXPECT_TRUE(eventually([&] {
    shown = boost::json::parse(site.ask("GET", "/v1/inbound?state=unmatched", Site::operator_token).body);
    return shown.at("records").as_array().size() == 1;
  })) << shown;
  EXPECT_THAT(std::string(shown.at("records").at(0).at("reason").as_string()), HasSubstr("its key is another's"));
  const Seen after = site.look(id);
  EXPECT_EQ(after.state, "sent");
  EXPECT_THAT(after.statuses, IsEmpty());

  port.list(receipt(guid, enterprises.ecommerce, "A1"));
  site.wait_for_state(id, "refused");
}

}  // namespace
}  // namespace tests::app

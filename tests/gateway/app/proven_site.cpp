#include "tests/gateway/app/proven_site.h"

#include <stdexcept>

namespace tests::app {

namespace evidence = gateway::evidence;

namespace {

template <class T>
T had(base::Result<T> result) {
  if (!result) throw std::runtime_error(result.faults().front().code + ": " + result.faults().front().en);
  return *std::move(result);
}

Manner prompt() {
  Manner manner;
  manner.pace = "0.02";
  return manner;
}

std::string with_another_address(std::string order) {
  const std::string before = "测试路1号", after = "测试路2号";
  return order.replace(order.find(before), before.size(), after);
}

}  // namespace

std::vector<evidence::File> Proven::files() const { return had(evidence::read_zip(answer.body)); }

evidence::Package Proven::package() const { return had(evidence::read_package(files())); }

const ProvenSite& ProvenSite::shared() {
  static const ProvenSite site;
  return site;
}

ProvenSite::ProvenSite() : site_(prompt()) {
  site_.start_platform();
  site_.start_gateway();
  const Sale sale{.number = "E1"};
  site_.accepted("CEB311Message", order_document(sale));
  site_.accepted("CEB411Message", payment_document(sale));
  site_.accepted("CEB511Message", waybill_document(sale));
  const std::string inventory = site_.accepted("CEB621Message", inventory_document(sale));
  const std::string order = order_document({.number = "E2~100"});
  const std::string corrected = site_.accepted("CEB311Message", order);
  site_.wait_until(corrected, [](const Seen& seen) { return seen.state == "refused" && seen.stage == "100"; });
  site_.accepted("CEB311Message", with_another_address(order));
  const std::string withdrawn = site_.accepted("CEB311Message", order_document({.number = "E3~silent"}));
  site_.wait_for_state(withdrawn, "sent");
  act(withdrawn, "hold", "the buyer hesitates");
  act(withdrawn, "release", "he does not");
  act(withdrawn, "withdraw", "he does after all");
  site_.wait_until(corrected, [](const Seen& seen) { return seen.version == 2 && seen.stage == "120"; });
  site_.wait_until(inventory, [](const Seen& seen) { return seen.stage == "800"; });
  inventory_ = proven(inventory);
  corrected_ = proven(corrected);
  withdrawn_ = proven(withdrawn);
}

Proven ProvenSite::proven(const std::string& id) const {
  return {id, site_.ask("GET", "/v1/documents/" + id + "/evidence", Site::viewer_token)};
}

void ProvenSite::act(const std::string& id, const std::string& action, const std::string& reason) const {
  const auto response = site_.ask("POST", "/v1/documents/" + id + "/actions", Site::operator_token,
                                  R"({"action":")" + action + R"(","reason":")" + reason + R"("})");
  if (response.status != 200) throw std::runtime_error(action + ": " + response.body);
}

}  // namespace tests::app

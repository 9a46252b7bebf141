// Documents as if sent, and what the platform says of them, kept and applied.
#pragma once

#include <gtest/gtest.h>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "codecs/hainan/listing.h"
#include "gateway/receipts/application.h"
#include "tests/gateway/support/bench.h"

namespace tests {

using gateway::ledger::DocumentRef;
using gateway::ledger::InboundState;
using gateway::lifecycle::State;

using Fields = std::map<std::string, std::string>;

inline const codecs::hainan::ListingForm& form(const std::string& type) {
  for (const auto& one : codecs::hainan::standard_listings()) {
    if (one.receipt_type == type) return one;
  }
  throw std::runtime_error(type);
}

class ReceiptsBench : public testing::Test {
 protected:
  // As if dispatch had sent it; the first byte left at the clock's time.
  DocumentRef sent(const DocumentRef& ref) {
    sent_together({ref}, "ROOT-" + bench.standing(ref).guid);
    return ref;
  }
  void sent_together(const std::vector<DocumentRef>& refs, const std::string& root) {
    const auto first = bench.standing(refs.front());
    gateway::ledger::SealedMessage message{.guid = root,
                                           .type = first.summary.type,
                                           .enterprise = first.summary.enterprise,
                                           .port = "hainan",
                                           .dialect = "sm2-sm3",
                                           .signed_xml = "<x/>",
                                           .envelope = "{}",
                                           .documents = refs};
    std::vector<gateway::ledger::Move> moves;
    for (const DocumentRef& ref : refs) {
      gateway::ledger::Move& move = moves.emplace_back();
      move.ref = ref;
      move.revision = bench.standing(ref).revision;
      move.to.state = State::sealed;
      move.due = bench.clock.now();
    }
    EXPECT_TRUE(bench.ledger->seal(message, moves, bench.clock.now()));
    const auto delivery = bench.ledger->begin_delivery(message.guid, bench.clock.now());
    bench.ledger->finish_delivery(*delivery, {gateway::ledger::DeliveryOutcome::confirmed, "OK"}, bench.clock.now(),
                                  [this](const gateway::ledger::Standing& now) {
                                    gateway::ledger::Ledger::Next next{
                                        now.summary.picture,
                                        bench.clock.now() + bench.settings.ports[0].receipt_within};
                                    next.picture.state = State::sent;
                                    return std::optional(next);
                                  });
  }
  DocumentRef sent_order(const std::string& number) { return sent(bench.accept_order(number)); }

  // A record of the platform, `seconds` after the clock, stored as the loop would.
  void arrives(const std::string& type, Fields fields, int seconds = 1) {
    const auto at = bench.clock.now() + std::chrono::seconds(seconds);
    fields.emplace("returnedAt", std::to_string(at.time_since_epoch().count()));
    fields.emplace("dxpId", "DXPENT0000000001");
    fields.emplace("returnInfo", "说明");
    gateway::ledger::InboundRecord record;
    record.bytes = codecs::hainan::write_record(form(type), fields);
    record.digest = std::to_string(++arrived);
    record.port = "hainan";
    record.source = form(type).path;
    record.dxp_id = "DXPENT0000000001";
    record.received_at = bench.clock.now();
    bench.ledger->store_inbound(std::vector{record}, {"hainan", record.source, record.dxp_id}, at);
  }
  void order_receipt(const std::string& number, const std::string& status, const std::string& guid = {},
                     int seconds = 1) {
    Fields fields{{"orderNo", number}, {"ebpCode", "4601960001"}, {"ebcCode", "4601960001"}, {"returnStatus", status}};
    if (!guid.empty()) fields["guid"] = guid;
    arrives("CEB312Message", fields, seconds);
  }
  // Raw bytes as a channel of the data exchange platform would keep them.
  void arrives_raw(const std::string& bytes, const std::string& dxp_id = "DXPENT0000000001") {
    gateway::ledger::InboundRecord record;
    record.bytes = bytes;
    record.digest = std::to_string(++arrived);
    record.port = "hainan";
    record.source = "queue";
    record.dxp_id = dxp_id;
    record.received_at = bench.clock.now();
    bench.ledger->store_inbound(std::vector{record}, {"hainan", record.source, dxp_id}, bench.clock.now());
  }
  // returnTime of the moment so many seconds after the clock's.
  std::string time(int seconds) { return base::china_digits17(bench.clock.now() + std::chrono::seconds(seconds)); }
  gateway::receipts::Tools tools() {
    return {bench.settings, bench.catalog, bench.knowledge, *bench.sealer, *bench.ledger, bench.clock};
  }
  void apply() {
    while (gateway::receipts::apply_fresh(tools(), 100) == gateway::receipts::Rest::more) {
    }
  }
  State state(const DocumentRef& ref) { return picture(ref).state; }
  gateway::ledger::Picture picture(const DocumentRef& ref) { return bench.standing(ref).summary.picture; }
  std::size_t inbound(InboundState state) { return bench.ledger->backlog().inbound[state]; }

  tests::Bench bench;
  int arrived = 0;
};

}  // namespace tests

#include "tests/gateway/evidence/proven_bench.h"

#include <stdexcept>
#include <utility>

#include "base/digest.h"
#include "tests/support/documents.h"

namespace tests {

using gateway::ledger::DocumentRef;
using gateway::ledger::Picture;
using gateway::lifecycle::State;
namespace evidence = gateway::evidence;

namespace {

template <class T>
T had(base::Result<T> result) {
  if (!result) throw std::runtime_error(result.faults().front().code + ": " + result.faults().front().en);
  return *std::move(result);
}

void must_be(bool done, const std::string& what) {
  if (!done) throw std::runtime_error(what);
}

std::string with_another_address(std::string order) {
  const std::string before = "测试路1号", after = "测试路2号";
  return order.replace(order.find(before), before.size(), after);
}

}  // namespace

ProvenBench& ProvenBench::shared() {
  static ProvenBench bench;
  return bench;
}

ProvenBench::ProvenBench()
    : trust_(had(signing::Trust::from_files(std::vector<std::filesystem::path>{bench_.authority.sm2_root()}))) {
  const DocumentRef inventory = bench_.accept("CEB621Message", inventory_document({.number = "E1"}));
  send(inventory);
  receive(inventory, "2", {State::sent, "2", "", ""});
  receive(inventory, "120", {State::sent, "120", "lodged", ""});
  receive(inventory, "800", {State::settled, "800", "released", ""});
  const std::string order = order_document({.number = "E2"});
  const DocumentRef first = bench_.accept("CEB311Message", order);
  send(first);
  receive(first, "100", {State::refused, "100", "rejected", "海关退单 | rejected by customs"});
  const DocumentRef second = bench_.accept("CEB311Message", with_another_address(order), 2);
  send(second);
  receive(first, "2", {State::refused, "100", "rejected", "海关退单 | rejected by customs"});  // late
  receive(second, "120", {State::settled, "120", "lodged", ""});
  const DocumentRef withdrawn = bench_.accept("CEB311Message", order_document({.number = "E3"}));
  send(withdrawn);
  act(withdrawn, State::held, "the buyer hesitates");
  act(withdrawn, State::sent, "he does not");
  act(withdrawn, State::withdrawn, "he does after all");
  inventory_ = inventory.id;
  corrected_ = first.id;
  withdrawn_ = withdrawn.id;
}

std::vector<evidence::File> ProvenBench::files(const std::string& id) {
  const auto found = bench_.ledger->evidence(id, evidence::ZipLimits{}.all_bytes);
  return evidence::files_of(found.value(), bench_.clock.now(), bench_.catalog.edition());
}

evidence::Package ProvenBench::package(const std::string& id) { return had(evidence::read_package(files(id))); }

gateway::ledger::Move ProvenBench::move_of(const DocumentRef& ref, Picture to, const std::string& by) {
  const auto now = bench_.standing(ref);
  return {ref, now.revision, now.summary.picture.state, std::move(to), {}, by};
}

void ProvenBench::send(const DocumentRef& ref) {
  const auto standing = bench_.standing(ref);
  const std::string& type = standing.summary.type;
  const auto sealed = had(bench_.sealer->seal(bench_.settings.enterprises[0], bench_.settings.ports[0], type,
                                              std::vector{standing.body}, bench_.clock.now()));
  const gateway::ledger::SealedMessage message{sealed.guid,     type,           standing.summary.enterprise,
                                               "hainan",        sealed.dialect, sealed.signed_xml,
                                               sealed.envelope, {ref}};
  const std::vector moves{move_of(ref, {State::sealed, "", "", ""}, "dispatch")};
  must_be(bench_.ledger->seal(message, moves, bench_.clock.now()), "not sealed");
  const auto delivery = bench_.ledger->begin_delivery(sealed.guid, bench_.clock.now());
  const auto sent = [](const gateway::ledger::Standing&) {
    return std::optional(gateway::ledger::Ledger::Next{{State::sent, "", "", ""}, {}});
  };
  const std::string proof = "receipt of " + sealed.guid;
  const std::string answer = "OK [SHA-256 " + base::sha256_hex(proof) + "]";
  bench_.ledger->finish_delivery(delivery.value(), {gateway::ledger::DeliveryOutcome::confirmed, answer, proof},
                                 bench_.clock.now(), sent);
}

void ProvenBench::receive(const DocumentRef& ref, const std::string& status, Picture to) {
  bench_.clock.advance(std::chrono::seconds(1));
  const std::string source = "/ceb312msg", bytes = "[status=" + status + ", at=" + ref.id + "]";
  const gateway::ledger::InboundRecord record{base::sha256_hex("hainan\n" + source + "\n" + bytes),
                                              "hainan",
                                              source,
                                              "DXPENT0000000001",
                                              bytes,
                                              bench_.clock.now()};
  const gateway::ledger::WindowKey window{"hainan", source, record.dxp_id};
  bench_.ledger->store_inbound(std::span(&record, 1), window, bench_.clock.now());
  gateway::ledger::ReceiptRow row;
  row.status = status;
  row.return_info = "回执 " + status;
  row.returned_at = row.at = bench_.clock.now();
  row.effect = gateway::lifecycle::word(to.state);
  gateway::ledger::Ledger::Applied applied{record.digest, row, {}, move_of(ref, std::move(to), "receipts")};
  must_be(bench_.ledger->apply_receipt(applied), "not applied");
}

void ProvenBench::act(const DocumentRef& ref, State to, const std::string& reason) {
  bench_.clock.advance(std::chrono::seconds(1));
  must_be(bench_.ledger->move(move_of(ref, {to, "", "", reason}, "operates"), bench_.clock.now()), "not moved");
}

}  // namespace tests

// Documents that went through a real ledger, really signed: an inventory released after several receipts, an order
// refused and then corrected, an order that an operator held, let go and withdrew; and the evidence of each.
#pragma once

#include <string>
#include <vector>

#include "gateway/evidence/package.h"
#include "signing/verify.h"
#include "tests/gateway/support/bench.h"

namespace tests {

class ProvenBench {
 public:
  static ProvenBench& shared();  // made at the first call

  // As of the packages that follow.
  std::vector<gateway::evidence::File> files(const std::string& id);
  gateway::evidence::Package package(const std::string& id);

  const schemas::Catalog& catalog() const { return bench_.catalog; }
  const signing::Trust& trust() const { return trust_; }
  const std::string& inventory() const { return inventory_; }
  const std::string& corrected() const { return corrected_; }
  const std::string& withdrawn() const { return withdrawn_; }

 private:
  ProvenBench();
  void send(const gateway::ledger::DocumentRef& ref);
  void receive(const gateway::ledger::DocumentRef& ref, const std::string& status, gateway::ledger::Picture to);
  void act(const gateway::ledger::DocumentRef& ref, gateway::ledger::State to, const std::string& reason);
  gateway::ledger::Move move_of(const gateway::ledger::DocumentRef& ref, gateway::ledger::Picture to,
                                const std::string& by);

  Bench bench_;
  signing::Trust trust_;
  std::string inventory_, corrected_, withdrawn_;
};

}  // namespace tests

// A whole site that has run once: an inventory released after several receipts, an order refused and then corrected, an
// order that an operator held, let go and withdrew; and the evidence of each as the gateway gave it.
#pragma once

#include <string>
#include <vector>

#include "gateway/evidence/package.h"
#include "tests/gateway/app/site.h"

namespace tests::app {

struct Proven {
  std::string id;
  gateway::http::Response answer;  // of GET /v1/documents/{id}/evidence

  std::vector<gateway::evidence::File> files() const;
  gateway::evidence::Package package() const;
};

class ProvenSite {
 public:
  static const ProvenSite& shared();  // run at the first call

  const Site& site() const { return site_; }
  const Proven& inventory() const { return inventory_; }
  const Proven& corrected() const { return corrected_; }
  const Proven& withdrawn() const { return withdrawn_; }

 private:
  ProvenSite();
  Proven proven(const std::string& id) const;
  void act(const std::string& id, const std::string& action, const std::string& reason) const;

  Site site_;
  Proven inventory_, corrected_, withdrawn_;
};

}  // namespace tests::app

// What persons do with documents beside moving them: the story of a sale, notes, who looks after what, disclosure of
// personal data, refusals in groups, the day's reconciliation, the knowledge base. A client sees its enterprises only.
// Handlers run on the I/O thread, the ledger on `store`. What Parts refers to outlives the server that holds the
// routes.
#pragma once

#include <functional>
#include <memory>

#include "base/clock.h"
#include "gateway/http/router.h"
#include "gateway/ledger/ledger.h"
#include "gateway/offload/offload.h"
#include "schemas/catalog.h"
#include "schemas/knowledge.h"

namespace gateway::casework {

struct Parts {
  const schemas::Catalog& catalog;
  const schemas::Knowledge& knowledge;
  ledger::Ledger& ledger;
  offload::Pool& store;
  const base::Clock& clock;
  std::function<void()> on_told;  // something is to be told to ERPs; called on the I/O thread
};

class Story;
class Notes;
class Assignments;
class Disclosure;
class Refusals;
class Reconciliation;
class Explanations;

class Casework {
 public:
  explicit Casework(const Parts& parts);
  void add_routes(http::Router& router) const;

 private:
  std::shared_ptr<const Story> story_;
  std::shared_ptr<const Notes> notes_;
  std::shared_ptr<const Assignments> assignments_;
  std::shared_ptr<const Disclosure> disclosure_;
  std::shared_ptr<const Refusals> refusals_;
  std::shared_ptr<const Reconciliation> reconciliation_;
  std::shared_ptr<const Explanations> explanations_;
};

}  // namespace gateway::casework

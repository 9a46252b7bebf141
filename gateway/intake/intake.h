// The ERP's API: takes documents, says what is wrong with them, keeps them before it answers, and shows what became of
// them. Handlers are coroutines on the I/O thread; parsing and judging run on `work`, the ledger on `store`. What Parts
// refers to outlives the server that holds the routes; the Intake itself need not.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/clock.h"
#include "config/settings.h"
#include "gateway/http/router.h"
#include "gateway/ledger/ledger.h"
#include "gateway/offload/offload.h"
#include "schemas/catalog.h"
#include "schemas/judge.h"
#include "schemas/knowledge.h"

namespace gateway::intake {

// How the streams of GET /v1/events go.
struct EventPace {
  std::chrono::milliseconds heartbeat{15'000};                        // where nothing changes
  std::chrono::milliseconds longest_rest{1'000}, shortest_rest{200};  // between two looks at the ledger
  std::size_t most_streams = 100;                                     // at the same time
};

struct Parts {
  const config::Settings& settings;
  const schemas::Catalog& catalog;
  const schemas::Judge& judge;
  const schemas::Knowledge& knowledge;
  ledger::Ledger& ledger;
  offload::Pool& work;   // CPU: parse, validate
  offload::Pool& store;  // the ledger
  const base::Clock& clock;
  std::function<void()> on_accepted;  // wakes dispatch; called on the I/O thread after new documents are durable
  EventPace event_pace{};
  // Brings a document back from the archive, for the client named; called on the ledger's pool. Absent: there is none.
  std::function<base::Done(const ledger::ArchivedDocument&, const std::string& client)> bring_back = nullptr;
};

class Posting;
class Importing;
class Facts;
class Looking;
class Events;
class Proving;
class Offering;
class CatalogPages;
class CodePages;

class Intake {
 public:
  explicit Intake(Parts parts);
  void add_routes(http::Router& router) const;
  void wake() const;  // something has changed: the streams look; from the I/O thread only

  // What an operator amends, see Posting.
  boost::asio::awaitable<http::Response> amend(http::Request request, std::string reason) const;
  std::uint64_t accepted_total() const;  // versions accepted since the start

 private:
  std::shared_ptr<Posting> posting_;
  std::shared_ptr<const Importing> importing_;
  std::shared_ptr<const Facts> facts_;
  std::shared_ptr<const Looking> looking_;
  std::shared_ptr<Events> events_;
  std::shared_ptr<const Proving> proving_;
  std::shared_ptr<const Offering> offering_;
  std::shared_ptr<const CatalogPages> catalog_pages_;
  std::shared_ptr<const CodePages> code_pages_;
};

}  // namespace gateway::intake

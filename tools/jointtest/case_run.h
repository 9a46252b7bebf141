// One case of a run: its steps one after the other, from the first that is not done yet. Everything it refers to
// outlives it. One thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "base/clock.h"
#include "tools/jointtest/api.h"
#include "tools/jointtest/feed.h"
#include "tools/jointtest/journal.h"
#include "tools/jointtest/run.h"

namespace tools::jointtest {

// What the cases of a run share.
struct Ground {
  const Plan& plan;
  const RunTerms& terms;
  const Site& site;
  const Api& gateway;
  const Api* others;  // nothing against a real platform
  const Feed& feed;
  Journal& journal;
  Progressed& progress;
  const base::Clock& clock;
  bool stopping = false;
};

class CaseRun {
 public:
  CaseRun(Ground& ground, std::size_t index);

  boost::asio::awaitable<void> whole();

 private:
  struct Outcome {
    Verdict verdict = Verdict::open;  // open: the run was stopped
    std::string zh, en;
  };
  static Outcome passed();
  static Outcome not_told(const std::string& missing);

  boost::asio::awaitable<Outcome> perform(const Step& step, StepPlace place);
  boost::asio::awaitable<Outcome> deliver(const Api& api, const Step& step, StepPlace place, std::string& id);
  boost::asio::awaitable<Outcome> post(const Step& step, StepPlace place);
  boost::asio::awaitable<Outcome> be_refused(const Step& step);
  boost::asio::awaitable<Outcome> have_others_send(const Step& step, StepPlace place);
  boost::asio::awaitable<Outcome> advance_clock(const Step& step, StepPlace place);
  boost::asio::awaitable<Outcome> wait_for(const Step& step, StepPlace place);
  boost::asio::awaitable<Judgement> look(const Step& step);
  boost::asio::awaitable<std::optional<boost::json::value>> document(const Api& api, std::string id);

  // The request of a post; nothing, and in `missing` what nobody has told yet.
  boost::asio::awaitable<std::optional<std::string>> request(const Step& step, std::string& missing);
  boost::asio::awaitable<std::string> told_of(DocumentName document, std::string field);
  boost::asio::awaitable<gateway::http::Exchange> send(const Api& api, Posting posting,
                                                       std::chrono::milliseconds longest);
  boost::asio::awaitable<void> gather();

  std::optional<Outcome> skipped(const Step& step) const;
  void finish(StepPlace place, const Outcome& outcome, base::Time began);

  Ground& ground_;
  const std::size_t index_;
  const PlannedScenario& planned_;
  CaseResult& result_;
  gateway::http::Session session_;
  std::map<DocumentName, std::string> ids_;  // of what was posted
  bool rest_is_skipped_ = false;
};

// In every number of the case: the run's tag, the case, and the name that the scenario gives.
std::string number_for(const std::string& tag, std::size_t of_case, const std::string& name);

}  // namespace tools::jointtest

// POST /v1/documents and POST /v1/validate: read, look into the ledger, judge, accept. All or nothing, or with
// ?partial=true what is good. And what an operator amends: the same with one document of a known key. Every check is
// made anew when a key has moved on meanwhile. Runs on the I/O thread.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/http/router.h"
#include "gateway/intake/candidate.h"
#include "gateway/intake/cross_check.h"
#include "gateway/intake/intake.h"
#include "gateway/intake/judging.h"
#include "gateway/intake/reading.h"
#include "gateway/intake/versions.h"

namespace gateway::intake {

class Posting {
 public:
  explicit Posting(Parts parts);

  boost::asio::awaitable<http::Response> accept(http::Request request);
  boost::asio::awaitable<http::Response> validate(http::Request request);
  // The body of an action of the document at {id}; answers with the document.
  boost::asio::awaitable<http::Response> amend(http::Request request, std::string reason);

  std::uint64_t accepted_total() const { return accepted_total_; }

 private:
  enum class Extent { all_or_nothing, what_is_good };
  enum class Purpose { keep, judge_alone };
  // How a post wants to be taken.
  struct Terms {
    http::Caller caller;
    Extent extent = Extent::all_or_nothing;
    std::optional<std::string> idempotency_key;
    std::string request_digest;
    std::string reason{};  // of an operator
    Purpose purpose = Purpose::keep;
  };
  struct Looked {
    std::optional<ledger::Idempotent> answered;
    std::vector<Known> known;  // one for each candidate
    std::size_t waiting = 0;
  };

  static base::Result<Terms> read_terms(const http::Request& request);
  boost::asio::awaitable<std::optional<http::Response>> attempt(const Terms& terms, Candidates candidates);
  http::Response amended(const http::Caller& caller, const std::string& id) const;  // blocks
  Looked look(const Terms& terms, const Candidates& candidates) const;
  // What is archived comes back, so that the post finds it as before; gives those that cannot.
  using Newest = std::vector<std::optional<ledger::Standing>>;
  std::vector<ledger::ArchivedDocument> bring_back(const Terms& terms, const std::vector<std::string>& keys,
                                                   Newest& newest) const;
  boost::asio::awaitable<void> cross_check(const http::Caller& caller, Candidates& candidates,
                                           CrossCheck::Manner manner) const;
  boost::asio::awaitable<void> check_all(std::span<Candidate> candidates, const Looked& looked) const;
  void check(std::span<Candidate> candidates, const Looked& looked) const;
  std::optional<std::vector<ledger::Summary>> keep(const Terms& terms, const Candidates& candidates) const;

  Parts parts_;
  Reader reader_;
  Versions versions_;
  Judging judging_;
  CrossCheck cross_check_;
  std::atomic<std::uint64_t> accepted_total_{0};
};

}  // namespace gateway::intake

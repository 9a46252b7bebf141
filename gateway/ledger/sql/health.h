// Whether the ledger can be used, as all those find it who use it: one that is in trouble is told once, and once when
// it is over, which is when a write succeeds and none has failed for some seconds. Safe from every thread.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "gateway/ledger/ledger_error.h"

namespace gateway::ledger::sql {

class Health {
 public:
  using Tell = std::function<void(const std::optional<std::string>& trouble)>;
  using Steady = std::chrono::steady_clock;

  void on_change(Tell tell) { tell_ = std::move(tell); }
  void has_written() {  // for good: what writes nothing says nothing
    if (in_trouble_) worked(Steady::now());
  }
  template <class Call>
  void watch(Call call) {
    try {
      call();
    } catch (const LedgerError& error) {
      if (error.trouble() != Trouble::other) failed(error, Steady::now());
      throw;
    }
  }
  // Throws the trouble that is not over.
  void require_good() const;

 private:
  void failed(const LedgerError& error, Steady::time_point now);
  void worked(Steady::time_point now);

  Tell tell_;
  std::atomic<bool> in_trouble_{false};
  mutable std::mutex changing_;
  std::optional<LedgerError> trouble_;
  Steady::time_point last_failure_;
};

}  // namespace gateway::ledger::sql

#include "gateway/ledger/sql/health.h"

namespace gateway::ledger::sql {

namespace {

// A small write may find room where the next document does not.
constexpr std::chrono::seconds without_failure{3};

}  // namespace

void Health::require_good() const {
  const std::lock_guard lock(changing_);
  if (trouble_) throw LedgerError(*trouble_);
}

void Health::failed(const LedgerError& error, Steady::time_point now) {
  const std::lock_guard lock(changing_);
  last_failure_ = now;
  const bool is_news = !trouble_ || trouble_->trouble() != error.trouble();
  if (!is_news) return;
  trouble_ = error;
  in_trouble_ = true;
  if (tell_) tell_(error.what());
}

void Health::worked(Steady::time_point now) {
  const std::lock_guard lock(changing_);
  if (!trouble_ || now - last_failure_ < without_failure) return;
  trouble_.reset();
  in_trouble_ = false;
  if (tell_) tell_(std::nullopt);
}

}  // namespace gateway::ledger::sql

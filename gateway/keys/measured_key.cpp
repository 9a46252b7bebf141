#include "gateway/keys/measured_key.h"

namespace gateway::keys {

using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::milliseconds;

namespace {

// Of the mean so far; what is left is the newest one's share.
constexpr double share_of_the_past = 0.9;

microseconds blended(microseconds mean, microseconds newest) {
  if (mean == microseconds(0)) return newest;
  return duration_cast<microseconds>(share_of_the_past * mean + (1 - share_of_the_past) * newest);
}

}  // namespace

base::Result<std::string> MeasuredKey::sign(signing::SignatureAlgorithm algorithm, std::string_view bytes) const {
  const auto begun = SteadyClock::now();
  {
    const std::scoped_lock lock(mutex_);
    pending_.insert(begun);
  }
  auto value = key_->sign(algorithm, bytes);
  {
    const std::scoped_lock lock(mutex_);
    pending_.erase(pending_.find(begun));
    if (value) {
      ++measures_.signatures;
      measures_.mean = blended(measures_.mean, duration_cast<microseconds>(SteadyClock::now() - begun));
    } else {
      ++measures_.failures;
    }
  }
  if (!value) on_refusal_(value.faults().front());
  return value;
}

Measures MeasuredKey::measures() const {
  const std::scoped_lock lock(mutex_);
  Measures now = measures_;
  now.pending = pending_.size();
  if (!pending_.empty()) now.oldest_pending = duration_cast<milliseconds>(SteadyClock::now() - *pending_.begin());
  return now;
}

}  // namespace gateway::keys

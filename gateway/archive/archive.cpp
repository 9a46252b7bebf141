#include "gateway/archive/archive.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "gateway/archive/orders.h"

namespace gateway::archive {

using boost::asio::awaitable;

Archive::Archive(boost::asio::any_io_executor executor, Parts parts)
    : parts_(parts),
      directory_(parts_.settings.archive->directory),
      restoring_(directory_, parts_.ledger, parts_.clock),
      round_(parts_.settings, directory_, parts_.ledger, parts_.clock),
      loop_(std::move(executor), {"archive", "", between_rounds}) {}

void Archive::start() {
  loop_.start([this] { return keep_archiving(); });
}

void Archive::add_routes(http::Router& router) const {
  const auto orders = std::make_shared<const Orders>(restoring_, parts_.ledger, parts_.store);
  router.add({"POST", "/v1/archive/restore", config::Role::operator_,
              [orders](http::Request request) { return orders->restore(std::move(request)); }});
}

awaitable<std::chrono::milliseconds> Archive::keep_archiving() {
  More more = More::later;
  std::string trouble;
  const auto go = [this] { return round(); };
  try {
    more = co_await parts_.store.run(go);
  } catch (const std::exception& error) {
    trouble = error.what();
  }
  note(trouble);
  co_return more == More::at_once ? between_full_rounds : pause();
}

// With a short age, as for a trial, there is no sense in long pauses.
std::chrono::milliseconds Archive::pause() const {
  const std::chrono::milliseconds longest(between_rounds);
  return std::min(longest, parts_.settings.archive->after.value_or(longest));
}

More Archive::round() {
  const More more = round_.run();
  Report now;
  for (const auto& file : parts_.ledger.archive_files()) {
    now.documents += static_cast<std::uint64_t>(file.documents);
    ++now.files;
  }
  now.last_run = parts_.clock.now();
  const std::lock_guard lock(mutex_);
  now.is_failing = report_.is_failing;
  report_ = now;
  return more;
}

// A trouble that lasts is said once.
void Archive::note(const std::string& trouble) {
  const std::lock_guard lock(mutex_);
  const bool was_failing = std::exchange(report_.is_failing, !trouble.empty());
  if (!trouble.empty() && !was_failing) {
    base::log(base::LogLevel::error, "archive", trouble + "; nothing leaves the ledger meanwhile");
  }
  if (trouble.empty() && was_failing) base::log(base::LogLevel::info, "archive", "it goes on");
}

awaitable<void> Archive::stop(std::chrono::milliseconds deadline) {
  round_.stop();
  return loop_.stop(deadline);
}

Report Archive::report() const {
  const std::lock_guard lock(mutex_);
  return report_;
}

}  // namespace gateway::archive

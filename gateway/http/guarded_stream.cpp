#include "gateway/http/guarded_stream.h"

namespace gateway::http {

boost::asio::awaitable<std::optional<std::string>> GuardedStream::next() {
  auto part = co_await inner_->next();
  const bool may_be_told = co_await callers_->still_knows(caller_);
  if (!may_be_told) part.reset();
  co_return part;
}

}  // namespace gateway::http

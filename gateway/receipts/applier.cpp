#include "gateway/receipts/applier.h"

#include "gateway/receipts/application.h"

namespace gateway::receipts {

using boost::asio::awaitable;

namespace {

constexpr std::size_t most_at_once = 200;
constexpr std::chrono::seconds longest_rest{2};  // a document that kept moving is tried again then

}  // namespace

Applier::Applier(boost::asio::any_io_executor executor, const Parts& parts)
    : parts_(parts), loop_(executor, {"receipts", "", longest_rest}) {}

void Applier::start() {
  loop_.start([self = shared_from_this()] { return self->apply_all(); });
}

awaitable<std::chrono::milliseconds> Applier::apply_all() {
  Rest rest = Rest::more;
  while (rest == Rest::more && !loop_.is_stopping()) {
    rest = co_await parts_.store.run([this] {
      return apply_fresh(
          {parts_.settings, parts_.catalog, parts_.knowledge, parts_.sealer, parts_.ledger, parts_.clock},
          most_at_once);
    });
  }
  co_return longest_rest;
}

}  // namespace gateway::receipts

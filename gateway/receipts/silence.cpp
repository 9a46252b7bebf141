#include "gateway/receipts/silence.h"

#include <string>

#include "base/log.h"
#include "gateway/lifecycle/state.h"

namespace gateway::receipts {

using boost::asio::awaitable;

namespace {

constexpr std::chrono::seconds between_looks{15};
constexpr std::size_t most_at_once = 500;

// Nothing is known to carry CEB900 over the Hainan address, so a refusal by the schema is heard as silence.
ledger::Picture held(const ledger::Standing& standing) {
  ledger::Picture picture = standing.summary.picture;
  picture.state = lifecycle::next(picture.state, lifecycle::Event::silent).value_or(picture.state);
  picture.reason =
      standing.receipts.empty()
          ? "口岸已接收，但在规定时间内没有任何回执；可能是报文未通过其校验，请向口岸查询 | taken by the port, "
            "but no receipt within its time; its schema may have refused the message: ask the port"
          : "在规定时间内没有最终回执，请向口岸查询 | no final receipt within its time: ask the port";
  return picture;
}

}  // namespace

Silence::Silence(boost::asio::any_io_executor executor, const Parts& parts)
    : parts_(parts), loop_(executor, {"receipts", "silence: ", between_looks}) {}

void Silence::start() {
  loop_.start([self = shared_from_this()] { return self->hold_silent(); });
}

awaitable<std::chrono::milliseconds> Silence::hold_silent() {
  const bool is_its_turn = co_await parts_.store.run([this] { return parts_.ledger.take_turn("silence"); });
  if (!is_its_turn) co_return between_looks;
  std::size_t all = 0, moved = most_at_once;
  while (moved == most_at_once && !loop_.is_stopping()) {
    moved =
        co_await parts_.store.run([this] { return parts_.ledger.move_silent(parts_.clock.now(), most_at_once, held); });
    all += moved;
  }
  if (all > 0) {
    base::log(base::LogLevel::warning, "receipts", std::to_string(all) + " documents are silent and now held");
  }
  co_return between_looks;
}

}  // namespace gateway::receipts

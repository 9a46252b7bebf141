#include "gateway/http/client.h"

#include "gateway/http/session.h"

namespace gateway::http {

boost::asio::awaitable<Exchange> send(Call call) {
  Session session(Staying::once);
  co_return co_await session.send(std::move(call));
}

}  // namespace gateway::http

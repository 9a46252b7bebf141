// The messages that stand at the door: handed over in their order to whoever asks for their DXPID, kept until they are
// acknowledged, and waited for by those who brought them. Bounded in number and bytes. One thread; waits on it end
// before its executor's context does.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <deque>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "codecs/as2/mdn.h"

namespace gateway::channels::as2 {

// One message of the partner's, opened.
struct Brought {
  std::string key;     // from whom to whom, and its Message-ID
  std::string dxp_id;  // whose it is; empty: of any
  std::string bytes;
  std::optional<codecs::as2::OutgoingMdn> receipt;  // given to the partner once it is kept; nothing: none is asked for
};

class Arrival;

class Arrivals {
 public:
  Arrivals(std::size_t most, std::size_t most_bytes) : most_(most), most_bytes_(most_bytes) {}

  // The one of this key that stands there already; nothing where there is none.
  std::shared_ptr<Arrival> find(const std::string& key) const;
  // Nothing: there is no room.
  std::shared_ptr<Arrival> put(Brought brought, const boost::asio::any_io_executor& executor);
  // Whether it is acknowledged within that time. One that is not, and that nobody was given, is gone.
  boost::asio::awaitable<bool> is_kept(std::shared_ptr<Arrival> arrival, std::chrono::milliseconds longest);

  // The oldest of this DXPID, and with them those given to it before that are not acknowledged. Waits for the first.
  boost::asio::awaitable<std::vector<std::string>> next(std::string dxp_id, std::chrono::milliseconds longest,
                                                        std::size_t most);
  void acknowledge(const std::string& dxp_id);  // what it was given

  bool is_empty() const { return all_.empty(); }
  void give_up();  // whoever waits is told that it is not kept

 private:
  std::vector<std::string> given(const std::string& dxp_id, std::size_t most);
  void remove(const std::shared_ptr<Arrival>& arrival);

  std::size_t most_, most_bytes_, bytes_ = 0;
  std::deque<std::shared_ptr<Arrival>> all_;
  std::list<std::weak_ptr<boost::asio::steady_timer>> asking_;
};

class Arrival {
 public:
  Arrival(Brought brought, const boost::asio::any_io_executor& executor)
      : brought_(std::move(brought)), settled_(executor, boost::asio::steady_timer::time_point::max()) {}
  const Brought& brought() const { return brought_; }

 private:
  friend class Arrivals;
  enum class Standing { waiting, kept, given_up };

  Brought brought_;
  std::optional<std::string> given_to_;
  Standing standing_ = Standing::waiting;
  boost::asio::steady_timer settled_;
};

}  // namespace gateway::channels::as2

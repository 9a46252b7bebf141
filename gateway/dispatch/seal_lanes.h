// Seals the due documents of one port, each enterprise on a lane of its own, so that none waits for another's key. A
// lane seals as many messages at a time as the enterprise's keys sign, and where no key signs now its documents stay
// accepted and are looked at again. Runs on the I/O thread.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <set>
#include <string>

#include "gateway/dispatch/batches.h"
#include "gateway/dispatch/dispatch.h"

namespace gateway::dispatch {

enum class Progress { made, lingering, none };  // lingering: documents wait for a message to fill

class SealLanes : public std::enable_shared_from_this<SealLanes> {
 public:
  // on_sealed: there are messages to send, or documents to look at again.
  SealLanes(boost::asio::any_io_executor executor, const Parts& parts, const config::Port& port,
            std::function<void()> on_sealed);

  // Opens a lane for every enterprise that has due documents and none yet.
  boost::asio::awaitable<Progress> open_due();
  void stop();  // lanes end with the message that they are at
  bool is_idle() const { return busy_.empty(); }

 private:
  struct Lane;
  enum class Sealing { done, no_key };

  void open(std::string enterprise, std::vector<Batch> batches);
  boost::asio::awaitable<void> work(std::shared_ptr<Lane> lane);
  boost::asio::awaitable<void> seal_next(Lane& lane);
  boost::asio::awaitable<void> close(std::shared_ptr<Lane> lane);

  boost::asio::awaitable<void> claim(Batch& batch);  // leaves out what another gateway has in hand
  boost::asio::awaitable<Sealing> seal(Batch batch);
  boost::asio::awaitable<Sealing> seal_alone(const Batch& batch, const base::Faults& why);
  boost::asio::awaitable<void> hold(const ledger::DueDocument& document, const base::Faults& why);

  boost::asio::any_io_executor executor_;
  const Parts& parts_;
  const config::Port& port_;
  std::function<void()> on_sealed_;
  bool stopping_ = false;
  std::set<std::string> busy_;  // enterprises with a lane
  std::set<boost::asio::steady_timer*> resting_;
};

}  // namespace gateway::dispatch

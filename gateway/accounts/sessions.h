// Whose session a secret word stands for. What the ledger said is believed for two seconds, so that a session that
// ended in another gateway has ended here within that time; one that ends here has ended at once. On the I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "gateway/accounts/parts.h"
#include "gateway/http/caller.h"
#include "gateway/ledger/accounts_book.h"

namespace gateway::accounts {

inline constexpr std::chrono::milliseconds believed_for{2000};
inline constexpr std::size_t most_believed = 1000;

struct KnownSession {
  ledger::KeptSession session;
  http::Caller caller;
};

class Sessions {
 public:
  explicit Sessions(Parts parts) : parts_(parts) {}

  // Nothing for one that has ended or never was. What is found counts as used now.
  boost::asio::awaitable<std::optional<KnownSession>> find(std::string secret);
  boost::asio::awaitable<bool> lasts(std::string digest);  // without using it
  // Who that is by the settings and the ledger of now; nothing: nobody any more.
  std::optional<http::Caller> caller_of(const ledger::SignedIn& signed_in) const;
  // To be called after sessions were ended.
  void forget_all();

 private:
  struct Believed {
    ledger::SignedIn signed_in;
    base::Time looked_up_at;
  };

  boost::asio::awaitable<std::optional<ledger::SignedIn>> look_up(std::string digest);
  boost::asio::awaitable<void> see(std::string digest, ledger::KeptSession& session);
  void believe(const std::string& digest, Believed believed);

  Parts parts_;
  std::unordered_map<std::string, Believed> believed_;
  std::uint64_t forgotten_ = 0;  // how often: what was asked before is not believed
};

}  // namespace gateway::accounts

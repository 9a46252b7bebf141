// The session of the caller, its others, its password; and, for administrators, who may sign in. On the I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>

#include "gateway/accounts/parts.h"
#include "gateway/accounts/sessions.h"
#include "gateway/accounts/sign_in_order.h"
#include "gateway/http/router.h"

namespace gateway::accounts {

class AccountPages {
 public:
  AccountPages(Parts parts, std::shared_ptr<Sessions> sessions) : parts_(parts), sessions_(std::move(sessions)) {}
  boost::asio::awaitable<http::Response> session(http::Request request) const;
  boost::asio::awaitable<http::Response> sign_out(http::Request request) const;
  boost::asio::awaitable<http::Response> list(http::Request request) const;
  boost::asio::awaitable<http::Response> end_one(http::Request request) const;
  boost::asio::awaitable<http::Response> end_all(http::Request request) const;
  boost::asio::awaitable<http::Response> change_password(http::Request request) const;
  boost::asio::awaitable<http::Response> users(http::Request request) const;

 private:
  boost::asio::awaitable<std::optional<http::Response>> refusal_of_old(const std::string& name,
                                                                       const PasswordOrder& order) const;
  boost::asio::awaitable<http::Response> set_password(const KnownSession& known, const PasswordOrder& order) const;

  Parts parts_;
  std::shared_ptr<Sessions> sessions_;
};

}  // namespace gateway::accounts

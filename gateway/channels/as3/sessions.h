// The logins of one port, kept for those who need one next: as many as there are calls at the same time. Any thread;
// outlives what it lends.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

#include "config/settings.h"
#include "gateway/channels/as3/ftp_session.h"

namespace gateway::channels::as3 {

class Sessions {
 public:
  explicit Sessions(config::Port port) : port_(std::move(port)) {}

  // Goes back by itself.
  class Lent {
   public:
    Lent(Sessions& owner, std::unique_ptr<FtpSession> session) : owner_(owner), session_(std::move(session)) {}
    Lent(const Lent&) = delete;
    Lent& operator=(const Lent&) = delete;
    ~Lent();
    FtpSession* operator->() { return session_.get(); }
    FtpSession& operator*() { return *session_; }

   private:
    Sessions& owner_;
    std::unique_ptr<FtpSession> session_;
  };

  Lent lend();
  void stop() { is_stopped_ = true; }  // ends every call that is under way

 private:
  const config::Port port_;
  std::atomic<bool> is_stopped_{false};
  std::mutex mutex_;
  std::vector<std::unique_ptr<FtpSession>> idle_;
};

}  // namespace gateway::channels::as3

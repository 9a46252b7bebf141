// The platform's end of an FTP server (docs/formats/as3.md): takes messages from the folder of each enterprise, answers
// them by receipts (MDN), and puts answers into the folder where it waits for them. What fails is logged and tried
// again. One thread, which it blocks; what is referred to outlives it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "config/settings.h"
#include "gateway/channels/agreements/partnership.h"
#include "gateway/channels/as3/incoming.h"
#include "gateway/channels/as3/sessions.h"
#include "tools/platform/inbox.h"
#include "tools/platform/receipt_book.h"

namespace tools::platform {

// Of the port: server, login, TLS, folders as the platform sees them (`in` is where messages come), and the agreement;
// its partner_id may hold {dxp_id} as well.
struct As3Terms {
  config::Port port;
  double lateness_seconds = 60;
};

class As3Desk {
 public:
  As3Desk(As3Terms terms, std::vector<std::string> dxp_ids, Inbox& inbox, ReceiptBook& receipts,
          const base::Clock& clock);

  void round();                        // everything that is there, everything that is due
  boost::asio::awaitable<void> run();  // round after round, until the I/O stops

 private:
  using Agreement = codecs::as2::Agreement;
  using Session = gateway::channels::as3::FtpSession;
  struct Late {
    std::string dxp_id;
    gateway::channels::as3::AnswerFile file;
    base::Time due;
  };

  base::Result<Agreement> agreement_with(const std::string& dxp_id);
  void take_from(const std::string& dxp_id);
  base::Done take(Session& session, const std::string& dxp_id, const std::string& name, const Agreement& agreement);
  base::Result<Reception> reception_of(const gateway::channels::as3::Incoming& incoming, const std::string& dxp_id);
  base::Done answer(Session& session, const std::string& dxp_id, gateway::channels::as3::Incoming incoming,
                    Reception reception, const Agreement& agreement);
  void answer_late_ones();
  void hand_over(const Letter& letter);
  base::Done put(Session& session, const std::string& dxp_id, const std::string& name, const std::string& bytes);
  std::string folder_of(const std::string& dxp_id) const;
  void complain(const std::string& about, const base::Faults& faults);

  As3Terms terms_;
  const std::vector<std::string> dxp_ids_;
  Inbox& inbox_;
  ReceiptBook& receipts_;
  const base::Clock& clock_;
  gateway::channels::agreements::Partnership partnership_;
  gateway::channels::as3::Sessions sessions_;
  std::set<std::string> answered_;  // DXPID and Message-ID
  std::vector<Late> late_;
  std::map<std::uint64_t, base::Time> half_written_;  // by the letter's number: when it becomes whole
  std::map<std::string, std::string> complaints_;     // the last one about each; it is not repeated
};

}  // namespace tools::platform

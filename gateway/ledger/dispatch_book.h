// What dispatch asks of the ledger: what is due, the bytes of messages, and how each delivery went.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "gateway/ledger/records.h"

namespace gateway::ledger {

class DispatchBook {
 public:
  virtual ~DispatchBook() = default;

  // Enterprises take turns, so that none waits for another's backlog: from the one behind `after` on, round to it.
  struct Turn {
    std::span<const std::string> busy = {};  // these are left out
    std::string after = {};
  };
  // The oldest `most` of each enterprise, together no more than four times as many; without those that another gateway
  // is sealing.
  virtual std::vector<DueDocument> due_documents(const std::string& port, base::Time now, std::size_t most,
                                                 const Turn& turn) = 0;
  // Makes them this gateway's to seal for `claim_lasts`; gives those that it got. Alone on its ledger it gets them all.
  static constexpr std::chrono::seconds claim_lasts{60};
  virtual std::vector<DocumentRef> claim(std::span<const DocumentRef> documents) = 0;
  // Keeps the bytes and moves its documents accepted -> sealed; false: one of them has moved, nothing is written.
  virtual bool seal(const SealedMessage& message, std::span<const Move> moves, base::Time now) = 0;
  // The first of each enterprise, then the second of each, and so on.
  virtual std::vector<DueMessage> due_messages(const std::string& port, base::Time now, std::size_t most,
                                               const std::string& after) = 0;
  virtual std::string envelope_of(const std::string& message_guid) = 0;  // of a message that is kept
  // Messages with documents in this state that are due after `from + spread` become due between the two, in the order
  // in which they were. Gives their number.
  struct Forward {
    State state = State::deferred;
    base::Time from;
    std::chrono::milliseconds spread;
  };
  virtual std::size_t bring_forward(const std::string& port, const Forward& forward, std::size_t most) = 0;
  // What is due only after `latest` was put off by a clock that was ahead: it is due now. Gives the number of documents
  // and messages.
  virtual std::size_t bring_back(base::Time latest, base::Time now, std::size_t most) = 0;
  // Recorded before the first byte leaves. Returns the delivery's number. Nothing: no document of the message has to be
  // sent any more, or another gateway is sending it.
  virtual std::optional<std::int64_t> begin_delivery(const std::string& message_guid, base::Time now) = 0;
  // The one of this gateway's that is open, where it could not hear whether its beginning was kept.
  virtual std::optional<std::int64_t> begun_delivery(const std::string& message_guid) = 0;
  // Ends it and applies `next` to each document of the message inside the same transaction: it is given what the ledger
  // holds now, and returns the picture to write and when it is due again, or nothing for "no move". One that has been
  // ended already changes nothing; a refused one does not count among those that were begun.
  enum class Message { stays, is_left };  // the document's place in it, where the message was refused as a whole
  struct Next {
    Picture picture;
    std::optional<base::Time> due;
    Message message = Message::stays;
  };
  using Decide = std::function<std::optional<Next>(const Standing&)>;
  struct Ending {
    DeliveryOutcome outcome;
    std::string answer;      // what the port said, or why it could not be asked
    std::string proof = {};  // the bytes that prove it (the MDN of AS2); the answer names their SHA-256
  };
  virtual void finish_delivery(std::int64_t delivery, const Ending& ending, base::Time now, const Decide& next) = 0;
  // Deliveries begun by a gateway that is gone: what a crash left behind. (number, message guid)
  virtual std::vector<std::pair<std::int64_t, std::string>> abandoned_deliveries() = 0;
};

}  // namespace gateway::ledger

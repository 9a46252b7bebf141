// Our folder on the server, where the partner puts messages and receipts (MDN): takes whole files, opens them, gives
// the messages in the order of their names until they are put away, and keeps receipts for whoever waits for them.
// Calls block and come from any thread, one at a time, but for receipt_of().
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "config/settings.h"
#include "gateway/channels/as3/answered_messages.h"
#include "gateway/channels/as3/incoming.h"
#include "gateway/channels/as3/sessions.h"
#include "gateway/channels/as3/unclaimed_receipts.h"
#include "gateway/channels/directory/sightings.h"

namespace gateway::channels::as3 {

inline constexpr std::size_t most_file_bytes = std::size_t{64} << 20;
inline constexpr std::size_t most_held_bytes = std::size_t{64} << 20;  // of what was read and not put away
inline constexpr std::size_t most_held = 2000;                         // files of those
inline constexpr std::size_t most_receipts = 1000;                     // that nobody has asked for yet
inline constexpr std::size_t most_remembered = 10000;                  // messages that were answered

struct Folders {
  std::string in, out;
  config::AfterReading after_reading = config::AfterReading::archive;
  std::chrono::milliseconds patience{30000};  // with a file that cannot be opened: it may still be growing
};

class InFolder {
 public:
  InFolder(Folders folders, Sessions& sessions) : folders_(std::move(folders)), sessions_(sessions) {}

  // Reads what is whole, for about as long as `longest`. Faults: those of FtpSession::list().
  base::Done look(const codecs::as2::Agreement& agreement, std::chrono::milliseconds longest);

  bool is_settling() const { return is_settling_; }  // a file is there of which it is not known whether it is whole

  // Of what has been read the first ones; they come again until they are put away.
  std::vector<std::string> give(std::size_t most);

  // What was given is durable: it is answered, then goes to archive/DATE/ or is removed; but not what has been written
  // to meanwhile. What cannot be answered or put away is not given again, and tried again with each look.
  void put_away(const codecs::as2::Agreement& agreement);

  // Of a message of ours, once it has come; it is kept for no further call. Safe beside the others.
  std::optional<Incoming> receipt_of(const std::string& message_id) { return receipts_.take(message_id); }

  std::string remarks() const;  // on what was set aside or cannot be put away

 private:
  enum class Way { archive, remove, corrupt };
  struct Held {
    Listed file;
    Incoming incoming;
    std::string digest;  // of a message
  };
  struct Leaving {
    Listed file;
    Incoming incoming;
    Way way = Way::archive;
    bool is_answered = false;
  };

  std::vector<Listed> whole_ones(const Listing& listing);
  void forget_what_is_gone(const Listing& listing);
  bool read(FtpSession& session, const Listed& file, const codecs::as2::Agreement& agreement);
  void sort_out();
  std::optional<Way> way_of(const Held& held);
  bool has_room_for(const Listed& file) const;
  void put_away_what_leaves(FtpSession& session, const Listing& listing, const codecs::as2::Agreement& agreement,
                            std::chrono::steady_clock::time_point end);
  base::Done make(FtpSession& session, const std::string& folder);
  base::Done put_away(FtpSession& session, Leaving& leaving, const codecs::as2::Agreement& agreement);
  base::Done answer(FtpSession& session, const Incoming& incoming, const codecs::as2::Agreement& agreement);
  base::Done dispose(FtpSession& session, const Leaving& leaving);
  Way way_after_reading() const;

  const Folders folders_;
  Sessions& sessions_;
  directory::Sightings sightings_;
  bool is_settling_ = false;
  std::map<std::string, Held> held_;        // by name
  std::map<std::string, Leaving> leaving_;  // likewise
  std::vector<std::string> given_;
  AnsweredMessages answered_{most_remembered};
  std::set<std::string> made_;  // folders in ours
  std::size_t set_aside_ = 0;
  std::string trouble_;         // with answering or putting away
  std::string last_set_aside_;  // why

  UnclaimedReceipts receipts_{most_receipts};
};

}  // namespace gateway::channels::as3

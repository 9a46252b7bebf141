// What notify asks of the ledger: notices are made from the feed of changes and kept until they are heard or given up.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/ledger/records.h"

namespace gateway::ledger {

class NoticesBook {
 public:
  virtual ~NoticesBook() = default;

  // The client's notices begin with what changes from now on; one that has begun already goes on where it stands.
  virtual void begin_notices(const std::string& client) = 0;
  // Writes a notice for each of the next `most` changes of the feed that are of these enterprises (empty: all), and
  // where the client stands in the feed. Gives how many changes it went on by.
  virtual std::size_t make_notices(const std::string& client, std::span<const std::string> enterprises,
                                   std::size_t most, base::Time now) = 0;
  // Those that wait with no earlier one of the same document waiting.
  // What is due only after `latest` was put off by a clock that was ahead: it is due now. Gives the number.
  virtual std::size_t bring_back_notices(const std::string& client, base::Time latest, base::Time now) = 0;
  virtual std::vector<Notice> due_notices(const std::string& client, base::Time now, std::size_t most) = 0;
  struct NoticeEnd {
    std::int64_t number = 0, revision = 0;  // as read
    NoticeState to = NoticeState::waiting;
    std::optional<base::Time> due;  // where it goes on waiting
    std::string answer;
  };
  // Writes an attempt. False: the notice has changed meanwhile, nothing is written.
  virtual bool finish_notice(const NoticeEnd& end, base::Time now) = 0;
  virtual NoticePage notices(const NoticeQuery& query) = 0;
  virtual std::optional<Notice> notice(std::int64_t number) = 0;
  // Due again at once, as if they were new; gives how many. Oldest first, at most `query.limit`; its cursor is not
  // read.
  struct Ordered {
    std::string by;
    base::Time at;
  };
  virtual std::size_t resend_notices(const NoticeQuery& query, const Ordered& ordered) = 0;
  virtual bool resend_notice(std::int64_t number, const Ordered& ordered) = 0;  // false: there is none
  // Deletes `most` notices in this state that ended before; gives how many there were.
  virtual std::size_t prune_notices(NoticeState state, base::Time ended_before, std::size_t most) = 0;
  virtual std::vector<NoticeBacklog> notice_backlog() = 0;  // of every client that has not heard all
};

}  // namespace gateway::ledger

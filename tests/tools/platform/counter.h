// The simulator as an enterprise sees it that hands in documents of any type, really signed, and reads what is said to
// them. Every document gets a guid and a later appTime of its own unless it says otherwise.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "codecs/ceb/message.h"
#include "tests/support/documents.h"
#include "tests/support/manual_clock.h"
#include "tests/tools/platform_documents.h"
#include "tools/platform/inbox.h"

namespace tests::tools {

struct CounterTerms {
  ::tools::platform::Enterprises enterprises{};
  ::tools::platform::Habits habits{};
  std::string scenario = "";
  ::tools::platform::Rulebook rules = platform_rules();
};

class Counter {
 public:
  using Way = ::tools::platform::Way;
  explicit Counter(CounterTerms terms = {});
  Counter(const Counter&) = delete;
  Counter& operator=(const Counter&) = delete;

  // Of tests/support/documents.h, with fields of the head changed.
  codecs::ceb::Element document(const std::string& type, const std::string& sale, const Changes& changes = {});

  // What is said to the documents of the message once all of it is due, by status; infos() says how.
  std::vector<std::string> hand_in(const std::string& type, const std::vector<codecs::ceb::Element>& documents);
  std::vector<std::string> hand_in(const std::string& type, const std::string& sale, const Changes& changes = {});
  std::vector<std::string> bring(const std::string& type, const std::string& xml);  // a message as it is
  const std::vector<Record>& said() const { return said_; }
  std::string last_info() const { return said_.back().at("returnInfo"); }
  std::string last(const std::string& field) const;  // the newest that was told: invtNo, preNo
  void hand_in_siblings(const std::string& sale, const Changes& order = {}, const Changes& payment = {});

  ManualClock& clock() { return clock_; }
  ::tools::platform::Customs& customs() { return customs_; }
  ::tools::platform::Inbox& inbox() { return inbox_; }

 private:
  std::vector<Record> listed(const std::string& type);

  CounterTerms terms_;
  ManualClock clock_{*base::read_china_digits("20260131100000")};
  ::tools::platform::Inspection inspection_;
  ::tools::platform::Customs customs_;
  ::tools::platform::Inbox inbox_;
  std::vector<Record> said_;
  int handed_in_ = 0;
};

std::string unsigned_text(const std::string& type, const std::vector<codecs::ceb::Element>& documents);

}  // namespace tests::tools

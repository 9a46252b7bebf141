// One round of the archive: what an earlier round left half done is taken up, files past their time go, and the next
// documents leave. Each step is durable before the next begins, so that it may die between any two. Blocks; one thread
// at a time, except stop().
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "config/settings.h"
#include "gateway/archive/directory.h"
#include "gateway/archive/draft.h"
#include "gateway/ledger/ledger.h"

namespace gateway::archive {

inline constexpr std::size_t looked_at_a_time = 100;     // documents, in one look at the ledger
inline constexpr std::size_t looked_at_a_round = 5'000;  // likewise, until others are let in
inline constexpr std::size_t taken_at_a_time = 50;       // documents, in one transaction
inline constexpr std::size_t swept_at_a_time = 1'000;    // received records, likewise

enum class More { at_once, later };

class Round {
 public:
  Round(const config::Settings& settings, const Directory& directory, ledger::Ledger& ledger, const base::Clock& clock);

  // Does nothing while another gateway has the turn. Throws where the directory or the ledger cannot be written: the
  // next round goes on.
  More run();
  void stop() { stopping_ = true; }

 private:
  void take_up();
  void take_up(const std::string& name, const ledger::ArchiveFile* named);
  void drop_what_is_past_its_time();
  More archive_next();
  void fill(Draft& draft, const ledger::Retention& retention);
  std::optional<std::size_t> take_out(const std::string& name, const Index& index);  // nothing: cut short
  bool sweep();
  bool goes_on();  // this gateway still has the turn, and is not asked to stop
  ledger::Retention retention() const;
  void leave_alone(const std::string& name, const std::string& why);

  const config::Archive& settings_;
  std::vector<std::string> told_clients_;
  const Directory& directory_;
  ledger::Ledger& ledger_;
  const base::Clock& clock_;
  std::string looked_up_to_;
  std::int64_t swept_up_to_ = 0;
  std::set<std::string> left_alone_;  // said once
  std::atomic<bool> stopping_{false};
};

}  // namespace gateway::archive

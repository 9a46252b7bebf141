#include "gateway/archive/round.h"

#include <algorithm>
#include <map>
#include <span>
#include <stdexcept>
#include <utility>

#include "base/digest.h"
#include "base/failpoint.h"
#include "base/guid.h"
#include "base/log.h"

namespace gateway::archive {

namespace {

using base::LogLevel;

std::string new_name(base::Time now) {
  constexpr std::size_t random_end = 24;  // what comes before tells the time
  return "cebgate-" + base::china_digits14(now) + "-" + base::new_guid().substr(random_end);
}

std::vector<ledger::WrittenDocument> documents_in(const Index& index) {
  std::vector<ledger::WrittenDocument> documents;
  for (const Entry& entry : index.entries) {
    if (entry.kind == Entry::Kind::document) documents.push_back({entry.name, entry.mark, entry.place});
  }
  return documents;
}

}  // namespace

Round::Round(const config::Settings& settings, const Directory& directory, ledger::Ledger& ledger,
             const base::Clock& clock)
    : settings_(*settings.archive), directory_(directory), ledger_(ledger), clock_(clock) {
  for (const auto& client : settings.clients) {
    if (client.notifying && !client.enterprises.empty()) told_clients_.push_back(client.name);
  }
}

bool Round::goes_on() { return !stopping_ && ledger_.take_turn("archive"); }

More Round::run() {
  if (!goes_on()) return More::later;
  if (const auto ready = directory_.prepare(); !ready) throw std::runtime_error(ready.faults().front().en);
  directory_.drop_unfinished();
  take_up();
  drop_what_is_past_its_time();
  if (!settings_.after) return More::later;
  const bool has_more_records = sweep();
  const More more = archive_next();
  return has_more_records ? More::at_once : more;
}

// Files that the ledger does not name, or whose documents have not all left: a gateway died there.
void Round::take_up() {
  std::map<std::string, ledger::ArchiveFile> named;
  for (auto& file : ledger_.archive_files()) named.emplace(file.name, file);
  const auto names = directory_.names();
  for (const std::string& name : names) {
    const auto known = named.find(name);
    if (known == named.end()) {
      take_up(name, nullptr);
    } else if (!known->second.is_whole) {
      take_up(name, &known->second);
    }
  }
  for (const auto& [name, file] : named) {
    if (!std::ranges::binary_search(names, name)) leave_alone(name, "the file is not in the archive's directory");
  }
}

void Round::take_up(const std::string& name, const ledger::ArchiveFile* named) {
  if (left_alone_.contains(name)) return;
  const auto index = directory_.read_index(name);
  if (!index) return leave_alone(name, index.faults().front().en);
  const auto frames = directory_.read(name);
  if (!frames || base::sha256_hex(*frames) != index->file_digest) {
    return leave_alone(name, "its digest is not the one that its index states");
  }
  const auto taken = take_out(name, *index);
  if (!taken) return;
  if (taken == 0 && named == nullptr) return leave_alone(name, "the ledger lets none of its documents go");
  ledger_.finish_file(name);
  base::log(LogLevel::info, "archive", name + ": taken up again, " + std::to_string(*taken) + " documents");
}

void Round::leave_alone(const std::string& name, const std::string& why) {
  if (!left_alone_.insert(name).second) return;
  base::log(LogLevel::warning, "archive", name + " is left alone: " + why);
}

// The files first: what the ledger names still is found and dropped the next time.
void Round::drop_what_is_past_its_time() {
  const base::Time before = clock_.now() - settings_.keep;
  for (const auto& file : ledger_.archive_files()) {
    if (file.newest_change >= before || !file.is_whole) continue;
    directory_.remove(file.name);
    base::failpoint("archive.removed");
    ledger_.drop_file(file.name);
    base::log(LogLevel::info, "archive",
              file.name + " is removed: the last change in it was at " + base::rfc3339(file.newest_change));
  }
}

ledger::Retention Round::retention() const {
  const base::Time now = clock_.now();
  return {now - *settings_.after, told_clients_, now};
}

More Round::archive_next() {
  Draft draft;
  fill(draft, retention());
  const bool is_through = looked_up_to_.empty();
  if (draft.is_empty()) return More::later;  // what may not leave yet is not looked through without a pause
  const std::string name = new_name(clock_.now());
  const Index index = draft.index(clock_.now());
  directory_.store(name, draft.frames(), written(index));
  base::failpoint("archive.stored");
  const auto taken = take_out(name, index);
  // What is left is taken up by the next round, here or elsewhere. The file stays whatever happens: another gateway may
  // have taken it up meanwhile.
  if (!taken || taken == 0) return More::later;
  base::failpoint("archive.taken");
  ledger_.finish_file(name);
  base::log(LogLevel::info, "archive", name + ": " + std::to_string(*taken) + " documents");
  return is_through ? More::later : More::at_once;
}

void Round::fill(Draft& draft, const ledger::Retention& retention) {
  for (std::size_t looked_at = 0; looked_at < looked_at_a_round && !draft.is_full() && goes_on();
       looked_at += looked_at_a_time) {
    const ledger::Harvest harvest = ledger_.finished_documents(retention, looked_up_to_, looked_at_a_time);
    looked_up_to_ = harvest.next;
    for (const auto& document : harvest.documents) {
      for (const std::string& guid : document.messages) {
        if (draft.has_message(guid)) continue;
        if (const auto message = ledger_.kept_message(guid)) draft.add(*message);
      }
      draft.add(document);
    }
    if (looked_up_to_.empty()) return;
  }
}

std::optional<std::size_t> Round::take_out(const std::string& name, const Index& index) {
  ledger::ArchiveFile file;
  file.name = name;
  file.digest = index.file_digest;
  file.written_at = index.written_at;
  file.newest_change = index.newest_change;
  const auto documents = documents_in(index);
  const ledger::Retention now =
      settings_.after ? retention() : ledger::Retention{clock_.now(), told_clients_, clock_.now()};
  std::size_t taken = 0;
  for (std::size_t begin = 0; begin < documents.size(); begin += taken_at_a_time) {
    if (!goes_on()) return std::nullopt;
    const auto size = std::min(taken_at_a_time, documents.size() - begin);
    taken += ledger_.take_out(file, std::span(documents).subspan(begin, size), now);
    base::failpoint("archive.taking");
  }
  return taken;
}

bool Round::sweep() {
  const ledger::Sweep swept = ledger_.sweep_inbound(clock_.now() - *settings_.after, swept_up_to_, swept_at_a_time);
  swept_up_to_ = swept.next;
  return swept_up_to_ != 0;
}

}  // namespace gateway::archive

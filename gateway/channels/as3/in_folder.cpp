#include "gateway/channels/as3/in_folder.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "base/digest.h"
#include "gateway/channels/as3/ftp_words.h"
#include "gateway/channels/as3/posting.h"

namespace gateway::channels::as3 {

using codecs::as2::Agreement;
using codecs::as2::ReceiptWay;
using std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds longest_putting_away{2000};  // others wait for receipts; looks go on with it

// FTP tells no inode, and times in words of the server's own.
directory::Stamp stamp_of(const Listed& file) {
  return {0, file.bytes, static_cast<std::int64_t>(std::hash<std::string>()(file.written))};
}

const Listed* find_in(const Listing& listing, const std::string& name) {
  const auto found = std::ranges::lower_bound(listing.files, name, {}, &Listed::name);
  return found != listing.files.end() && found->name == name ? &*found : nullptr;
}

}  // namespace

base::Done InFolder::look(const Agreement& agreement, std::chrono::milliseconds longest) {
  auto session = sessions_.lend();
  const auto listing = session->list(folders_.in);
  if (!listing) return listing.faults();
  trouble_.clear();
  forget_what_is_gone(*listing);
  const auto begin = steady_clock::now(), end = begin + longest;
  put_away_what_leaves(*session, *listing, agreement, begin + longest / 2);
  for (const Listed& file : whole_ones(*listing)) {
    if (steady_clock::now() >= end || !has_room_for(file)) break;
    if (!read(*session, file, agreement)) break;
  }
  sort_out();
  return base::Nothing{};
}

// Not read yet, or written to since.
std::vector<Listed> InFolder::whole_ones(const Listing& listing) {
  std::vector<Listed> whole;
  is_settling_ = false;
  sightings_.begin_look({}, steady_clock::now());
  for (const Listed& file : listing.files) {
    if (is_temporary(file.name)) continue;
    const bool is_whole = sightings_.is_whole(file.name, stamp_of(file));
    is_settling_ = is_settling_ || !is_whole;
    if (is_whole && !held_.contains(file.name) && !leaving_.contains(file.name)) whole.push_back(file);
  }
  sightings_.end_look();
  return whole;
}

void InFolder::forget_what_is_gone(const Listing& listing) {
  const auto is_gone = [&](const auto& one) {
    const Listed* now = find_in(listing, one.first);
    return now == nullptr ? !listing.is_cut : *now != one.second.file;
  };
  std::erase_if(held_, is_gone);
  std::erase_if(leaving_, is_gone);
}

bool InFolder::has_room_for(const Listed& file) const {
  std::size_t bytes = 0;
  for (const auto& [name, held] : held_) bytes += held.incoming.bytes.size();
  return held_.size() < most_held && (bytes == 0 || bytes + file.bytes <= most_held_bytes);
}

// False: the server does not answer any more.
bool InFolder::read(FtpSession& session, const Listed& file, const Agreement& agreement) {
  if (file.bytes > most_file_bytes) {
    Incoming none;
    none.faults = {{"as3.too_large", file.name, "超过 64 MiB", "it is over 64 MiB", {}}};
    leaving_[file.name] = {file, std::move(none), Way::corrupt};
    return true;
  }
  auto bytes = session.download(folders_.in, file.name, most_file_bytes);
  if (!bytes) {
    const bool is_its_own = bytes.faults().front().code == "as3.file" || bytes.faults().front().code == "as3.too_large";
    trouble_ = words_of(bytes.faults());
    return is_its_own;
  }
  if (bytes->size() != file.bytes) return true;  // it is being written
  Held held{file, open_file(*std::move(bytes), agreement), {}};
  if (held.incoming.kind == Kind::message) held.digest = base::sha256_hex(held.incoming.bytes);
  if (held.incoming.kind == Kind::receipt) receipts_.keep(held.incoming);
  held_[file.name] = std::move(held);
  return true;
}

// What need not be held any longer.
void InFolder::sort_out() {
  for (auto one = held_.begin(); one != held_.end();) {
    const auto way = way_of(one->second);
    if (way) leaving_[one->first] = {one->second.file, std::move(one->second.incoming), *way};
    one = way ? held_.erase(one) : std::next(one);
  }
}

std::optional<InFolder::Way> InFolder::way_of(const Held& held) {
  const auto still_for = sightings_.still_for(held.file.name);
  switch (held.incoming.kind) {
    case Kind::message:
      if (answered_.contains(held.incoming.message_id, held.digest)) return way_after_reading();
      break;
    case Kind::receipt:  // several gateways may share the folder: the one that waits takes it first
      if (!receipts_.contains(held.incoming.message_id) || still_for >= 2 * folders_.patience)
        return way_after_reading();
      break;
    case Kind::unreadable:
      if (still_for >= folders_.patience) return Way::corrupt;
      break;
  }
  return std::nullopt;
}

InFolder::Way InFolder::way_after_reading() const {
  return folders_.after_reading == config::AfterReading::archive ? Way::archive : Way::remove;
}

// A message that was put there twice is given once.
std::vector<std::string> InFolder::give(std::size_t most) {
  std::vector<std::string> records;
  std::map<std::string, std::string> given;
  given_.clear();
  for (const auto& [name, held] : held_) {
    if (held.incoming.kind != Kind::message || records.size() >= most) continue;
    const auto [other, is_first] = given.emplace(held.incoming.message_id, held.digest);
    if (!is_first && other->second == held.digest) continue;
    records.push_back(held.incoming.bytes);
    given_.push_back(name);
  }
  return records;
}

void InFolder::put_away(const Agreement& agreement) {
  auto session = sessions_.lend();
  for (const std::string& name : std::exchange(given_, {})) {
    const auto one = held_.find(name);
    if (one == held_.end()) continue;
    answered_.remember(one->second.incoming.message_id, one->second.digest);
    leaving_[name] = {one->second.file, std::move(one->second.incoming), way_after_reading()};
    held_.erase(one);
  }
  const auto listing = session->list(folders_.in);
  if (!listing) return;  // the next look says so, and does it
  forget_what_is_gone(*listing);
  put_away_what_leaves(*session, *listing, agreement, steady_clock::now() + longest_putting_away);
}

void InFolder::put_away_what_leaves(FtpSession& session, const Listing& listing, const Agreement& agreement,
                                    steady_clock::time_point end) {
  for (auto one = leaving_.begin(); one != leaving_.end() && steady_clock::now() < end;) {
    const auto done = find_in(listing, one->first) == nullptr ? base::Done(base::Nothing{})
                                                              : put_away(session, one->second, agreement);
    if (!done) trouble_ = words_of(done.faults());
    if (!done && done.faults().front().code == "as3.unreachable") return;
    one = done ? leaving_.erase(one) : std::next(one);
  }
}

base::Done InFolder::put_away(FtpSession& session, Leaving& leaving, const Agreement& agreement) {
  if (!leaving.is_answered) {
    if (auto done = answer(session, leaving.incoming, agreement); !done) return done;
    leaving.is_answered = true;
  }
  return dispose(session, leaving);
}

base::Done InFolder::answer(FtpSession& session, const Incoming& incoming, const Agreement& agreement) {
  if (incoming.kind == Kind::receipt || incoming.request.way == ReceiptWay::none) return base::Nothing{};
  const auto file = answer_to(incoming, agreement);
  if (!file) return file.faults();
  Posting posting;
  const Answer put = posting.put(session, folders_.out, file->name, file->bytes);
  if (put.outcome == Outcome::confirmed) return base::Nothing{};
  return base::Fault{"as3.unreachable", folders_.out, put.text, put.text, {}};
}

// In the archive names begin with the time, so that one file does not replace another.
base::Done InFolder::dispose(FtpSession& session, const Leaving& leaving) {
  const std::string& name = leaving.file.name;
  if (leaving.way == Way::remove) return session.remove(folders_.in, name);
  const std::string now = base::china_digits17(base::SystemClock().now());
  constexpr std::size_t date_digits = 8;
  std::string to = leaving.way == Way::archive ? "archive" : "corrupt";
  if (auto made = make(session, to); !made) return made;
  if (leaving.way == Way::archive) {
    to += "/" + now.substr(0, date_digits);
    if (auto made = make(session, to); !made) return made;
  }
  const Renaming renaming = session.rename(folders_.in, name, to + "/" + now.substr(date_digits) + "-" + name);
  if (renaming.renamed != Renamed::yes) {
    made_.clear();  // somebody may have removed it
    return renaming.faults;
  }
  if (leaving.way == Way::corrupt) {
    ++set_aside_;
    last_set_aside_ = name + ": " + words_of(leaving.incoming.faults);
  }
  return base::Nothing{};
}

// Once, not with every file.
base::Done InFolder::make(FtpSession& session, const std::string& folder) {
  if (made_.contains(folder)) return base::Nothing{};
  auto done = session.make_folder(folders_.in, folder);
  if (done) made_.insert(folder);
  return done;
}

std::string InFolder::remarks() const {
  std::string remarks = trouble_;
  if (set_aside_ > 0) {
    remarks += (remarks.empty() ? "" : "; ") + std::to_string(set_aside_) + " 个无法读取的文件已移至 " + folders_.in +
               "/corrupt / files that cannot be read were moved there; the last: " + last_set_aside_;
  }
  return remarks;
}

}  // namespace gateway::channels::as3

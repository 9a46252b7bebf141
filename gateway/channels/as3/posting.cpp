#include "gateway/channels/as3/posting.h"

#include <mutex>
#include <set>

#include "gateway/channels/as3/ftp_words.h"

namespace gateway::channels::as3 {

namespace {

// A name that no other writer of this program uses at the same time, and the same again later: what a killed gateway
// has left is written over.
class TemporaryName {
 public:
  explicit TemporaryName(const std::string& name) {
    const std::lock_guard lock(mutex());
    for (int number = 1;; ++number) {
      text_ = name + "." + std::to_string(number) + ".tmp";
      if (in_use().insert(text_).second) return;
    }
  }
  TemporaryName(const TemporaryName&) = delete;
  TemporaryName& operator=(const TemporaryName&) = delete;
  ~TemporaryName() {
    const std::lock_guard lock(mutex());
    in_use().erase(text_);
  }
  const std::string& text() const { return text_; }

 private:
  static std::mutex& mutex() {
    static std::mutex one;
    return one;
  }
  static std::set<std::string>& in_use() {
    static std::set<std::string> names;
    return names;
  }
  std::string text_;
};

}  // namespace

Answer Posting::put(FtpSession& session, const std::string& folder, const std::string& name, std::string_view bytes) {
  const TemporaryName temporary(folder + "/" + name);
  const std::string other = temporary.text().substr(folder.size() + 1);
  if (const auto done = session.upload(folder, other, bytes); !done) {
    // What is left of it is no harm: it is written over by the next try.
    return {Outcome::unreachable, words_of(done.faults())};
  }
  if (!goes_on()) {
    const auto removed = session.remove(folder, other);
    return {Outcome::unreachable, removed ? "given up" : words_of(removed.faults())};
  }
  const Renaming renaming = session.rename(folder, other, name);
  if (renaming.renamed == Renamed::yes) return {Outcome::confirmed, folder + "/" + name};
  return {renaming.renamed == Renamed::unknown ? Outcome::unknown : Outcome::unreachable, words_of(renaming.faults)};
}

bool Posting::goes_on() {
  Stage uploading = Stage::uploading;
  return stage_.compare_exchange_strong(uploading, Stage::renaming);
}

bool Posting::give_up() {
  Stage uploading = Stage::uploading;
  return stage_.compare_exchange_strong(uploading, Stage::given_up);
}

}  // namespace gateway::channels::as3

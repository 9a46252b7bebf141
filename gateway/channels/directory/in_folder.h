// The folder that a vendor's client puts receipts into: gives its whole files in their order, and puts them away once
// they are durable elsewhere. Calls block and come from any thread, one at a time.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "config/settings.h"
#include "gateway/channels/directory/sightings.h"

namespace gateway::channels::directory {

inline constexpr std::size_t most_file_bytes = std::size_t{32} << 20;     // a DxpMsg round 16 MiB in Base64, and more
inline constexpr std::size_t most_bytes_at_once = std::size_t{64} << 20;  // of one look
inline constexpr std::size_t most_entries = 100000;                       // of the folder, that one look regards

struct Incoming {
  std::string name, bytes;
  base::Time written_at;
};

struct Look {
  std::vector<Incoming> files;
  bool is_settling = false;  // a file is there of which it is not known yet whether it is whole
  std::string remarks;       // on what was set aside or cannot be put away
};

class InFolder {
 public:
  InFolder(std::filesystem::path folder, config::AfterReading after_reading);

  // The oldest ones, at most so many; `closed`: nobody has written to these since the last look. What is too large or
  // cannot be read goes to corrupt/. Fault: channel.folder.
  base::Result<Look> look(const std::set<std::string>& closed, std::size_t most);

  // What the last look gave goes to archive/DATE/ or is removed; but not what has been written to meanwhile. What
  // cannot be put away is not given again, and tried again by each look.
  void put_away(base::Time now);

 private:
  struct Entry {
    std::string name;
    Stamp stamp;
    bool is_regular = true;
  };

  std::vector<Entry> entries() const;
  static std::optional<Entry> entry_of(const std::filesystem::path& file);
  std::vector<Entry> whole_ones(std::vector<Entry> all, const std::set<std::string>& closed, Look& look);
  std::optional<std::string> read(const Entry& entry);  // nothing: not now, or set aside
  void set_aside(const Entry& entry);
  void put_away_what_is_left();
  std::string remarks() const;

  std::filesystem::path folder_;
  config::AfterReading after_reading_;
  Sightings sightings_;
  std::vector<Entry> given_;           // by the last look
  std::map<std::string, Stamp> left_;  // to be put away
  std::string archived_on_;            // the day of the archive that they go to
  std::size_t set_aside_ = 0;
  std::string trouble_;  // with putting away
};

}  // namespace gateway::channels::directory

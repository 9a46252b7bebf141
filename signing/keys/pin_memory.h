// Remembers across restarts that a key refused a PIN, so that a service manager that starts the gateway again and again
// does not lock the card. A line for each key: digest of its URI, salt, scrypt of the PIN; a damaged line counts as
// none. The file is re-read at every call, so that programs may share it one after another. Safe from every thread.
#pragma once

#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/secret.h"

namespace signing::keys {

class PinMemory {
 public:
  explicit PinMemory(std::filesystem::path file);  // empty: for the life of this object only
  const std::filesystem::path& file() const { return file_; }

  // Takes some 50 ms where the key is remembered. Another PIN than the newest refused one is not refused.
  bool was_refused(const std::string& key_uri, const base::Secret& pin) const;

  // In the place of the PIN that was refused before; of more than 256 keys the oldest are forgotten. Fault key.memory
  // where the file cannot be written: this object remembers all the same.
  base::Done remember(const std::string& key_uri, const base::Secret& pin);

  // Whether remember() could write; to be asked before a PIN is tried. Fault key.memory.
  base::Done check() const;

 private:
  using Lines = std::vector<std::string>;

  base::Result<Lines> read() const;
  base::Done write(const Lines& lines) const;

  std::filesystem::path file_;
  mutable std::mutex mutex_;
  Lines own_;  // what this object was told
};

}  // namespace signing::keys

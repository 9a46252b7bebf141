// What was delivered, one JSON line each, in a file only its owner may read: it holds whole messages. A line is on the
// disk before the delivery is answered. A last line that was not finished is cut off at opening. One thread.
#pragma once

#include <filesystem>
#include <functional>

#include "base/clock.h"
#include "base/result.h"
#include "tools/platform/arrival.h"

namespace tools::platform {

class Journal {
 public:
  using Replay = std::function<void(const Delivery& delivery, base::Time at)>;

  // Gives everything the file holds to `replay`, then goes on behind it. Faults: state.open, state.line (with the
  // line).
  static base::Result<Journal> open(const std::filesystem::path& file, const Replay& replay);
  Journal(Journal&& other) noexcept;
  Journal& operator=(Journal&&) = delete;
  ~Journal();

  base::Done append(const Delivery& delivery, base::Time at);  // fault: state.write; the file is then as it was before

 private:
  explicit Journal(int descriptor, std::filesystem::path file) : descriptor_(descriptor), file_(std::move(file)) {}
  int descriptor_ = -1;
  std::filesystem::path file_;
};

}  // namespace tools::platform

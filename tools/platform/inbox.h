// Where everything that reaches the platform is handed in, whichever way it came: kept, inspected, taken by customs. A
// restart takes what was kept once more and comes to the same answers. One thread; what is referred to outlives it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>

#include "base/clock.h"
#include "base/result.h"
#include "tools/platform/customs.h"
#include "tools/platform/dxp_desk.h"
#include "tools/platform/inspection.h"
#include "tools/platform/journal.h"

namespace tools::platform {

class Inbox {
 public:
  Inbox(const Inspection& inspection, Customs& customs, const base::Clock& clock,
        std::size_t most_messages = 1'000'000);

  // From now on, after everything that the file holds has been taken. Faults: state.open, state.line.
  base::Done keep_in(const std::filesystem::path& file);

  base::Result<Reception> take(const Delivery& delivery);  // faults: platform.full, state.write; it was not taken then

 private:
  Reception judge(const Delivery& delivery, base::Time at);

  const Inspection& inspection_;
  Customs& customs_;
  DxpDesk desk_;
  const base::Clock& clock_;
  std::size_t most_messages_;
  std::optional<Journal> journal_;
};

}  // namespace tools::platform

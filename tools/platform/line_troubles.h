// Which harm a message brings upon the line by which it comes: the triggers of the documents in it, for the first time
// that it passes. What cannot be read brings none. One thread; what is referred to outlives it.
#pragma once

#include <set>
#include <string>

#include "base/clock.h"
#include "tools/platform/customs.h"
#include "tools/platform/inspection.h"

namespace tools::platform {

class LineTroubles {
 public:
  LineTroubles(const Inspection& inspection, const Customs& customs, const base::Clock& clock)
      : inspection_(inspection), customs_(customs), clock_(clock) {}

  // The content as it passed: a DxpMsg, perhaps with what a broker's protocol puts round it.
  LineHarm harm_of(const std::string& content);

 private:
  const Inspection& inspection_;
  const Customs& customs_;
  const base::Clock& clock_;
  std::set<std::string> struck_;  // guids of messages
};

}  // namespace tools::platform

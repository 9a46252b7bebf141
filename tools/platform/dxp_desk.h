// The data exchange platform with E-Port behind it: opens an enterprise's DxpMsg, has the message inspected and taken
// by customs, and writes what the two say of a whole message (DxpRep, CEB900) into the book of receipts. One thread.
#pragma once

#include <set>
#include <string>

#include "base/clock.h"
#include "tools/platform/arrival.h"
#include "tools/platform/customs.h"
#include "tools/platform/dxp_letters.h"
#include "tools/platform/inspection.h"

namespace tools::platform {

class DxpDesk {
 public:
  DxpDesk(const Inspection& inspection, Customs& customs) : inspection_(inspection), customs_(customs) {}

  // `refused`: the message is to be brought again; `answer_lost`: it is taken, and the one who brought it is not to
  // learn it.
  Reception take(const Delivery& delivery, base::Time at);

 private:
  Reception turn_away(const Delivery& delivery, base::Time at, base::Faults faults);

  void reply(const Answered& answered, const std::string& code, const std::string& reason, base::Time at);

  const Inspection& inspection_;
  Customs& customs_;
  std::set<std::string> replied_;  // guids of messages that a trigger has had turned away once
};

}  // namespace tools::platform

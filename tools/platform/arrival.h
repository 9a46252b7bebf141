// One delivery of one message, and what inspecting it found. Plain data.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/fault.h"
#include "codecs/ceb/message.h"

namespace tools::platform {

struct SignatureVerdict {
  bool valid = false;
  std::string dialect, reason;
};

struct Arrival {
  base::Time at;
  std::string guid, type, dxp_id, cop_code;  // "" where they cannot be read
  std::vector<codecs::ceb::Element> documents;
  base::Faults faults;                // why the message is not taken at all: its form or its schema
  SignatureVerdict signature;         // judged only where there are no faults
  std::vector<std::string> contents;  // for each document what the rules say against it, "" for nothing
  std::string enterprise;             // what is wrong with the transmitting enterprise, "" for nothing
};

}  // namespace tools::platform

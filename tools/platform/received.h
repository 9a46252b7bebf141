// What GET /_received shows: one entry for each root guid, with how often it was delivered. One thread.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "tools/platform/arrival.h"

namespace tools::platform {

struct ReceivedMessage {
  std::string guid, type, dxp_id, cop_code;
  std::vector<std::string> keys;
  SignatureVerdict signature;
  base::Faults faults;
  base::Time at;            // of the first delivery
  unsigned deliveries = 0;  // with those that were answered 500
  unsigned taken = 0;       // without them
};

class ReceivedMessages {
 public:
  // The entry of this arrival, which tells what the newest delivery was like. Messages without a guid stand for
  // themselves.
  ReceivedMessage& note(const Arrival& arrival, std::vector<std::string> keys);
  std::size_t size() const { return messages_.size(); }
  std::string json() const;

 private:
  std::vector<ReceivedMessage> messages_;
  std::map<std::string, std::size_t, std::less<>> by_guid_;
};

}  // namespace tools::platform

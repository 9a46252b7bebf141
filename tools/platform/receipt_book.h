// Every receipt ever made, by DXPID and receipt type, in the order in which listings show them. One thread.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"

namespace tools::platform {

class ReceiptBook {
 public:
  void add(const std::string& dxp_id, const std::string& receipt_type, base::Time received_at, std::string record);

  // From `since` to `now`, both included.
  std::vector<std::string> records(const std::string& dxp_id, const std::string& receipt_type, base::Time since,
                                   base::Time now) const;

 private:
  std::map<std::pair<std::string, std::string>, std::multimap<base::Time, std::string>> records_;
};

}  // namespace tools::platform

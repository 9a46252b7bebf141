// The numbers E-Port and customs give to a document: made from its key, so that a restart gives the same ones. One
// thread.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace tools::platform {

struct PortNumbers {
  std::string pre_no;        // B20230807000722460
  std::string invt_no;       // 64092023I000722460
  std::string customs_guid;  // what ties the records of one document together
  std::string port_guid;     // E-Port's own serial of it
};

std::string guid_from(std::string_view text);  // always the same for the same text

class Numbering {
 public:
  const PortNumbers& numbers(const std::string& key, std::string_view customs_code, base::Time at);

 private:
  std::uint32_t free_serial(std::string_view key);

  std::map<std::string, PortNumbers> given_;
  std::set<std::uint32_t> serials_;
};

}  // namespace tools::platform

// The numbers E-Port and customs give to a document: made from its key and the seed, so that a restart gives the same
// ones (报文规范 202205 §2.11.4, §2.19.4, §3.17.4). One thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace tools::platform {

struct PortNumbers {
  std::string pre_no;        // B20230807000722460
  std::string invt_no;       // 64092023I000722460, of inventories
  std::string sum_no;        // S20230807000722460, of summaries
  std::string serial;        // 000722460
  std::string customs_guid;  // what ties the records of one document together
  std::string port_guid;     // E-Port's own serial of it
};

// What the numbers of a document are made from.
struct Numbered {
  std::string key, pre_no = "B";  // E-Port's number begins with that
  std::string given;              // what customs numbers it by: invtNo, sumNo; empty: by nothing
  char mark = 'I';                // import or export
  std::string customs_code;
  base::Time at;
};

std::string guid_from(std::string_view text);  // always the same for the same text

class Numbering {
 public:
  explicit Numbering(std::string seed = "") : seed_(std::move(seed)) {}

  const PortNumbers& numbers(const Numbered& document);
  std::optional<std::string> key_of(std::string_view invt_no) const;  // nothing for one that was not given here

 private:
  std::uint32_t free_serial(std::string_view key);

  std::string seed_;
  std::map<std::string, PortNumbers, std::less<>> given_;
  std::map<std::string, std::string, std::less<>> keys_;  // by invtNo
  std::set<std::uint32_t> serials_;
};

}  // namespace tools::platform

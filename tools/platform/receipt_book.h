// Every answer of the platform and of customs: records by DXPID and receipt type, in the order in which listings show
// them, and letters on the data exchange platform, which stay until they have been handed over. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "tools/platform/arrival.h"

namespace tools::platform {

enum class Handing { whole, in_halves };  // in_halves: where the way of handing over knows halves

// What is put into an enterprise's queue or folder.
struct Letter {
  base::Time due;
  Way way = Way::folders;  // by which it leaves
  std::string dxp_id;      // whose
  std::string type, id;    // of what is in it: "CEB312Message", CopMsgId
  std::string bytes;       // a DxpMsg or a DxpRep
  Handing handing = Handing::whole;
  std::uint64_t number = 0;  // the book's own
};

// Without its ending. Who reads a folder in the order of names reads letters in the order in which they are handed
// over.
std::string file_name_of(const Letter& letter);

class ReceiptBook {
 public:
  void add(const std::string& dxp_id, const std::string& receipt_type, base::Time received_at, std::string record);
  void add(Letter letter);

  // From `since` to `now`, both included.
  std::vector<std::string> records(const std::string& dxp_id, const std::string& receipt_type, base::Time since,
                                   base::Time now) const;

  // What is due that way and has not been handed over, oldest first.
  std::vector<Letter> letters(Way way, base::Time now, std::size_t most) const;
  void handed_over(const Letter& letter);

 private:
  std::map<std::pair<std::string, std::string>, std::multimap<base::Time, std::string>> records_;
  std::map<std::tuple<Way, base::Time, std::uint64_t>, Letter> letters_;
  std::uint64_t numbered_ = 0;
};

}  // namespace tools::platform

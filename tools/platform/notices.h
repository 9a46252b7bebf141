// What customs tells unasked: tax sheets and their status, results of summaries, as messages over the data exchange
// platform (报文规范 202205 §2.23, §3.17, §3.18). Pure.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "codecs/ceb/message.h"
#include "schemas/catalog.h"
#include "tools/platform/numbering.h"
#include "tools/platform/rulebook.h"
#include "tools/platform/store.h"

namespace tools::platform {

// An inventory that a summary names; its document is null where it is not known.
struct Summarised {
  std::string invt_no;
  const Submission* inventory = nullptr;
};

struct NoticeFacts {
  const Submission& about;
  const PortNumbers& numbers;
  const Purchase* purchase = nullptr;  // what its taxes are reckoned from
  std::vector<Summarised> inventories{};
  base::Time at;
};

// The invtNo of each row.
std::vector<std::string> inventories_named(const Submission& summary);

// A document of the notice's type, with what the row of the table sets, what the declaration has of the same name, and
// what customs makes.
codecs::ceb::Element notice_body(const schemas::MessageType& notice, const NoticeRow& row, const NoticeFacts& facts);

}  // namespace tools::platform

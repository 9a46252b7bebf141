// How E-Port and customs treat each declaration and what they say, as data (schemas/platform): ways, codes with the
// occasions that deserve them, limits, notices. Faults: data.file, data.column, data.row. Immutable after loading, so
// every thread may use it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "schemas/catalog.h"
#include "tools/platform/amounts.h"
#include "tools/platform/occasion.h"

namespace tools::platform {

struct Treatment {
  std::vector<std::string> way;          // the usual statuses
  std::string draft_app_status;          // kept at E-Port only, answered 1; empty: there are no drafts
  std::vector<std::string> again_after;  // last statuses after which appType 1 may come again
  std::string fixed_from;                // from this status on neither changed nor deleted; empty: never fixed
  std::string noun;                      // "清单" in 清单新增申报成功; mostly empty
  std::vector<std::pair<std::string, std::string>> named;  // field and label, in brackets behind it
  std::string pre_no;                                      // what E-Port's number begins with
  std::string given;                      // the number of its own that customs gives: invtNo, sumNo; empty: none
  std::string inventory;                  // type of what its invtNo names; empty: nothing
  std::vector<std::string> inventory_at;  // statuses that it may then have
  std::string ends;                       // the status that cancels that one; empty: none does
};

// What is answered on an occasion.
struct Saying {
  std::vector<std::string> types;
  std::vector<Occasion> occasions;
  std::string code, text, source;
};

// Of a buyer's purchases; 0: no limit.
struct Limits {
  Amount single = 0, annual = 0;
};

// What a buyer's purchases are, in the inventories of a type.
struct Purchase {
  std::string type, buyer;           // the field of the head that names the buyer
  std::vector<std::string> amounts;  // of the head
  std::string row_amount;
  Limits limits;
  Amount vat = 0;  // of one yuan
};

struct NoticeRow {
  std::string of, after, notice;
  std::vector<std::pair<std::string, std::string>> sets;  // field and value; a value that is empty is given by customs
  std::string rows;                                       // goods, inventories; empty: none
};

// A code of table 7-2 that is not answered unless a trigger asks for it.
struct Unclaimed {
  std::vector<std::string> codes;
  std::string zh, en;
};

class Rulebook {
 public:
  // directory: the folder of customs data.
  static base::Result<Rulebook> load(const std::filesystem::path& directory, const schemas::Catalog& catalog);

  const Treatment& treatment(std::string_view type) const { return treatments_.find(type)->second; }
  const Saying* saying(std::string_view type, Occasion occasion) const;  // nothing: nothing is said
  std::string text_of(std::string_view status) const;                    // beside a status without other words
  std::string reply_text(std::string_view code) const;                   // of table 7-1; "" for a code that is none
  const Purchase* purchase(std::string_view type) const;                 // nothing for what is no retail purchase
  std::vector<const NoticeRow*> notices(std::string_view type, std::string_view after) const;

  std::span<const Saying> sayings() const { return sayings_; }
  std::span<const Unclaimed> unclaimed() const { return unclaimed_; }

  void set_single_limit(Amount limit);  // in place of the table's; 0: none
  void set_annual_limit(Amount limit);

 private:
  struct Loader;

  std::map<std::string, Treatment, std::less<>> treatments_;  // of every declaration
  std::vector<Saying> sayings_;
  std::map<std::string, std::map<Occasion, std::size_t>, std::less<>> said_of_;  // type -> places in sayings_
  std::vector<std::pair<std::string, std::string>> texts_;
  std::map<std::string, std::string, std::less<>> replies_;
  std::vector<Purchase> purchases_;
  std::vector<NoticeRow> notices_;
  std::vector<Unclaimed> unclaimed_;
};

}  // namespace tools::platform

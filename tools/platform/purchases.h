// What buyers have bought by the inventories that customs has taken, by calendar year; what is cancelled or comes back
// is given back from that moment on. One thread.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "tools/platform/amounts.h"
#include "tools/platform/rulebook.h"
#include "tools/platform/store.h"

namespace tools::platform {

Amount amount_of(const Submission& inventory, const Purchase& purchase);  // of the whole inventory
bool is_one_piece(const Submission& inventory);
// The amount of those rows of the inventory that the refund names, in the quantities that it names.
Amount amount_refunded(const Submission& refund, const Submission& inventory, const Purchase& purchase);

class Purchases {
 public:
  void note(const std::string& key, const std::string& buyer, base::Time at, Amount amount);
  void give_back(std::string_view key, base::Time from, Amount amount);  // at most what it came to
  void forget(std::string_view key);

  // Of the buyer in the year of `at`, without the inventory of this key.
  Amount spent(const std::string& buyer, base::Time at, std::string_view without) const;

 private:
  struct Change {
    base::Time from;
    Amount amount;
  };
  using Account = std::pair<std::string, std::string>;  // buyer, year

  std::map<Account, std::map<std::string, std::vector<Change>, std::less<>>> accounts_;
  std::map<std::string, Account, std::less<>> account_of_;  // by key
};

}  // namespace tools::platform

#include "tools/platform/purchases.h"

#include <algorithm>

#include "tools/platform/rows.h"

namespace tools::platform {
namespace {

std::string year_of(base::Time at) { return base::china_digits14(at).substr(0, 4); }

Amount amount_in(const codecs::ceb::Element& row, std::string_view name) {
  return read_amount(text_in(row, name)).value_or(0);
}

}  // namespace

Amount amount_of(const Submission& inventory, const Purchase& purchase) {
  Amount whole = 0;
  for (const std::string& name : purchase.amounts) whole += read_amount(field(inventory, name)).value_or(0);
  for (const codecs::ceb::Element* row : rows_of(inventory)) whole += amount_in(*row, purchase.row_amount);
  return whole;
}

bool is_one_piece(const Submission& inventory) {
  const auto rows = rows_of(inventory);
  return rows.size() == 1 && amount_in(*rows.front(), "qty") == yuan;
}

Amount amount_refunded(const Submission& refund, const Submission& inventory, const Purchase& purchase) {
  Amount whole = 0;
  for (const codecs::ceb::Element* back : rows_of(refund)) {
    for (const codecs::ceb::Element* row : rows_of(inventory)) {
      if (text_in(*row, "gnum") != text_in(*back, "gnum")) continue;
      whole += share(amount_in(*row, purchase.row_amount), amount_in(*back, "qty"), amount_in(*row, "qty"));
    }
  }
  return whole;
}

void Purchases::note(const std::string& key, const std::string& buyer, base::Time at, Amount amount) {
  forget(key);
  const Account account{buyer, year_of(at)};
  accounts_[account][key] = {{at, amount}};
  account_of_[key] = account;
}

void Purchases::give_back(std::string_view key, base::Time from, Amount amount) {
  const auto account = account_of_.find(key);
  if (account == account_of_.end()) return;
  auto& changes = accounts_[account->second].find(key)->second;
  Amount left = 0;
  for (const Change& one : changes) left += one.amount;
  changes.push_back({from, -std::min(amount, left)});
}

void Purchases::forget(std::string_view key) {
  const auto account = account_of_.find(key);
  if (account == account_of_.end()) return;
  auto& keys = accounts_[account->second];
  keys.erase(keys.find(key));
  account_of_.erase(account);
}

Amount Purchases::spent(const std::string& buyer, base::Time at, std::string_view without) const {
  Amount whole = 0;
  const auto account = accounts_.find({buyer, year_of(at)});
  if (account == accounts_.end()) return whole;
  for (const auto& [key, changes] : account->second) {
    if (key == without) continue;
    for (const Change& one : changes) whole += one.from <= at ? one.amount : 0;
  }
  return whole;
}

}  // namespace tools::platform

#include "tools/platform/receipt_book.h"

#include <algorithm>

namespace tools::platform {

std::string file_name_of(const Letter& letter) {
  constexpr std::size_t digits = 9;
  const std::string number = std::to_string(letter.number);
  const std::string padded = std::string(digits - std::min(digits, number.size()), '0') + number;
  return base::china_digits17(letter.due) + "-" + padded + "-" + letter.type + "-" + letter.id;
}

void ReceiptBook::add(const std::string& dxp_id, const std::string& receipt_type, base::Time received_at,
                      std::string record) {
  records_[{dxp_id, receipt_type}].emplace(received_at, std::move(record));
}

void ReceiptBook::add(Letter letter) {
  letter.number = ++numbered_;
  letters_.emplace(std::tuple(letter.way, letter.due, letter.number), std::move(letter));
}

std::vector<std::string> ReceiptBook::records(const std::string& dxp_id, const std::string& receipt_type,
                                              base::Time since, base::Time now) const {
  std::vector<std::string> found;
  const auto book = records_.find({dxp_id, receipt_type});
  if (book == records_.end()) return found;
  const auto end = book->second.upper_bound(now);
  for (auto at = book->second.lower_bound(since); at != book->second.end() && at != end; ++at) {
    if (at->first <= now) found.push_back(at->second);
  }
  return found;
}

std::vector<Letter> ReceiptBook::letters(Way way, base::Time now, std::size_t most) const {
  std::vector<Letter> found;
  const auto is_due = [&](const Letter& letter) { return letter.way == way && letter.due <= now; };
  for (auto at = letters_.lower_bound({way, base::Time::min(), 0}); at != letters_.end() && found.size() < most; ++at) {
    if (!is_due(at->second)) break;
    found.push_back(at->second);
  }
  return found;
}

void ReceiptBook::handed_over(const Letter& letter) { letters_.erase({letter.way, letter.due, letter.number}); }

}  // namespace tools::platform

// Why the platform refuses a document: the occasions of schemas/platform/codes.tsv, which says what they are. Plain
// data.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tools::platform {

enum class Occasion {
  wrong_kind,
  unknown_enterprise,
  unsigned_message,
  signature,
  card,
  too_many,
  rows_missing,
  repeated_row,
  content,
  unknown_deed,
  same_guid,
  already_there,
  not_newer,
  not_there,
  in_use,
  not_declared,
  numbers_needed,
  invt_no_needed,
  invt_no_fixed,
  second_for_order,
  single_limit,
  annual_limit,
  no_inventory,
  inventory_state,
  goods_unknown
};

std::string_view word(Occasion occasion);  // "not_newer"
std::optional<Occasion> occasion_of(std::string_view word);

// One that was found, and what is to be said of it.
struct Finding {
  Occasion occasion;
  std::string detail{};
};

}  // namespace tools::platform

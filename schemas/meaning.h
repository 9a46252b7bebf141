// What a code means, whose side it is on and what to do: the columns zh, en, side, advice that the tables of answers
// and knowledge share. The advice sentences and the sources stand once each, in knowledge/advice.tsv and sources.tsv.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "schemas/table.h"

namespace schemas {

// Who is at fault or has to act. exchange: the data exchange platform.
enum class Side { enterprise, eport, customs, exchange, buyer, gateway, nobody };
std::string_view word(Side side);

enum class Remedy {
  none,  // good news
  retry,
  wait,
  mend_the_data,
  sign_again,
  certificate_or_card,
  ask_the_port,
  already_there
};
std::string_view word(Remedy remedy);  // "mend the data"; "" for none

struct Meaning {
  std::string zh, en;  // a short phrase
  Side side = Side::nobody;
  Remedy remedy = Remedy::none;
  std::string advice_zh, advice_en;  // empty for good news
  std::string source;                // where it is written

  bool operator==(const Meaning&) const = default;
};

class MeaningReader {
 public:
  static base::Result<MeaningReader> load(const DataFolders& folders);

  // From the four cells zh, en, side, advice that begin at `first`; what is wrong with them is added to `faults`.
  Meaning read(const Table& table, const Table::Row& row, std::size_t first, base::Faults& faults) const;
  std::string source(const Table& table, const Table::Row& row, std::size_t cell, base::Faults& faults) const;
  // The advice of that id given to a meaning that is not in a table. The id is in our own data.
  void advise(Meaning& meaning, std::string_view id) const;

 private:
  struct Advice {
    Remedy remedy = Remedy::none;
    std::string zh, en;
  };
  void advice_row(const Table& table, const Table::Row& row, base::Faults& faults);

  std::map<std::string, Advice, std::less<>> advice_;
  std::map<std::string, std::string, std::less<>> sources_;
};

}  // namespace schemas

// The code tables of customs (units, currencies, countries …), looked up by code and by name. A site's folder may bring
// newer tables: those that its own params/tables.tsv names stand for ours. Read once at start; every fault of the data
// is named. Immutable afterwards, so every thread may use it.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "schemas/table.h"

namespace schemas {

struct Code {
  std::string code, zh, en;
  std::string other;  // what else it is found by: further names, ISO letters
};

struct CodeTable {
  std::string name;  // "unit"
  std::string zh, en;
  std::string as_of;   // "2018-04-28": codes made since then are not in it
  std::string source;  // "JGS-20 海关业务代码集"
  std::vector<Code> codes;
  std::map<std::string, std::size_t, std::less<>> places;  // of each code in codes

  const Code* find(std::string_view code) const;
  // The code itself; else those whose name, in either language, or other holds the text. Latin letters in any case.
  std::vector<const Code*> lookup(std::string_view text) const;
};

class CodeTables {
 public:
  static base::Result<CodeTables> load(const DataFolders& folders);

  std::span<const CodeTable> tables() const { return tables_; }
  const CodeTable* find(std::string_view name) const;  // nothing for an unknown name

 private:
  std::vector<CodeTable> tables_;
};

}  // namespace schemas

// The documents that scenarios post: one JSON file for each type, TYPE.json, in which {number} and the like stand for
// what differs from run to run. Faults: jointtest.template, with the file. Immutable once read.
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "schemas/catalog.h"
#include "tools/jointtest/scenario.h"

namespace tools::jointtest {

struct Party {
  std::string code, name;
};

// Who declares, and for whom. A name of TYPE.json for each: {ecommerce}, {ecommerce_name} …
struct Cast {
  Party ecommerce, platform, payment, logistics;
  std::string buyer_id = "990000199001010017", buyer_name = "测试甲", buyer_telephone = "10000000000";
};

// What a change takes from another document: a field that the ledger or a receipt has told; empty if none has.
using Taking = std::function<std::string(const DocumentName& from, const std::string& field)>;

class Documents {
 public:
  static base::Result<Documents> read(const std::filesystem::path& folder, const schemas::Catalog& catalog);

  bool has(const std::string& type) const { return texts_.contains(type); }
  std::size_t rows(const std::string& type) const;  // of its list
  // The value of "document" with `number` in its numbers and the changes made. A taken field that nobody has told is
  // left out.
  boost::json::object filled(const std::string& type, const std::string& number, const Cast& cast, base::Time now,
                             const std::vector<Change>& changes, const Taking& taking) const;

 private:
  std::map<std::string, std::string> texts_;  // by type
  const schemas::Catalog* catalog_ = nullptr;
};

// The last part of the document's key, "" where the document does not name it.
std::string number_of(const schemas::MessageType& type, const boost::json::object& document);

}  // namespace tools::jointtest

// Sorts refused documents into groups. Pure.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/ledger/records.h"
#include "schemas/knowledge.h"

namespace gateway::casework {

enum class GroupedBy { code, goods };

struct Goods {
  std::string item_no, item_name, gcode;
  auto operator<=>(const Goods&) const = default;
};

struct RefusalGroup {
  std::string type, code;
  std::optional<Goods> goods;
  schemas::Explanation explanation;  // of the newest document in it
  std::int64_t documents = 0;
  std::vector<ledger::Summary> examples;  // the newest
  std::map<std::string, std::int64_t> assigned;
};

class RefusalGroups {
 public:
  static constexpr std::size_t most_examples = 3;

  RefusalGroups(const schemas::Knowledge& knowledge, GroupedBy by) : knowledge_(knowledge), by_(by) {}

  // A document with several kinds of goods is in the group of each. One whose type the catalog does not have is left
  // out.
  void add(const ledger::Standing& refused, const std::string& assigned_to);
  // The largest first, each with the name it is called by.
  std::vector<std::pair<std::string, RefusalGroup>> sorted() const;

 private:
  struct Name {
    std::string type, code;
    std::optional<Goods> goods;
    auto operator<=>(const Name&) const = default;
  };

  const schemas::Knowledge& knowledge_;
  GroupedBy by_;
  std::map<Name, RefusalGroup> groups_;
};

}  // namespace gateway::casework

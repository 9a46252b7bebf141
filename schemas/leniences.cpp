#include "schemas/leniences.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <libxml/tree.h>
#include <utility>

#include "schemas/libxml.h"

namespace schemas {

namespace {

constexpr std::array<std::string_view, 5> lenience_columns{"types", "place", "deviations", "zh", "en"};

struct Deviation {
  std::string_view word, code;
};
constexpr std::array<Deviation, 5> deviations{{{"absent", "schema.missing"},
                                               {"empty", "schema.empty"},
                                               {"length", "schema.length"},
                                               {"unknown", "schema.unknown"},
                                               {"order", "schema.order"}}};
constexpr std::string_view other_root_name = "root";

// "TaxHeadRd/orderNo" of /ceb:CEB816Message/ceb:Tax[2]/ceb:TaxHeadRd/ceb:orderNo.
std::string place_in_document(std::string_view path) {
  std::string place;
  const auto steps = split(path, '/');
  for (std::size_t i = 3; i < steps.size(); ++i) {
    const std::string_view step = std::string_view(steps[i]).substr(0, steps[i].find('['));
    place.append(place.empty() ? "" : "/").append(step.substr(step.find(':') + 1));
  }
  return place;
}

bool is_for(const std::vector<std::string>& types, std::string_view type) {
  return std::ranges::any_of(types, [&](const std::string& named) { return named == "*" || named == type; });
}

}  // namespace

base::Result<Leniences> Leniences::load(const DataFolders& folders) {
  const auto tables = read_tables(folders, "catalog/leniences.tsv", lenience_columns);
  if (!tables) return tables.faults();
  Leniences leniences;
  base::Faults faults;
  for (const Table& table : *tables) std::ranges::move(leniences.add(table), std::back_inserter(faults));
  if (!faults.empty()) return faults;
  return leniences;
}

base::Faults Leniences::add(const Table& table) {
  base::Faults faults;
  for (const Table::Row& row : table.rows()) {
    Row added{.types = words(row.cells[0]), .place = row.cells[1], .codes = {}, .zh = row.cells[3], .en = row.cells[4]};
    for (const std::string& word : words(row.cells[2])) {
      const auto known = std::ranges::find(deviations, word, &Deviation::word);
      if (word == other_root_name) {
        added.names_root = true;
      } else if (known != deviations.end()) {
        added.codes.emplace_back(known->code);
      } else {
        faults.push_back(table.fault(row, "未知的偏差 " + word, "there is no deviation " + word));
      }
    }
    if (added.names_root && (added.types.size() != 1 || added.types.front() == "*")) {
      faults.push_back(table.fault(row, "根元素的别名只能属于一种报文", "another name of a root belongs to one type"));
    }
    rows_.push_back(std::move(added));
  }
  return faults;
}

const Leniences::Row* Leniences::row_for(std::string_view type, const base::Fault& fault) const {
  const auto row = std::ranges::find_if(rows_, [&](const Row& candidate) {
    return std::ranges::find(candidate.codes, fault.code) != candidate.codes.end() && is_for(candidate.types, type) &&
           candidate.place == place_in_document(fault.path);
  });
  return row == rows_.end() ? nullptr : &*row;
}

base::Faults Leniences::soften(std::string_view type, base::Faults faults) const {
  for (base::Fault& fault : faults) {
    const Row* row = row_for(type, fault);
    if (row == nullptr) continue;
    fault.code = lenient_code;
    fault.severity = base::Severity::warning;
    fault.zh += "；予以接受：" + row->zh;
    fault.en += "; let through: " + row->en;
  }
  return faults;
}

std::optional<base::Fault> Leniences::mend_root(base::XmlDocument& document) const {
  xmlNode* root = xmlDocGetRootElement(document.get());
  const std::string name(view(root->name));
  const auto row = std::ranges::find_if(
      rows_, [&](const Row& candidate) { return candidate.names_root && candidate.place == name; });
  if (row == rows_.end()) return std::nullopt;
  const std::string& type = row->types.front();
  xmlNodeSetName(root, chars(type.c_str()));
  return base::Fault{.code = std::string(lenient_code),
                     .path = "/" + name,
                     .zh = "根元素 " + name + " 当作 " + type + " 读取：" + row->zh,
                     .en = "the root element " + name + " is read as " + type + ": " + row->en,
                     .source = {},
                     .line = static_cast<int>(xmlGetLineNo(root)),
                     .severity = base::Severity::warning};
}

}  // namespace schemas

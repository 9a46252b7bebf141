#include "tools/platform/siblings.h"

#include <algorithm>
#include <map>

namespace tools::platform {
namespace {

using Documents = std::map<std::string_view, const Submission*>;  // by type

std::string plain_decimal(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const auto point = text.find('.');
  std::string_view whole = text.substr(0, point);
  std::string_view fraction = point == std::string_view::npos ? "" : text.substr(point + 1);
  while (whole.starts_with('0')) whole.remove_prefix(1);
  while (fraction.ends_with('0')) fraction.remove_suffix(1);
  if (whole.empty() && fraction.empty()) return "0";
  return (negative ? "-" : "") + std::string(whole) + "." + std::string(fraction);
}

bool is_decimal(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos &&
         text.find_first_not_of("0123456789.", text.starts_with('-') || text.starts_with('+') ? 1 : 0) ==
             std::string_view::npos &&
         std::count(text.begin(), text.end(), '.') <= 1;
}

const schemas::Node* head_node(const Submission& submission, std::string_view name) {
  return submission.type->head_node().child(name);
}

bool same_field(const Submission& left, std::string_view name, const std::string& a, const std::string& b) {
  const schemas::Node* node = head_node(left, name);
  return node != nullptr && node->facets.base == schemas::BaseType::decimal ? same_value(a, b) : a == b;
}

std::string two_digits(std::size_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }

// The field's place in its head, from 1.
std::size_t place(const Submission& submission, std::string_view name) {
  const auto& fields = submission.type->head_node().children;
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const schemas::Node& one) { return one.name == name; });
  return std::size_t(found - fields.begin()) + 1;
}

std::string told(const Comparison& comparison, const Submission& left) {
  if (!comparison.code.empty()) {
    return "[Code:" + std::string(comparison.code) + ";Desc:" + std::string(comparison.text) + "]";
  }
  const schemas::Node* node = head_node(left, comparison.left_field);
  const std::string title = node == nullptr ? std::string(comparison.left_field) : node->title_zh;
  return "[Code:1301" + two_digits(place(left, comparison.left_field)) + ";Desc:清单上的" + title + "与订单上的" +
         title + "不一致]";
}

std::string row_field(const codecs::ceb::Element& row, std::string_view name) {
  const codecs::ceb::Element* found = row.child(name);
  return found == nullptr ? "" : found->text;
}

std::vector<std::pair<std::string, std::string>> rows_of(const Submission& submission) {
  std::vector<std::pair<std::string, std::string>> rows;  // gnum and qty
  for (const codecs::ceb::Element& row : submission.body.children) {
    if (row.name == submission.type->list) rows.emplace_back(row_field(row, "gnum"), row_field(row, "qty"));
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

bool same_rows(const Submission& left, const Submission& right) {
  const auto a = rows_of(left), b = rows_of(right);
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& other) {
    return one.first == other.first && same_value(one.second, other.second);
  });
}

Documents documents_of(const Conduct& conduct, const Submission& document, const Store& store) {
  Documents documents{{conduct.type, &document}};
  for (const Sibling& wanted : conduct.siblings) {
    if (const StoredDocument* found = store.sibling(document, wanted)) documents[wanted.type] = &found->newest;
  }
  return documents;
}

}  // namespace

bool same_value(std::string_view a, std::string_view b) {
  return is_decimal(a) && is_decimal(b) ? plain_decimal(a) == plain_decimal(b) : a == b;
}

std::vector<std::string> missing_siblings(const Conduct& conduct, const Submission& document, const Store& store) {
  std::vector<std::string> missing;
  for (const Sibling& wanted : conduct.siblings) {
    if (store.sibling(document, wanted) != nullptr) continue;
    missing.push_back("对应" + std::string(wanted.holder) + "为[" + field(document, wanted.fields.front()) + "]" +
                      std::string(wanted.number) + "为[" + field(document, wanted.fields.back()) + "]" +
                      std::string(wanted.noun) + "信息不存在");
  }
  return missing;
}

std::optional<std::string> first_difference(const Conduct& conduct, const Submission& document, const Store& store) {
  const Documents documents = documents_of(conduct, document, store);
  for (const RowComparison& rows : conduct.rows) {
    if (!documents.contains(rows.left_type) || !documents.contains(rows.right_type)) continue;
    if (!same_rows(*documents.at(rows.left_type), *documents.at(rows.right_type))) {
      return "[Code:" + std::string(rows.code) + ";Desc:" + std::string(rows.text) + "]";
    }
  }
  for (const Comparison& comparison : conduct.comparisons) {
    if (!documents.contains(comparison.left_type) || !documents.contains(comparison.right_type)) continue;
    const Submission& left = *documents.at(comparison.left_type);
    const std::string a = field(left, comparison.left_field);
    const std::string b = field(*documents.at(comparison.right_type), comparison.right_field);
    if (!a.empty() && !b.empty() && !same_field(left, comparison.left_field, a, b)) return told(comparison, left);
  }
  return {};
}

}  // namespace tools::platform

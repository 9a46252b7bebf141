#include "codecs/ceb/differences.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>

#include "codecs/ceb/canonical.h"
#include "codecs/ceb/identity.h"

namespace codecs::ceb {

namespace {

using schemas::Comparing;
using schemas::Comparison;

bool is_number(const schemas::Node* node) {
  return node != nullptr &&
         (node->facets.base == schemas::BaseType::decimal || node->facets.base == schemas::BaseType::integer);
}

bool same(const schemas::Node* node, const std::string& a, const std::string& b) {
  return is_number(node) ? canonical_number(a) == canonical_number(b) : a == b;
}

constexpr std::size_t decimal_places = 5, most_digits = 11;  // so that the sum of many stays a number

// In units of the fifth decimal place.
std::optional<std::int64_t> amount(const std::string& text) {
  std::string plain = canonical_number(text);
  const auto point = plain.find('.');
  const std::size_t decimals = point == std::string::npos ? 0 : plain.size() - point - 1;
  const std::size_t whole = point == std::string::npos ? plain.size() : point;
  if (decimals > decimal_places || whole > most_digits) return std::nullopt;
  if (point != std::string::npos) plain.erase(point, 1);
  plain.append(decimal_places - decimals, '0');
  std::int64_t units = 0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), units);
  if (error != std::errc() || end != plain.data() + plain.size()) return std::nullopt;
  return units;
}

std::string written(std::int64_t units) {
  std::string digits = std::to_string(units < 0 ? -units : units);
  if (digits.size() <= decimal_places) digits.insert(0, decimal_places + 1 - digits.size(), '0');
  digits.insert(digits.size() - decimal_places, ".");
  return canonical_number((units < 0 ? "-" : "") + digits);
}

struct Row {
  std::vector<std::string> values;  // of the fields that are compared, the serial first
  std::size_t place = 0;
};

struct Rows {
  const OfSale* document;
  const std::vector<std::string>& fields;
  std::vector<Row> rows;  // by their values
};

std::string field_of(const Element& row, const std::string& name) {
  const Element* found = row.child(name);
  return found == nullptr ? std::string() : found->text;
}

Rows rows_of(const OfSale& document, const std::vector<std::string>& fields) {
  Rows rows{&document, fields, {}};
  const schemas::Node* node = document.type->business().child(document.type->list);
  for (const Element& row : document.body.children) {
    if (row.name != document.type->list) continue;
    Row& read = rows.rows.emplace_back(Row{{}, rows.rows.size()});
    for (const std::string& name : fields) {
      const std::string text = field_of(row, name);
      read.values.push_back(is_number(node == nullptr ? nullptr : node->child(name)) ? canonical_number(text) : text);
    }
  }
  std::ranges::sort(rows.rows, {}, &Row::values);
  return rows;
}

std::string serial_of(const Rows& rows, const Row& row) { return rows.fields.front() + "=" + row.values.front(); }

class Comparer {
 public:
  Comparer(const schemas::Catalog& catalog, const Sale& sale) : catalog_(catalog), sale_(sale) {}

  std::vector<Difference> compare() {
    for (const Comparison& comparison : catalog_.comparisons().all()) {
      const OfSale* left = sale_.of_type(comparison.left);
      const OfSale* right = sale_.of_type(comparison.right);
      if (left == nullptr || right == nullptr) continue;
      if (comparison.how == Comparing::rows) {
        compare_rows(comparison, *left, *right);
      } else {
        compare_fields(comparison, *left, *right);
      }
    }
    return std::move(found_);
  }

 private:
  void add(const Comparison& comparison, Side left, Side right, Certainty certainty = Certainty::certain) {
    found_.push_back({&comparison, std::move(left), std::move(right), certainty});
  }

  void compare_fields(const Comparison& comparison, const OfSale& left, const OfSale& right) {
    Side a{&left, comparison.left_fields.front(), {}, {}, {}}, b{&right, comparison.right_fields.front(), {}, {}, {}};
    a.value = head_field(*left.type, left.body, a.field);
    b.value = head_field(*right.type, right.body, b.field);
    if (a.value.empty() || b.value.empty()) return;
    if (comparison.how == Comparing::sum) return compare_sum(comparison, std::move(a), std::move(b));
    if (!same(left.type->head_node().child(a.field), a.value, b.value)) add(comparison, std::move(a), std::move(b));
  }

  void compare_sum(const Comparison& comparison, Side left, Side right) {
    const auto wanted = amount(right.value);
    auto sum = amount(left.value);
    std::size_t others = 0;
    for (const OfSale& one : sale_.sharing) {
      if (one.type != left.document->type || !sum) continue;
      const auto more = amount(head_field(*one.type, one.body, left.field));
      if (!more) return;
      *sum += *more;
      ++others;
    }
    if (!wanted || !sum || *sum == *wanted) return;
    if (others > 0) left.value = written(*sum);
    const bool may_grow = *sum < *wanted && (others > 0 || names_another(*right.document, *left.document));
    add(comparison, std::move(left), std::move(right), may_grow ? Certainty::less_so_far : Certainty::certain);
  }

  // The payment names an order, and it is not this one.
  bool names_another(const OfSale& from, const OfSale& than) const {
    return std::ranges::any_of(catalog_.siblings().of(from.type->name), [&](const schemas::SiblingRule* rule) {
      if (rule->sibling != than.type->name) return false;
      const Reference reference = reference_by(*rule, *than.type, from);
      return reference.type != nullptr && !fits(reference, than.body);
    });
  }

  static Side row_side(const Rows& rows, const Row& row, std::size_t field) {
    return {rows.document, rows.fields[field], row.values[field], serial_of(rows, row), row.place};
  }
  static Side absent_side(const Rows& rows, const Row& beside) {
    return {rows.document, rows.fields.front(), {}, serial_of(rows, beside), std::nullopt};
  }

  // Rows of one serial, as many of either side as there are.
  void compare_rows(const Comparison& comparison, const OfSale& left, const OfSale& right) {
    const Rows a = rows_of(left, comparison.left_fields), b = rows_of(right, comparison.right_fields);
    if (a.rows.empty() || b.rows.empty()) return;  // a document of which the head alone is known
    auto one = a.rows.begin();
    auto other = b.rows.begin();
    while (one != a.rows.end() || other != b.rows.end()) {
      if (other == b.rows.end() || (one != a.rows.end() && one->values.front() < other->values.front())) {
        add(comparison, row_side(a, *one, 0), absent_side(b, *one));
        ++one;
      } else if (one == a.rows.end() || other->values.front() < one->values.front()) {
        add(comparison, absent_side(a, *other), row_side(b, *other, 0));
        ++other;
      } else {
        for (std::size_t i = 1; i < a.fields.size(); ++i) {
          if (one->values[i] != other->values[i]) add(comparison, row_side(a, *one, i), row_side(b, *other, i));
        }
        ++one;
        ++other;
      }
    }
  }

  const schemas::Catalog& catalog_;
  const Sale& sale_;
  std::vector<Difference> found_;
};

}  // namespace

std::string place_in_words(const Side& side) {
  if (side.serial.empty()) return side.field;
  const std::string row = side.document->type->list + "[" + side.serial + "]";
  return side.serial.starts_with(side.field + "=") ? row : row + "/" + side.field;
}

std::vector<Difference> differences(const schemas::Catalog& catalog, const Sale& sale) {
  return Comparer(catalog, sale).compare();
}

}  // namespace codecs::ceb

// What lists have in common: the conditions that were asked for, whose rows may be seen, and the place where a page
// ended. Lists run from the newest row down, by time and then by row.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/ledger/sql/connection.h"

namespace gateway::ledger::sql {

// A condition for each thing that was asked for, and its values in the same order.
class Conditions {
 public:
  template <class... Values>
  void add(const std::string& condition, const Values&... values) {
    text_ += " AND " + condition;
    values_.push_back([values...](SqlStatement& statement) { statement.bind(values...); });
  }
  template <class Value>
  void add_if_asked(const std::string& condition, const std::optional<Value>& value) {
    if (value) add(condition, *value);
  }
  // With one value after the other.
  void add_each(const std::string& condition, const std::vector<std::string>& values) {
    text_ += " AND " + condition;
    values_.push_back([values](SqlStatement& statement) {
      for (const std::string& value : values) statement.bind(value);
    });
  }
  // Of the rows that this query finds: they are looked up first, or the database might go through everything in the
  // order of the list until it comes by them. Before every other condition, whose values follow.
  void among(const std::string& rows, const std::vector<std::string>& values) {
    among_ = "(" + rows + ") AS found CROSS JOIN ";
    add_each("d.row = found.row", values);
  }
  const std::string& among() const { return among_; }  // before `documents d`
  const std::string& text() const { return text_; }
  void bind(SqlStatement& statement) const {
    for (const auto& value : values_) value(statement);
  }

 private:
  std::string among_, text_;
  std::vector<std::function<void(SqlStatement&)>> values_;
};

// Rows with one of these values; of none: all.
Conditions those_in(const std::string& column, const std::vector<std::string>& values);

struct Cursor {
  std::int64_t at = 0, row = 0;
  auto operator<=>(const Cursor&) const = default;
};

std::string written(const Cursor& cursor);
std::optional<Cursor> read_cursor(std::string_view text);  // nothing if it is none of ours

// The enterprises whose rows are to be shown; one that is nothing stands for everybody's.
std::vector<std::optional<std::string>> shown(const std::optional<std::string>& wanted,
                                              std::span<const std::string> visible);

}  // namespace gateway::ledger::sql

// The steps from version to version that are the same for every kind of database, in their order; they follow those
// that each kind has for itself. {identity} is the type of a row number that the database gives, {row} of one that is
// given to it, {bytes} of what is no text.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace gateway::ledger::sql {

struct DatabaseTypes {
  std::string_view identity, row, bytes;
  std::string_view of_documents, of_inbound;  // behind the name of a trigger
  std::string_view numbers_bytewise;          // a statement that has the numbers in the order of their bytes
};

// A released step never changes.
std::span<const std::string_view> later_steps();
std::string written_for(const DatabaseTypes& types, std::string_view step);

}  // namespace gateway::ledger::sql

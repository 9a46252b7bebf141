// In what the documents of one sale differ where they must agree (schemas::Comparisons): each field, with both values.
// Pure; safe from every thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "codecs/ceb/sale.h"

namespace codecs::ceb {

struct Side {
  const OfSale* document = nullptr;  // of the sale
  std::string field;                 // acturalPaid; of a row qty, or gnum where only one side has the row
  std::string value;                 // "" for a row that is not there
  std::string serial;                // of a row: gnum=2
  std::optional<std::size_t> row;    // among the rows of the document, from 0
};

std::string place_in_words(const Side& side);  // acturalPaid, InventoryList[gnum=2]/qty

// less_so_far: the sum of those that are known is too small, and others may name the same one.
enum class Certainty { certain, less_so_far };

struct Difference {
  const schemas::Comparison* comparison = nullptr;
  Side left, right;
  Certainty certainty = Certainty::certain;
};

// In the order of the comparisons; refers to the sale and the catalog. A value that is absent, empty or, of a sum, no
// number of up to 11 digits before the point and 5 behind it is not compared.
std::vector<Difference> differences(const schemas::Catalog& catalog, const Sale& sale);

}  // namespace codecs::ceb

// Makes valid documents with business numbers that were never used: the n-th of a type belongs to the n-th sale of this
// run, so that an inventory finds its order, payment and waybill where the mix has as many of them. One thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/bench/mix.h"

namespace tools::bench {

struct Enterprises {
  std::vector<std::string> shops;  // sales go to them in turn
  std::string payer, carrier;      // empty: the shop itself
};

struct Place {
  std::size_t type = 0;  // in the mix
  std::size_t sale = 0;
};

class Documents {
 public:
  Documents(Mix mix, Enterprises enterprises, std::string_view today);  // today: yyyyMMdd

  std::string next_post(std::size_t count);  // an object, or an array where there are several
  // The document that the key of an answer or of the feed is of; nothing if it is not of this run.
  std::optional<Place> place_of(std::string_view key) const;
  std::size_t types() const { return mix_.size(); }

 private:
  struct Piece {
    std::string text;
    char variable = 0;  // what follows the text; 0: nothing
  };
  using Pieces = std::vector<Piece>;
  static Pieces pieces_of(std::string_view text, std::string_view today);
  void append(std::string& body, const Place& place) const;

  Mix mix_;
  Enterprises enterprises_;
  std::string run_;  // stands in every number of this run and in no other
  std::size_t first_buyer_;
  std::vector<Pieces> templates_;
  std::vector<std::size_t> sales_;  // made of each type
  Turns turns_;
};

}  // namespace tools::bench

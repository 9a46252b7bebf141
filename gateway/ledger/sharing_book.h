// Several gateways on one ledger. Each holds a place in it; one that has not renewed its place for `place_lasts`, by
// the ledger's own clock, is taken for dead: its deliveries are abandoned, its turns are free. A gateway that is alone
// on its ledger has every turn.
#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace gateway::ledger {

class SharingBook {
 public:
  virtual ~SharingBook() = default;

  static constexpr std::chrono::seconds place_lasts{20};
  // Every few seconds. False: the place was lost meanwhile and has been taken anew; what was begun before is no longer
  // this gateway's.
  virtual bool renew_place() = 0;
  // Whether this gateway does `work`, e.g. "receipts/hainan"; it has it for place_lasts, and nobody else meanwhile.
  virtual bool take_turn(const std::string& work) = 0;
  // `news` is called, on a thread of the ledger's, after another gateway has written. Set once, and outlived by none.
  virtual void on_news(std::function<void()> news) = 0;
};

}  // namespace gateway::ledger

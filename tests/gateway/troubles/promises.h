// What an ERP was promised with a 202, and what became of it: posts orders one after the other, each again until it is
// taken, and then looks whether every one of them is settled, at customs under one root guid, and with its receipts.
#pragma once

#include <map>
#include <string>

#include "tests/gateway/app/site.h"

namespace tests::app {

class Promises {
 public:
  explicit Promises(const Site& site) : site_(site) {}

  gateway::http::Exchange post_next();  // what is refused is posted again the next time
  void post(int orders);                // waits until each is taken
  // Posts until the answer is no 2xx, and gives it.
  gateway::http::Response post_until_refused(int most);
  std::string next_number() const { return "T" + std::to_string(ids_.size()); }
  const std::string& last_id() const { return last_id_; }
  const std::map<std::string, std::string>& ids() const { return ids_; }  // by number

  // Waits, and fails the test where something is lost or doubled. others: keys at customs that were posted otherwise.
  void expect_all_kept(std::size_t others = 0) const;

 private:
  void expect_one_guid_each(std::size_t others) const;

  const Site& site_;
  std::map<std::string, std::string> ids_;
  std::string last_id_;
};

}  // namespace tests::app

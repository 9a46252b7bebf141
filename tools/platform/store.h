// What E-Port keeps: the newest accepted version of each key, and which documents refer to which. One thread.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "codecs/ceb/message.h"
#include "codecs/ceb/sale.h"
#include "schemas/catalog.h"
#include "tools/platform/arrival.h"
#include "tools/platform/triggers.h"

namespace tools::platform {

// One document of a message as it came.
struct Submission {
  const schemas::MessageType* type = nullptr;
  std::string key, guid, dxp_id, app_type, app_time, app_status;
  codecs::ceb::Element body;
  Triggers triggers;
  Way way = Way::hainan;
  base::Time at;
};

struct Reached {
  base::Time at;
  std::string status;
};

struct StoredDocument {
  Submission newest;
  std::set<std::string, std::less<>> guids;  // of every accepted version
  std::vector<Reached> history;              // of the newest version, by time; may lie ahead
  bool waiting = false;                      // a sibling has not arrived yet
  std::string cancelled_by{};                // key of the cancellation that names it

  std::string status_at(base::Time time) const;  // "" before the first
  bool has_reached(std::string_view status, base::Time time) const;
};

std::string field(const Submission& submission, std::string_view name);  // of the head, "" if absent

class Store {
 public:
  explicit Store(const schemas::Catalog& catalog) : catalog_(catalog) {}
  const schemas::Catalog& catalog() const { return catalog_; }

  const StoredDocument* find(std::string_view key) const;
  StoredDocument* find(std::string_view key);

  StoredDocument& put(StoredDocument document);  // in place of what the key had
  void erase(std::string_view key);

  // By what documents of a sale name each other, the last that arrived first.
  std::vector<const StoredDocument*> named(const codecs::ceb::Reference& reference) const;
  // Keys of the documents that wait or have waited for `of`: those that name it, and those whose own sibling does.
  std::set<std::string> users(const Submission& of) const;
  // Keys of the other documents that name the same first sibling.
  std::vector<std::string> rivals(const Submission& from) const;

 private:
  std::set<std::string> names_of(const Submission& submission) const;
  const std::vector<std::string>& keys_at(const codecs::ceb::Reference& reference) const;
  std::set<std::string> waiting_for(const Submission& of) const;
  void index(const Submission& submission);
  void forget(const Submission& submission);

  const schemas::Catalog& catalog_;
  std::map<std::string, StoredDocument, std::less<>> documents_;
  std::map<std::string, std::vector<std::string>, std::less<>> named_;  // reference -> keys, in order of arrival
};

}  // namespace tools::platform

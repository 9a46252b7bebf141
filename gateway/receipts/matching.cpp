#include "gateway/receipts/matching.h"

#include <algorithm>
#include <array>
#include <optional>

#include "schemas/document_key.h"

namespace gateway::receipts {

namespace {

using Candidates = std::vector<ledger::Standing>;

std::optional<std::string> part(const sealing::Opened& receipt, const std::string& name) {
  const auto found = receipt.parts.find(name);
  return found == receipt.parts.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::optional<std::string>> key_parts(const schemas::MessageType& type, const sealing::Opened& receipt) {
  std::vector<std::optional<std::string>> parts;
  for (const auto& name : type.key_fields) parts.push_back(part(receipt, name));
  return parts;
}

bool is_complete(const std::vector<std::optional<std::string>>& parts) {
  return std::all_of(parts.begin(), parts.end(), [](const auto& one) { return one.has_value(); });
}

// E-Port's own answers (stored, accepted, refused with a negative code) repeat our guid; customs' later ones carry one
// of E-Port's.
bool repeats_our_guid(const sealing::Opened& receipt) {
  return receipt.status == "1" || receipt.status == "2" || receipt.status.starts_with("-");
}

class Search {
 public:
  Search(ledger::Ledger& ledger, const schemas::MessageType& type, const sealing::Opened& receipt)
      : ledger_(ledger), type_(type), receipt_(receipt), parts_(key_parts(type, receipt)) {}

  Match run() {
    for (const auto& guid : receipt_.guids) {
      const auto refs = ledger_.by_number("guid", guid, receipt_.dxp_id);
      if (auto found = one_of(refs, Version::as_named); found.found != Found::nothing) return found;
    }
    if (contradicted_) return {Found::nothing, {}, "it repeats a guid of ours, but its key is another's"};
    for (const auto& number : numbers_of(receipt_)) {
      const auto refs = ledger_.by_number(number.kind, number.value, receipt_.dxp_id);
      if (auto found = one_of(refs, Version::by_time); found.found != Found::nothing) return found;
    }
    if (parts_.back()) {
      const auto refs = ledger_.by_key_parts(type_.name, parts_, receipt_.dxp_id);
      if (auto found = one_of(refs, Version::by_time); found.found != Found::nothing) return found;
    }
    return is_elsewhere() ? Match{Found::elsewhere, {}, "a document of another system"}
                          : Match{Found::nothing, {}, "no document with its guid, numbers or key"};
  }

 private:
  enum class Version { as_named, by_time };

  // Those of the right type whose key does not contradict what the receipt says; the versions of one document are one.
  Match one_of(const std::vector<ledger::DocumentRef>& refs, Version version) {
    Match match;
    for (const auto& ref : refs) {
      const auto standing = ledger_.standing(ref);
      if (!standing || standing->summary.type != type_.name) continue;
      if (!agrees(standing->summary.key)) {
        contradicted_ = true;
      } else if (match.found == Found::document && match.ref.id != ref.id) {
        return {Found::several, {}, "several documents fit it"};
      } else {
        match = {Found::document, ref, {}};
      }
    }
    if (match.found == Found::document && version == Version::by_time) match.ref.version = version_by_time(match.ref);
    return match;
  }

  bool agrees(const std::string& key) const {
    const auto ours = schemas::parts_of_key(key);
    for (std::size_t i = 0; i < parts_.size() && i < ours.size(); ++i) {
      if (parts_[i] && *parts_[i] != ours[i]) return false;
    }
    return true;
  }

  // The newest version whose first send precedes the receipt; the oldest sent one where the port's clock is behind.
  int version_by_time(const ledger::DocumentRef& ref) {
    const auto sends = ledger_.first_sends(ref.id);
    int version = sends.empty() ? ref.version : sends.front().first;
    for (const auto& [sent_version, at] : sends) {
      if (std::chrono::floor<std::chrono::seconds>(at) <= receipt_.returned_at) version = sent_version;
    }
    return version;
  }

  bool is_elsewhere() {
    const auto numbers = numbers_of(receipt_);
    if (std::any_of(numbers.begin(), numbers.end(),
                    [&](const auto& number) { return ledger_.is_foreign_number(number, receipt_.dxp_id); })) {
      return true;
    }
    return is_complete(parts_) || (!receipt_.guids.empty() && repeats_our_guid(receipt_));
  }

  ledger::Ledger& ledger_;
  const schemas::MessageType& type_;
  const sealing::Opened& receipt_;
  std::vector<std::optional<std::string>> parts_;
  bool contradicted_ = false;
};

}  // namespace

std::vector<ledger::Number> numbers_of(const sealing::Opened& receipt) {
  constexpr std::array names{"preNo", "invtNo", "customsGuid"};
  std::vector<ledger::Number> numbers;
  for (const auto* name : names) {
    if (const auto value = part(receipt, name)) numbers.push_back({name, *value});
  }
  return numbers;
}

Match match(ledger::Ledger& ledger, const schemas::MessageType& type, const sealing::Opened& receipt) {
  return Search(ledger, type, receipt).run();
}

}  // namespace gateway::receipts

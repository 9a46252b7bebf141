#include "gateway/receipts/matching.h"

#include <algorithm>
#include <array>
#include <optional>

#include "schemas/document_key.h"

namespace gateway::receipts {

namespace {

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
      : ledger_(ledger), type_(type), receipt_(receipt) {
    if (receipt.said == sealing::Said::receipt) parts_ = key_parts(type, receipt);
  }

  Match run() {
    for (const auto& guid : receipt_.guids) {
      const auto refs = ledger_.by_number("guid", guid, {});
      if (auto found = one_of(refs, Version::as_named); found.found != Found::nothing) return found;
    }
    if (contradicted_) return {Found::nothing, {}, "it repeats a guid of ours, but its key is another's", {}};
    for (const auto& number : numbers_of(receipt_)) {
      const auto refs = ledger_.by_number(number.kind, number.value, receipt_.dxp_id);
      if (auto found = one_of(refs, Version::by_time); found.found != Found::nothing) return found;
    }
    if (!parts_.empty() && parts_.back()) {
      const auto refs = ledger_.by_key_parts(type_.name, parts_, receipt_.dxp_id);
      if (auto found = one_of(refs, Version::by_time); found.found != Found::nothing) return found;
    }
    if (const auto reason = why_archived(); !reason.empty()) return {Found::nothing, {}, reason, {}};
    if (claimed_) {
      return {Found::nothing, {}, "it repeats a guid of ours, but came for another DXPID or answers another type", {}};
    }
    return is_elsewhere() ? Match{Found::elsewhere, {}, "a document of another system", {}}
                          : Match{Found::nothing, {}, "no document with its guid, numbers or key", {}};
  }

 private:
  enum class Version { as_named, by_time };

  // Those of the right type and sender whose key does not contradict what the receipt says; the versions of one
  // document are one.
  Match one_of(const std::vector<ledger::DocumentRef>& refs, Version version) {
    Match match;
    for (const auto& ref : refs) {
      auto standing = ledger_.standing(ref);
      if (!standing) continue;
      if (standing->summary.type != type_.name || standing->dxp_id != receipt_.dxp_id) {
        claimed_ = claimed_ || version == Version::as_named;
      } else if (!agrees(standing->summary.key)) {
        contradicted_ = true;
      } else if (match.found == Found::document && match.ref.id != ref.id) {
        return {Found::several, {}, "several documents fit it", {}};
      } else {
        match = {Found::document, ref, {}, std::move(standing)};
      }
    }
    if (match.found != Found::document || version == Version::as_named) return match;
    if (was_never_sent(match)) return {};
    match.ref.version = version_by_time(match.ref);
    if (match.ref.version != match.standing->summary.version) match.standing = ledger_.standing(match.ref);
    return match;
  }

  // What customs says under its key is then said to another system, which has sent a document of the same number.
  bool was_never_sent(const Match& match) {
    return match.standing->deliveries_begun == 0 && ledger_.first_sends(match.ref.id).empty();
  }

  // A document that has left for the archive hears of it once it is restored.
  std::string why_archived() {
    const auto archived =
        ledger_.archived_by({receipt_.guids, numbers_of(receipt_), type_.name, parts_, receipt_.dxp_id});
    return archived ? archived_reason(*archived) : std::string();
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
      if (!receipt_.returned_at || std::chrono::floor<std::chrono::seconds>(at) <= *receipt_.returned_at)
        version = sent_version;
    }
    return version;
  }

  bool is_elsewhere() {
    const auto numbers = numbers_of(receipt_);
    if (std::any_of(numbers.begin(), numbers.end(),
                    [&](const auto& number) { return ledger_.is_foreign_number(number, receipt_.dxp_id); })) {
      return true;
    }
    if (receipt_.said == sealing::Said::notice) return false;
    return is_complete(parts_) || (!receipt_.guids.empty() && repeats_our_guid(receipt_));
  }

  ledger::Ledger& ledger_;
  const schemas::MessageType& type_;
  const sealing::Opened& receipt_;
  std::vector<std::optional<std::string>> parts_;
  bool contradicted_ = false;  // a guid of ours with another's key
  bool claimed_ = false;       // a guid of ours with another type or for another sender
};

}  // namespace

std::string archived_reason(const ledger::ArchivedDocument& archived) {
  return "its document " + archived.summary.id + " is archived in " + archived.file +
         ": restore it (cebgate archive restore), and this is applied";
}

std::vector<ledger::Number> numbers_of(const sealing::Opened& receipt) {
  constexpr std::array names{"preNo", "invtNo", "customsGuid", "sumNo"};
  std::vector<ledger::Number> numbers;
  for (const auto& [kind, value] : receipt.named_by) numbers.push_back({kind, value});
  for (const auto* name : names) {
    if (const auto value = part(receipt, name)) numbers.push_back({name, *value});
  }
  return numbers;
}

Match match(ledger::Ledger& ledger, const schemas::MessageType& type, const sealing::Opened& receipt) {
  return Search(ledger, type, receipt).run();
}

}  // namespace gateway::receipts

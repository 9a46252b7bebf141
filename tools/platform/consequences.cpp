// What a document that customs has concluded does to others, and what customs tells unasked: the parts of Customs that
// reach beyond the receipts of one document.
#include <algorithm>

#include "base/digest.h"
#include "codecs/ceb/identity.h"
#include "tools/platform/customs.h"
#include "tools/platform/dxp_letters.h"

namespace tools::platform {
namespace {

// What an inventory is once its cancellation is concluded; no returnStatus.
constexpr const char* cancelled = "cancelled";

// Statuses with which customs has taken nothing.
bool counts_as_taken(const std::string& status) { return status != "100" && status != "1" && status != "4"; }

std::optional<base::Time> time_of(const StoredDocument& stored, std::string_view status) {
  const auto found = std::ranges::find(stored.history, status, &Reached::status);
  return found == stored.history.end() ? std::nullopt : std::optional(found->at);
}

constexpr unsigned fractions = 0x10000;

}  // namespace

void Customs::note_purchase(const StoredDocument& stored) {
  const Submission& document = stored.newest;
  const Purchase* purchase = rules_.purchase(document.type->name);
  if (purchase == nullptr) return;
  if (stored.waiting || stored.history.empty() || !counts_as_taken(stored.history.back().status)) {
    return purchases_.forget(document.key);
  }
  purchases_.note(document.key, field(document, purchase->buyer), document.at, amount_of(document, *purchase));
}

// A cancellation ends the inventory that it names; a refund gives back what it brings back.
void Customs::conclude(const StoredDocument& stored) {
  const Submission& document = stored.newest;
  const Treatment& treatment = rules_.treatment(document.type->name);
  if (treatment.inventory.empty() || stored.history.empty() || !counts_as_taken(stored.history.back().status)) return;
  const StoredDocument* named = inventory_of(document, knowledge());
  if (named == nullptr) return;
  StoredDocument& inventory = *store_.find(named->newest.key);
  if (!treatment.ends.empty()) {
    inventory.cancelled_by = document.key;
    if (const auto at = time_of(stored, treatment.ends)) cancel(inventory, *at);
    return;
  }
  const Purchase* purchase = rules_.purchase(inventory.newest.type->name);
  const auto at = time_of(stored, treatment.fixed_from);
  if (purchase == nullptr || !at) return;
  purchases_.give_back(inventory.newest.key, *at, amount_refunded(document, inventory.newest, *purchase));
}

// A cancellation that is deleted in time.
void Customs::take_back(const Submission& cancellation) {
  const StoredDocument* named = inventory_of(cancellation, knowledge());
  if (named == nullptr || named->cancelled_by != cancellation.key) return;
  store_.find(named->newest.key)->cancelled_by.clear();
}

void Customs::cancel(StoredDocument& inventory, base::Time at) {
  const Submission& document = inventory.newest;
  const bool has_tax_sheet = std::ranges::any_of(
      inventory.history, [](const Reached& one) { return one.status == "800" || one.status == "899"; });
  inventory.history.push_back({at, cancelled});
  if (const Purchase* purchase = rules_.purchase(document.type->name)) {
    purchases_.give_back(document.key, at, amount_of(document, *purchase));
  }
  if (has_tax_sheet) write_notices(document, cancelled, at);
}

void Customs::write_notices(const Submission& document, std::string_view after, base::Time at) {
  if (document.way == Way::hainan || document.triggers.silent || document.triggers.no_notices) return;
  for (const NoticeRow* row : rules_.notices(document.type->name, after)) {
    at += habits_.pace;
    const schemas::MessageType& type = *catalog_.find(row->notice);
    const NoticeFacts facts{document, numbers_of(document), rules_.purchase(document.type->name),
                            summarised_by(document), at};
    Notice notice{&type, notice_body(type, *row, facts), ""};
    notice.guid = codecs::ceb::head_field(type, notice.body, "guid");
    const Letter letter = notice_letter(notice, document.way, document.dxp_id, at + document.triggers.late);
    receipts_.add(letter);
    if (!document.triggers.twice) continue;
    receipts_.add(notice_letter(notice, document.way, document.dxp_id,
                                letter.due + std::max(habits_.pace / 2, std::chrono::milliseconds(1))));
  }
}

std::vector<Summarised> Customs::summarised_by(const Submission& document) const {
  std::vector<Summarised> named;
  for (std::string& invt_no : inventories_named(document)) {
    const auto key = numbering_.key_of(invt_no);
    const StoredDocument* found = key ? store_.find(*key) : nullptr;
    named.push_back({std::move(invt_no), found == nullptr ? nullptr : &found->newest});
  }
  return named;
}

// With a seed each pause is between half the pace and one and a half.
std::vector<std::chrono::milliseconds> Customs::pauses_of(const Submission& document,
                                                          const std::vector<Step>& steps) const {
  std::vector<std::chrono::milliseconds> pauses;
  for (const Step& step : steps) {
    auto pause = habits_.pace;
    if (!habits_.seed.empty()) {
      const std::string hex = base::sha256_hex(habits_.seed + document.key + document.app_time + step.status);
      pause = pause / 2 + pause * std::stoi(hex.substr(0, 4), nullptr, 16) / fractions;
    }
    pauses.push_back(step.after ? std::chrono::milliseconds(*step.after) : pause);
  }
  return pauses;
}

}  // namespace tools::platform

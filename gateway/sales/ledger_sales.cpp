#include "gateway/sales/ledger_sales.h"

#include <algorithm>
#include <utility>

#include "codecs/ceb/json_codec.h"

namespace gateway::sales {

using codecs::ceb::OfSale;
using codecs::ceb::Reference;
using lifecycle::SiblingStanding;

namespace {

constexpr std::string_view deletion = "3";  // an appType (报文规范 202205 §3.1.4)

SiblingStanding standing_of(const ledger::Standing& document) {
  switch (document.summary.picture.state) {
    case lifecycle::State::settled:
      return SiblingStanding::taken;
    case lifecycle::State::refused:
    case lifecycle::State::withdrawn:
      return SiblingStanding::refused;
    default:
      return SiblingStanding::under_way;
  }
}

SiblingStanding standing_of(const schemas::Catalog& catalog, const ledger::Fact& fact) {
  if (fact.status.empty()) return SiblingStanding::under_way;
  switch (catalog.answer({fact.type, "1", "2"}, fact.status).effect) {
    case schemas::Effect::settle:
    case schemas::Effect::already_there:
      return SiblingStanding::taken;
    case schemas::Effect::refuse:
      return SiblingStanding::refused;
    default:
      return SiblingStanding::under_way;
  }
}

// One look for the documents that fit a reference; what comes first keeps its key's place.
class Finding {
 public:
  Finding(const schemas::Catalog& catalog, ledger::SiblingsBook& ledger, const Scope& scope, KnownSale& known)
      : catalog_(catalog), ledger_(ledger), scope_(scope), known_(known) {}

  std::vector<OfSale> find(const Reference& reference) {
    std::vector<OfSale> found, refused;
    if (scope_.beside) found = scope_.beside(reference);
    const ledger::Number number{reference.fields.back(), reference.values.back()};
    for (const ledger::Standing& one : ledger_.documents_with(reference.type->name, number)) {
      if (one.app_type == deletion || (scope_.counts && !scope_.counts(one.summary.enterprise))) continue;
      add(reference, one.summary.key, one.body, standing_of(one), found, refused);
    }
    for (const ledger::Fact& one : ledger_.facts_with(scope_.enterprise, reference.type->name, number)) {
      add(reference, one.key, one.document, standing_of(catalog_, one), found, refused);
    }
    if (scope_.refused == Scope::Refused::kept) std::ranges::move(refused, std::back_inserter(found));
    return found;
  }

 private:
  void add(const Reference& reference, const std::string& key, const std::string& document, SiblingStanding standing,
           std::vector<OfSale>& found, std::vector<OfSale>& refused) {
    const auto is_it = [&](const OfSale& one) { return one.key == key; };
    if (std::ranges::any_of(found, is_it) || std::ranges::any_of(refused, is_it)) return;
    OfSale one{reference.type, key, body_of(*reference.type, document)};
    if (!fits(reference, one.body)) return;
    known_.standings.insert_or_assign(key, standing);
    (standing == SiblingStanding::refused ? refused : found).push_back(std::move(one));
  }

  const schemas::Catalog& catalog_;
  ledger::SiblingsBook& ledger_;
  const Scope& scope_;
  KnownSale& known_;
};

}  // namespace

codecs::ceb::Element body_of(const schemas::MessageType& type, std::string_view document_json) {
  const auto json = codecs::ceb::read_json(document_json);
  if (!json) return {};
  auto document = codecs::ceb::read_document(type, *json, "");
  return document ? std::move(document->body) : codecs::ceb::Element{};
}

SiblingStanding KnownSale::standing_of(const schemas::SiblingRule& rule) const {
  const OfSale* sibling = sale.of_type(rule.sibling);
  if (sibling == nullptr) return SiblingStanding::absent;
  const auto found = standings.find(sibling->key);
  return found == standings.end() ? SiblingStanding::under_way : found->second;
}

KnownSale LedgerSales::sale_of(OfSale subject, const Scope& scope) const {
  KnownSale known;
  Finding finding(catalog_, ledger_, scope, known);
  const codecs::ceb::FindDocuments find = [&](const Reference& reference) { return finding.find(reference); };
  known.sale = codecs::ceb::sale_of(catalog_, std::move(subject), find);
  return known;
}

}  // namespace gateway::sales

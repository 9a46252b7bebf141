#include "tools/platform/siblings.h"

#include "codecs/ceb/differences.h"

namespace tools::platform {

codecs::ceb::Sale sale_of(const Submission& document, const Store& store) {
  const codecs::ceb::FindDocuments find = [&](const codecs::ceb::Reference& reference) {
    std::vector<codecs::ceb::OfSale> found;
    for (const StoredDocument* one : store.named(reference)) {
      found.push_back({one->newest.type, one->newest.key, one->newest.body});
    }
    return found;
  };
  return codecs::ceb::sale_of(store.catalog(), {document.type, document.key, document.body}, find);
}

std::vector<std::string> missing_siblings(const codecs::ceb::Sale& sale) {
  std::vector<std::string> missing;
  for (const schemas::SiblingRule* rule : sale.missing) missing.push_back(absent_text(*rule, sale.subject()));
  return missing;
}

std::optional<std::string> first_difference(const schemas::Catalog& catalog, const codecs::ceb::Sale& sale) {
  for (const codecs::ceb::Difference& one : differences(catalog, sale)) {
    if (one.certainty != codecs::ceb::Certainty::certain) continue;
    return "[Code:" + one.comparison->code + ";Desc:" + one.comparison->zh + "]";
  }
  return {};
}

}  // namespace tools::platform

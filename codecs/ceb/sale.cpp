#include "codecs/ceb/sale.h"

#include <algorithm>
#include <utility>

#include "codecs/ceb/identity.h"

namespace codecs::ceb {

namespace {

class Gathering {
 public:
  Gathering(const schemas::Catalog& catalog, const FindDocuments& find) : catalog_(catalog), find_(find) {}

  Sale gather(OfSale subject) {
    sale_.documents.push_back(std::move(subject));
    // Whoever names the subject, and from each of these on whom it names.
    add_those_named_by(0);
    for (const auto* rule : catalog_.siblings().naming(sale_.subject().type->name)) add_one(rule->type, *rule, 0);
    for (std::size_t at = 1; at < sale_.documents.size(); ++at) add_those_named_by(at);
    add_sharing();
    note_missing();
    return std::move(sale_);
  }

 private:
  std::vector<OfSale> found(const std::string& type, const schemas::SiblingRule& rule, const OfSale& from) const {
    const schemas::MessageType* wanted = catalog_.find(type);
    if (wanted == nullptr) return {};
    const Reference reference = reference_by(rule, *wanted, from);
    return reference.type == nullptr ? std::vector<OfSale>() : find_(reference);
  }

  void add_those_named_by(std::size_t at) {
    for (const auto* rule : catalog_.siblings().of(sale_.documents[at].type->name)) add_one(rule->sibling, *rule, at);
  }

  void add_one(const std::string& type, const schemas::SiblingRule& rule, std::size_t from) {
    if (sale_.of_type(type) != nullptr) return;
    auto documents = found(type, rule, sale_.documents[from]);
    if (!documents.empty()) sale_.documents.push_back(std::move(documents.front()));
  }

  bool is_in_sale(const OfSale& document) const {
    const auto has_key = [&](const OfSale& one) { return one.key == document.key; };
    return std::ranges::any_of(sale_.documents, has_key) || std::ranges::any_of(sale_.sharing, has_key);
  }

  // Of what is added up: all that name the same one.
  void add_sharing() {
    for (const schemas::Comparison& comparison : catalog_.comparisons().all()) {
      const OfSale* right = sale_.of_type(comparison.right);
      if (comparison.how != schemas::Comparing::sum || right == nullptr) continue;
      for (const auto* rule : catalog_.siblings().of(comparison.left)) {
        if (rule->sibling != comparison.right) continue;
        for (OfSale& one : found(comparison.left, *rule, *right)) {
          if (!is_in_sale(one)) sale_.sharing.push_back(std::move(one));
        }
      }
    }
  }

  void note_missing() {
    for (const auto* rule : catalog_.siblings().of(sale_.subject().type->name)) {
      const bool is_missing = rule->awaited == schemas::Awaited::yes && sale_.of_type(rule->sibling) == nullptr;
      if (is_missing) sale_.missing.push_back(rule);
    }
  }

  const schemas::Catalog& catalog_;
  const FindDocuments& find_;
  Sale sale_;
};

}  // namespace

bool fits(const Reference& reference, const Element& body) {
  for (std::size_t i = 0; i < reference.fields.size(); ++i) {
    if (head_field(*reference.type, body, reference.fields[i]) != reference.values[i]) return false;
  }
  return true;
}

Reference reference_by(const schemas::SiblingRule& rule, const schemas::MessageType& wanted, const OfSale& from) {
  Reference reference{&wanted, rule.fields, {}};
  for (const std::string& field : rule.fields) {
    reference.values.push_back(head_field(*from.type, from.body, field));
    if (reference.values.back().empty()) return {};
  }
  return reference;
}

const OfSale* Sale::of_type(std::string_view type) const {
  const auto found = std::ranges::find_if(documents, [&](const OfSale& one) { return one.type->name == type; });
  return found == documents.end() ? nullptr : &*found;
}

Sale sale_of(const schemas::Catalog& catalog, OfSale subject, const FindDocuments& find) {
  return Gathering(catalog, find).gather(std::move(subject));
}

std::string absent_text(const schemas::SiblingRule& rule, const OfSale& subject) {
  std::string text = rule.absent;
  for (const std::string& field : rule.fields) {
    const std::string place = "{" + field + "}", value = head_field(*subject.type, subject.body, field);
    for (auto at = text.find(place); at != std::string::npos; at = text.find(place, at + value.size())) {
      text.replace(at, place.size(), value);
    }
  }
  return text;
}

}  // namespace codecs::ceb

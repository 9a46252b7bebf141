#include "tools/platform/store.h"

#include <algorithm>

#include "codecs/ceb/identity.h"
#include "schemas/document_key.h"

namespace tools::platform {
namespace {

using codecs::ceb::OfSale;
using codecs::ceb::Reference;
using codecs::ceb::reference_by;

// Nothing where a part of it is empty.
std::string written(const Reference& reference) {
  if (reference.type == nullptr) return {};
  std::vector<std::string> parts = reference.fields;
  parts.insert(parts.end(), reference.values.begin(), reference.values.end());
  return schemas::key_from_parts(reference.type->name, parts);
}

OfSale of_sale(const Submission& submission) { return {submission.type, submission.key, submission.body}; }

}  // namespace

std::string StoredDocument::status_at(base::Time time) const {
  std::string status;
  for (const Reached& step : history) {
    if (step.at <= time) status = step.status;
  }
  return status;
}

bool StoredDocument::has_reached(std::string_view status, base::Time time) const {
  return std::any_of(history.begin(), history.end(),
                     [&](const Reached& step) { return step.at <= time && step.status == status; });
}

std::string field(const Submission& submission, std::string_view name) {
  return codecs::ceb::head_field(*submission.type, submission.body, name);
}

const StoredDocument* Store::find(std::string_view key) const {
  const auto found = documents_.find(key);
  return found == documents_.end() ? nullptr : &found->second;
}

StoredDocument* Store::find(std::string_view key) {
  const auto found = documents_.find(key);
  return found == documents_.end() ? nullptr : &found->second;
}

StoredDocument& Store::put(StoredDocument document) {
  if (const StoredDocument* before = find(document.newest.key)) forget(before->newest);
  index(document.newest);
  const std::string key = document.newest.key;
  return documents_[key] = std::move(document);
}

void Store::erase(std::string_view key) {
  const auto found = documents_.find(key);
  if (found == documents_.end()) return;
  forget(found->second.newest);
  documents_.erase(found);
}

std::vector<const StoredDocument*> Store::named(const Reference& reference) const {
  std::vector<const StoredDocument*> found;
  for (const std::string& key : keys_at(reference)) found.insert(found.begin(), find(key));
  return found;
}

std::set<std::string> Store::waiting_for(const Submission& of) const {
  std::set<std::string> users;
  for (const schemas::SiblingRule* rule : catalog_.siblings().naming(of.type->name)) {
    const schemas::MessageType* type = catalog_.find(rule->type);
    if (rule->awaited == schemas::Awaited::no || type == nullptr) continue;
    const auto& keys = keys_at(reference_by(*rule, *type, of_sale(of)));
    users.insert(keys.begin(), keys.end());
  }
  return users;
}

std::set<std::string> Store::users(const Submission& of) const {
  std::set<std::string> users = waiting_for(of);
  for (const schemas::SiblingRule* rule : catalog_.siblings().naming(of.type->name)) {
    const schemas::MessageType* type = catalog_.find(rule->type);
    if (rule->awaited == schemas::Awaited::yes || type == nullptr) continue;
    for (const StoredDocument* one : named(reference_by(*rule, *type, of_sale(of)))) {
      users.merge(waiting_for(one->newest));
    }
  }
  return users;
}

std::vector<std::string> Store::rivals(const Submission& from) const {
  const auto rules = catalog_.siblings().of(from.type->name);
  if (rules.empty()) return {};
  std::vector<std::string> rivals = keys_at(reference_by(*rules.front(), *from.type, of_sale(from)));
  std::erase(rivals, from.key);
  return rivals;
}

const std::vector<std::string>& Store::keys_at(const Reference& reference) const {
  static const std::vector<std::string> none;
  const auto found = named_.find(written(reference));
  return found == named_.end() ? none : found->second;
}

// What a document can be found by: once for each way in which its type names others or is named.
std::set<std::string> Store::names_of(const Submission& submission) const {
  std::set<std::string> names;
  const std::string& type = submission.type->name;
  for (const schemas::SiblingRule& rule : catalog_.siblings().rules()) {
    if (rule.type != type && rule.sibling != type) continue;
    names.insert(written(reference_by(rule, *submission.type, of_sale(submission))));
  }
  names.erase("");
  return names;
}

void Store::index(const Submission& submission) {
  for (const std::string& name : names_of(submission)) named_[name].push_back(submission.key);
}

void Store::forget(const Submission& submission) {
  for (const std::string& name : names_of(submission)) {
    const auto found = named_.find(name);
    if (found == named_.end()) continue;
    std::erase(found->second, submission.key);
    if (found->second.empty()) named_.erase(found);
  }
}

}  // namespace tools::platform

#include "tools/platform/store.h"

#include <algorithm>

#include "codecs/ceb/identity.h"
#include "schemas/document_key.h"

namespace tools::platform {
namespace {

std::string reference(const Submission& submission, const Sibling& sibling) {
  std::vector<std::string> parts;
  for (const std::string_view name : sibling.fields) parts.push_back(field(submission, name));
  return schemas::key_from_parts(sibling.type, parts);
}

// What a document can be found by: once for each way in which others name its type.
std::set<std::string> names_of(const Submission& submission) {
  std::set<std::string> names;
  for (const Conduct& conduct : conducts()) {
    for (const Sibling& sibling : conduct.siblings) {
      if (sibling.type == submission.type->name) names.insert(reference(submission, sibling));
    }
  }
  return names;
}

std::vector<std::string> references_of(const Submission& submission) {
  std::vector<std::string> references;
  if (const Conduct* conduct = conduct_of(submission.type->name)) {
    for (const Sibling& sibling : conduct->siblings) references.push_back(reference(submission, sibling));
  }
  return references;
}

const std::vector<std::string>* keys_at(const std::map<std::string, std::vector<std::string>, std::less<>>& index,
                                        const std::string& name) {
  const auto found = index.find(name);
  return found == index.end() ? nullptr : &found->second;
}

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

const StoredDocument* Store::sibling(const Submission& from, const Sibling& wanted) const {
  const auto* keys = keys_at(named_, reference(from, wanted));
  return keys == nullptr ? nullptr : find(keys->back());
}

std::vector<std::string> Store::users(const Submission& of) const {
  std::vector<std::string> users;
  for (const std::string& name : names_of(of)) {
    if (const auto* keys = keys_at(users_, name)) users.insert(users.end(), keys->begin(), keys->end());
  }
  return users;
}

std::vector<std::string> Store::rivals(const Submission& from, const Sibling& wanted) const {
  std::vector<std::string> rivals;
  if (const auto* keys = keys_at(users_, reference(from, wanted))) rivals = *keys;
  std::erase(rivals, from.key);
  return rivals;
}

void Store::index(const Submission& submission) {
  for (const std::string& name : names_of(submission)) named_[name].push_back(submission.key);
  for (const std::string& name : references_of(submission)) users_[name].push_back(submission.key);
}

void Store::forget(const Submission& submission) {
  const auto drop = [&](Index& from, const std::string& name) {
    const auto found = from.find(name);
    if (found == from.end()) return;
    std::erase(found->second, submission.key);
    if (found->second.empty()) from.erase(found);
  };
  for (const std::string& name : names_of(submission)) drop(named_, name);
  for (const std::string& name : references_of(submission)) drop(users_, name);
}

}  // namespace tools::platform

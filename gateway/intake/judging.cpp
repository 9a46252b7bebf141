#include "gateway/intake/judging.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/guid.h"
#include "codecs/ceb/identity.h"
#include "codecs/ceb/json_codec.h"
#include "codecs/ceb/xml_codec.h"
#include "gateway/views/answers.h"

namespace gateway::intake {
namespace {

std::string written(const Candidate& candidate) {
  const config::Enterprise& enterprise = *candidate.enterprise;
  codecs::ceb::Message message;
  message.type = candidate.type->name;
  message.guid = base::new_guid();
  message.documents.push_back(candidate.body);
  message.transfer = codecs::ceb::base_transfer(enterprise.code, enterprise.name, enterprise.dxp_id);
  return codecs::ceb::write_xml(*candidate.type, message);
}

// The judged message holds this document alone, so its business node stands there as the first.
std::string posted_path(const Candidate& candidate, const std::string& xpath) {
  if (candidate.form == PostForm::json) {
    return candidate.document_path() + codecs::ceb::place_of(*candidate.type, xpath).pointer;
  }
  const std::string node = "/ceb:" + candidate.type->name + "/ceb:" + candidate.type->business_node;
  if (!xpath.starts_with(node)) return candidate.place;
  const std::size_t inside = xpath.find('/', node.size());
  return inside == std::string::npos ? candidate.place : candidate.place + xpath.substr(inside);
}

// The schema lets some of these be empty or absent; without them a document has no name.
void demand_key(Candidate& candidate) {
  for (const std::string& part : candidate.type->key_fields) {
    if (!codecs::ceb::head_field(*candidate.type, candidate.body, part).empty()) continue;
    const std::string path = candidate.field_path(part);
    const bool is_told = std::any_of(candidate.faults.begin(), candidate.faults.end(), [&](const base::Fault& fault) {
      return fault.path == path && fault.severity == base::Severity::error;
    });
    if (is_told) continue;
    candidate.refuse(Refusal::invalid, views::fault("intake.key", path, part + " 是单证主键的一部分，不能为空。",
                                                    part + " is part of the document's key and must not be empty."));
  }
}

// A value that could not even be read is told once, not again as empty or missing.
bool is_told(const base::Faults& told, const std::string& path) {
  return std::any_of(told.begin(), told.end(), [&](const base::Fault& fault) {
    return fault.severity == base::Severity::error && fault.code.starts_with("json.") &&
           (path == fault.path || path.starts_with(fault.path + "/"));
  });
}

// Nothing, and a refusal: it cannot even be written.
std::optional<base::XmlDocument> as_message(Candidate& candidate) {
  auto document = base::XmlDocument::read(written(candidate));
  if (document) return std::move(*document);
  base::Faults faults = document.faults();
  for (base::Fault& fault : faults) fault.path = candidate.document_path();
  candidate.refuse_all(Refusal::invalid, faults);
  return std::nullopt;
}

}  // namespace

void Judging::check_what_is_there(Candidate& candidate) const {
  const auto document = as_message(candidate);
  if (!document) return;
  const base::Faults read_faults = candidate.faults;
  for (base::Fault& fault :
       judge_.judge(*document, schemas::Level::schema, schemas::SignatureDemand::none_yet).faults) {
    fault.path = posted_path(candidate, fault.path);
    if (fault.code == "schema.missing" || is_told(read_faults, fault.path)) continue;
    fault.line = 0;
    candidate.refuse(Refusal::invalid, std::move(fault));
  }
}

void Judging::check(Candidate& candidate) const {
  const auto document = as_message(candidate);
  if (!document) return;
  const base::Faults read_faults = candidate.faults;
  schemas::Verdict verdict = judge_.judge(*document, schemas::Level::all, schemas::SignatureDemand::none_yet);
  for (base::Fault& fault : verdict.faults) {
    fault.path = posted_path(candidate, fault.path);
    if (is_told(read_faults, fault.path)) continue;
    fault.line = 0;  // of a text that the ERP never saw
    if (fault.severity == base::Severity::error)
      candidate.refuse(Refusal::invalid, fault);
    else
      candidate.faults.push_back(fault);
  }
  demand_key(candidate);
}

}  // namespace gateway::intake

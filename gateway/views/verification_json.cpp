#include "gateway/views/verification_json.h"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <string>

#include "base/clock.h"
#include "gateway/views/document_json.h"

namespace gateway::views {

namespace json = boost::json;

namespace {

json::value eport_json(const std::optional<signing::EportFacts>& facts) {
  if (!facts) return nullptr;
  return json::object{{"company", facts->company},
                      {"card_number", facts->card_number},
                      {"organisation_code", facts->organisation_code},
                      {"masked_holder_id", facts->masked_holder_id}};
}

json::value certificate_json(const signing::Verification& verification) {
  if (!verification.certificate) return nullptr;
  const signing::Certificate& certificate = *verification.certificate;
  return json::object{{"serial", certificate.serial},
                      {"subject", certificate.subject},
                      {"issuer", certificate.issuer},
                      {"not_before", base::rfc3339(certificate.not_before)},
                      {"not_after", base::rfc3339(certificate.not_after)},
                      {"key", certificate.key_kind == signing::KeyKind::sm2 ? "SM2" : "RSA"},
                      {"eport", eport_json(verification.eport)}};
}

json::array steps_json(const std::vector<signing::Step>& steps) {
  json::array array;
  for (const signing::Step& step : steps) {
    array.push_back(
        json::object{{"name", step.name}, {"verdict", word(step.verdict)}, {"zh", step.zh}, {"en", step.en}});
  }
  return array;
}

json::array causes_json(const std::vector<signing::Cause>& causes) {
  json::array array;
  for (const signing::Cause& cause : causes) {
    array.push_back(json::object{{"name", cause.name}, {"zh", cause.zh}, {"en", cause.en}});
  }
  return array;
}

json::value text_or_null(const std::string& text) { return text.empty() ? json::value(nullptr) : json::value(text); }

}  // namespace

std::string_view word(signing::StepVerdict verdict) {
  switch (verdict) {
    case signing::StepVerdict::good:
      return "good";
    case signing::StepVerdict::bad:
      return "bad";
    case signing::StepVerdict::not_checked:
      break;
  }
  return "not_checked";
}

json::object verification_json(const signing::Verification& verification, CanonicalText canonical) {
  json::object object{{"valid", verification.valid},
                      {"dialect", verification.dialect},
                      {"certificate", certificate_json(verification)},
                      {"steps", steps_json(verification.steps)},
                      {"causes", causes_json(verification.causes)},
                      {"faults", faults(verification.faults)}};
  if (canonical == CanonicalText::shown) {
    object["canonical_signed_info"] = text_or_null(verification.canonical_signed_info);
    object["canonical_document"] = text_or_null(verification.canonical_document);
  }
  return object;
}

}  // namespace gateway::views

#include "tools/platform/inspection.h"

#include <algorithm>
#include <span>
#include <vector>

#include "base/xml.h"
#include "codecs/ceb/json_codec.h"
#include "codecs/ceb/xml_codec.h"

namespace tools::platform {
namespace {

base::Faults errors_of(const base::Faults& faults) {
  base::Faults errors;
  std::copy_if(faults.begin(), faults.end(), std::back_inserter(errors),
               [](const base::Fault& fault) { return fault.severity == base::Severity::error; });
  return errors;
}

std::string child_text(const std::optional<codecs::ceb::Element>& parent, std::string_view name) {
  const codecs::ceb::Element* child = parent ? parent->child(name) : nullptr;
  return child == nullptr ? "" : child->text;
}

base::Fault not_a_declaration(const std::string& type) {
  return {"platform.type",
          "",
          "平台不受理 " + type + "，只受理企业的申报报文",
          "the platform does not take a " + type + ", only declarations of enterprises",
          "",
          0};
}

// Customs knows rsa-sha256 for envelopes only.
std::span<const signing::Dialect> of_messages() {
  static const auto known = [] {
    std::vector<signing::Dialect> all;
    for (const auto* name : {"sm2-sm3", "rsa-sha1", "hainan-sm2"}) {
      all.push_back(*signing::find_dialect(signing::standard_dialects(), name));
    }
    return all;
  }();
  return known;
}

}  // namespace

Inspection::Inspection(const schemas::Catalog& catalog, const schemas::Judge& judge,
                       std::optional<signing::Trust> trust, Enterprises enterprises)
    : catalog_(catalog), judge_(judge), trust_(std::move(trust)), enterprises_(std::move(enterprises)) {}

Arrival Inspection::inspect(std::string_view xml, base::Time at) const {
  Arrival arrival;
  arrival.at = at;
  const auto document = base::XmlDocument::read(xml);
  if (!document) {
    arrival.faults = document.faults();
    return arrival;
  }
  read(xml, arrival);
  const auto verdict = judge_.judge(*document, schemas::Level::schema, schemas::SignatureDemand::as_schema_says);
  arrival.faults = errors_of(verdict.faults);
  if (!arrival.faults.empty()) return arrival;
  const schemas::MessageType* type = catalog_.find(arrival.type);
  if (type == nullptr || type->kind != schemas::MessageKind::declaration) {
    arrival.faults.push_back(not_a_declaration(verdict.type));
    return arrival;
  }
  judge_contents(*document, *type, arrival);
  arrival.signature = verify(xml, *document, at);
  arrival.enterprise = fault_of_enterprise(arrival);
  return arrival;
}

void Inspection::read(std::string_view xml, Arrival& arrival) const {
  auto message = codecs::ceb::read_xml(catalog_, xml);
  if (!message) return;  // not a message of the catalog: the judge says so
  arrival.guid = message->guid;
  arrival.type = message->type;
  arrival.cop_code = child_text(message->transfer, "copCode");
  arrival.dxp_id = child_text(message->transfer, "dxpId");
  arrival.documents = std::move(message->documents);
}

void Inspection::judge_contents(const base::XmlDocument& document, const schemas::MessageType& type,
                                Arrival& arrival) const {
  arrival.contents.resize(arrival.documents.size());
  const auto verdict = judge_.judge(document, schemas::Level::all, schemas::SignatureDemand::as_schema_says);
  for (const base::Fault& fault : errors_of(verdict.faults)) {
    const std::size_t index = codecs::ceb::place_of(type, fault.path).document;
    if (index < arrival.contents.size() && arrival.contents[index].empty()) arrival.contents[index] = fault.zh;
  }
}

SignatureVerdict Inspection::verify(std::string_view xml, const base::XmlDocument& document, base::Time at) const {
  const signing::Verification verification =
      signing::verify(xml, document, {.trust = trust_ ? &*trust_ : nullptr, .now = at, .dialects = of_messages()});
  SignatureVerdict verdict{verification.valid, verification.dialect, ""};
  if (verdict.valid) return verdict;
  const base::Faults errors = errors_of(verification.faults);
  verdict.reason = errors.empty() ? "签名无效" : errors.front().zh;
  verdict.code = errors.empty() ? "" : errors.front().code;
  return verdict;
}

SignatureVerdict Inspection::signature_of(std::string_view xml, base::Time at) const {
  const auto document = base::XmlDocument::read(xml);
  return document ? verify(xml, *document, at) : SignatureVerdict{false, "", "签名无效"};
}

std::string Inspection::fault_of_enterprise(const Arrival& arrival) const {
  if (enterprises_.empty()) return "";
  const auto known = enterprises_.find(arrival.cop_code);
  if (known == enterprises_.end()) return "[" + arrival.cop_code + "]";
  if (known->second.contains(arrival.dxp_id)) return "";
  return "[" + arrival.cop_code + "]与报文传输编号[" + arrival.dxp_id + "]不匹配";
}

}  // namespace tools::platform

#include "tools/platform/inspection.h"

#include <algorithm>
#include <span>
#include <vector>

#include "base/xml.h"
#include "codecs/ceb/json_codec.h"
#include "codecs/ceb/xml_codec.h"
#include "signing/company.h"

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

// "OrderList" of /ceb:CEB311Message/ceb:Order[1]/ceb:OrderList
std::string last_name(const std::string& path) {
  const auto slash = path.rfind('/'), colon = path.rfind(':');
  const std::size_t begin = colon == std::string::npos || colon < slash ? slash + 1 : colon + 1;
  return path.substr(begin, path.find('[', begin) - begin);
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

Inspection::Inspection(const schemas::Catalog& catalog, const schemas::Judge& judge, const Rulebook& rules,
                       std::optional<signing::Trust> trust, Enterprises enterprises)
    : catalog_(catalog), judge_(judge), rules_(rules), trust_(std::move(trust)), enterprises_(std::move(enterprises)) {}

Arrival Inspection::inspect(std::string_view xml, base::Time at) const {
  Arrival arrival;
  arrival.at = at;
  const auto document = base::XmlDocument::read(xml);
  if (!document) {
    arrival.faults = document.faults();
    return arrival;
  }
  read(xml, arrival);
  judge_form(*document, arrival);
  if (!arrival.faults.empty()) return arrival;
  judge_contents(*document, *catalog_.find(arrival.type), arrival);
  arrival.signature = verify(xml, *document, at);
  judge_enterprise(arrival);
  return arrival;
}

void Inspection::judge_form(const base::XmlDocument& document, Arrival& arrival) const {
  const auto verdict = judge_.judge(document, schemas::Level::schema, schemas::SignatureDemand::as_schema_says);
  const schemas::MessageType* type = catalog_.find(arrival.type);
  const bool is_declaration = type != nullptr && type->kind == schemas::MessageKind::declaration;
  const base::Faults errors = errors_of(verdict.faults);
  for (const base::Fault& fault : errors) {
    if (!is_declaration || !is_said_of(fault, *type, arrival)) {
      arrival.faults = errors;
      return;
    }
  }
  if (!is_declaration) arrival.faults.push_back(not_a_declaration(verdict.type));
}

// What the schema has against it E-Port says in a receipt of its own where a code stands for it.
bool Inspection::is_said_of(const base::Fault& fault, const schemas::MessageType& type, Arrival& arrival) const {
  if (fault.code == "schema.more") return arrival.lack == Occasion::too_many;
  const std::size_t place = codecs::ceb::place_of(type, fault.path).document;
  if (place >= arrival.documents.size()) return false;
  const auto can_say = [&](Occasion occasion) { return rules_.saying(type.name, occasion) != nullptr; };
  const std::string name = last_name(fault.path);
  if (name == "Signature" && fault.code == "schema.missing" && can_say(Occasion::unsigned_message)) {
    arrival.lack = Occasion::unsigned_message;
    return true;
  }
  const bool is_one_too_many = fault.code == "schema.too_many" || fault.code == "schema.repeated";
  if (name == type.business_node && is_one_too_many && can_say(Occasion::too_many)) {
    if (!arrival.lack) arrival.lack = Occasion::too_many;
    return true;
  }
  if (name != type.list || fault.code != "schema.missing" || !can_say(Occasion::rows_missing)) return false;
  arrival.without_rows.insert(place);
  return true;
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
  const auto companies =
      verification.certificate ? signing::companies_of(*verification.certificate) : std::vector<std::string>();
  if (!companies.empty()) verdict.company = companies.front();
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

void Inspection::judge_enterprise(Arrival& arrival) const {
  if (enterprises_.empty()) return;
  const auto known = enterprises_.find(arrival.cop_code);
  if (known == enterprises_.end()) {
    arrival.enterprise = "[" + arrival.cop_code + "]";
    return;
  }
  const Enterprise& enterprise = known->second;
  if (!enterprise.dxp_ids.contains(arrival.dxp_id)) {
    arrival.enterprise = "[" + arrival.cop_code + "]与报文传输编号[" + arrival.dxp_id + "]不匹配";
  }
  const auto& senders = catalog_.find(arrival.type)->roles;
  const auto has_role = [&](const std::string& role) { return enterprise.roles.contains(role); };
  if (!enterprise.roles.empty() && std::ranges::none_of(senders, has_role)) arrival.kind = arrival.cop_code;
  const std::string& holder = arrival.signature.company;
  if (!enterprise.company.empty() && arrival.signature.valid && !signing::same_company(holder, enterprise.company)) {
    arrival.card = holder;
  }
}

}  // namespace tools::platform

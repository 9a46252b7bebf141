#include "gateway/signatures/making.h"

#include "base/xml.h"
#include "codecs/ceb/xml_codec.h"
#include "gateway/keys/dialects.h"
#include "gateway/views/answers.h"
#include "signing/sign.h"
#include "signing/signature_text.h"
#include "signing/text_signature.h"

namespace gateway::signatures {
namespace {

using signing::SignatureAlgorithm;

std::string_view word(SignatureAlgorithm algorithm) {
  switch (algorithm) {
    case SignatureAlgorithm::sm2_sm3:
      return "sm2-sm3";
    case SignatureAlgorithm::rsa_sha1:
      return "rsa-sha1";
    case SignatureAlgorithm::rsa_sha256:
      break;
  }
  return "rsa-sha256";
}

// A dialect may leave KeyName out; the number is told all the same.
std::string number_in(const signing::Dialect& dialect, const signing::Certificate& certificate) {
  const std::string written = signing::key_name(dialect, certificate);
  return written.empty() ? certificate.serial : written;
}

base::Result<SignatureAlgorithm> algorithm_for(const Order& order, signing::KeyKind kind) {
  if (kind == signing::KeyKind::rsa) return order.rsa.value_or(SignatureAlgorithm::rsa_sha1);
  if (!order.rsa) return SignatureAlgorithm::sm2_sm3;
  return views::fault("sign.digest", "/digest", "该企业的密钥是 SM2，摘要总是 SM3；请去掉 digest。",
                      "The enterprise's key is SM2, whose digest is always SM3; leave digest out.");
}

}  // namespace

bool Attempt::was_refused() const {
  if (signature) return false;
  const std::string& code = signature.faults().front().code;
  return code.starts_with("key.") || code == "signature.self";
}

const schemas::MessageType* message_type(const schemas::Catalog& catalog, std::string_view xml) {
  if (!base::XmlDocument::read(xml)) return nullptr;
  const auto message = codecs::ceb::read_xml(catalog, xml);
  return message ? catalog.find(message->type) : nullptr;
}

std::string usual_dialect(const config::Settings& settings, const config::Enterprise& enterprise,
                          const schemas::MessageType* type) {
  const config::Port* port = settings.port(enterprise.port_for(type == nullptr ? std::string() : type->name));
  return keys::dialect_name(enterprise, port == nullptr ? config::Port{} : *port);
}

Attempt Maker::make(const Order& order) const {
  return order.kind == ledger::SigningKind::xml ? sign_xml(order) : sign_text(order);
}

Attempt Maker::sign_xml(const Order& order) const {
  const schemas::MessageType* type = message_type(catalog_, order.content);
  const std::string wanted = order.dialect.empty() ? usual_dialect(settings_, *order.enterprise, type) : order.dialect;
  const signing::Placement placement{.before = type == nullptr ? std::string() : type->signature_before};
  std::optional<Tried> tried;
  auto made = keys_.ring(order.enterprise->code).with_key([&](const signing::Key& key) -> base::Result<std::string> {
    const auto dialect = keys::find_dialect(keys_.dialects(), wanted, key.certificate().key_kind);
    if (!dialect) return dialect.faults();
    tried = {key.certificate(), dialect->name, number_in(*dialect, key.certificate())};
    return signing::sign(order.content, key, *dialect, placement);
  });
  return {type == nullptr ? std::string() : type->name, std::move(tried), std::move(made)};
}

Attempt Maker::sign_text(const Order& order) const {
  std::optional<Tried> tried;
  auto made = keys_.ring(order.enterprise->code).with_key([&](const signing::Key& key) -> base::Result<std::string> {
    const auto algorithm = algorithm_for(order, key.certificate().key_kind);
    if (!algorithm) return algorithm.faults();
    tried = {key.certificate(), std::string(word(*algorithm)), key.certificate().serial};
    return signing::sign_text(order.content, key, *algorithm);
  });
  return {std::string(), std::move(tried), std::move(made)};
}

}  // namespace gateway::signatures

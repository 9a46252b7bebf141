#include <utility>

#include "base/guid.h"
#include "codecs/ceb/exact_json.h"
#include "codecs/ceb/identity.h"
#include "codecs/ceb/json_codec.h"
#include "codecs/ceb/xml_codec.h"
#include "codecs/hainan/envelope.h"
#include "gateway/sealing/opening.h"
#include "gateway/sealing/sealing.h"
#include "signing/keys/open_key.h"
#include "signing/sign.h"

namespace gateway::sealing {

namespace {

using KeyRing = std::map<std::string, std::shared_ptr<const signing::Key>>;  // by enterprise code

base::Fault about(const config::Enterprise& enterprise, base::Fault fault) {
  fault.zh = "企业 " + enterprise.code + "：" + fault.zh;
  fault.en = "enterprise " + enterprise.code + ": " + fault.en;
  return fault;
}

base::Fault unknown_dialect(const std::string& name) {
  return {.code = "signing.dialect",
          .path = {},
          .zh = "没有名为 " + name + " 的签名方言",
          .en = "there is no signature dialect called " + name,
          .source = {}};
}

base::Fault wrong_dialect(const signing::Dialect& dialect) {
  return {.code = "signing.dialect",
          .path = {},
          .zh = "签名方言 " + dialect.name + " 与密钥种类不符",
          .en = "the dialect " + dialect.name + " does not fit the kind of key",
          .source = {}};
}

// The enterprise's choice, else the port's, else what the key's kind asks for.
base::Result<signing::Dialect> dialect_for(const config::Enterprise& enterprise, const config::Port& port,
                                           const signing::Key& key) {
  const std::string& name = enterprise.dialect.empty() ? port.dialect : enterprise.dialect;
  if (name.empty()) return signing::default_dialect(key.certificate().key_kind);
  const signing::Dialect* dialect = signing::find_dialect(signing::standard_dialects(), name);
  if (dialect == nullptr) return unknown_dialect(name);
  if (signing::key_kind(dialect->signature) != key.certificate().key_kind) return wrong_dialect(*dialect);
  return *dialect;
}

// A key that cannot verify its own signature must never be used for sending.
base::Faults prove(const config::Settings& settings, const config::Enterprise& enterprise, const signing::Key& key) {
  const config::Port* port = settings.port(enterprise.port);
  const auto dialect = dialect_for(enterprise, port == nullptr ? config::Port{} : *port, key);
  if (!dialect) return dialect.faults();
  const auto proof = signing::sign("<ceb:Proof xmlns:ceb=\"http://www.chinaport.gov.cn/ceb\"/>", key, *dialect, {});
  return proof ? base::Faults{} : proof.faults();
}

base::Result<KeyRing> open_keys(const config::Settings& settings) {
  KeyRing ring;
  base::Faults faults;
  for (const auto& enterprise : settings.enterprises) {
    auto key = signing::keys::open_key({.uri = enterprise.key, .certificate = enterprise.certificate});
    const auto found = key ? prove(settings, enterprise, **key) : key.faults();
    for (const auto& fault : found) faults.push_back(about(enterprise, fault));
    if (key) ring.emplace(enterprise.code, std::move(key).value());
  }
  if (!faults.empty()) return faults;
  return ring;
}

class KeyedSealer final : public Sealer {
 public:
  KeyedSealer(const schemas::Catalog& catalog, const schemas::Judge& judge, KeyRing keys)
      : catalog_(catalog), judge_(judge), keys_(std::move(keys)) {}

  std::size_t most_documents(const std::string& type) const override { return catalog_.find(type)->most_documents; }

  base::Result<Sealed> seal(const config::Enterprise& enterprise, const config::Port& port, const std::string& type,
                            std::span<const std::string> bodies, base::Time now) const override {
    const signing::Key& key = *keys_.at(enterprise.code);
    const schemas::MessageType& message_type = *catalog_.find(type);
    const auto dialect = dialect_for(enterprise, port, key);
    if (!dialect) return dialect.faults();
    const auto message = assemble(enterprise, message_type, bodies);
    if (!message) return message.faults();
    auto signed_xml = signing::sign(codecs::ceb::write_xml(message_type, *message), key, *dialect,
                                    {.before = message_type.signature_before});
    if (!signed_xml) return signed_xml.faults();
    if (auto faults = judge_whole(*signed_xml); base::has_error(faults)) return faults;
    Sealed sealed{
        .guid = message->guid, .dialect = dialect->name, .signed_xml = std::move(signed_xml).value(), .envelope = {}};
    sealed.envelope = codecs::hainan::write_envelope({.message_type = type,
                                                      .sender_id = enterprise.dxp_id,
                                                      .receiver_id = port.receiver_id,
                                                      .send_time = now,
                                                      .xml = sealed.signed_xml});
    return sealed;
  }

  base::Result<Opened> open(const config::Port& port, const std::string& source,
                            const std::string& bytes) const override {
    return open_listing_record(port, source, bytes);
  }

  std::vector<CertificateDates> certificates() const override {
    std::vector<CertificateDates> dates;
    for (const auto& [code, key] : keys_) {
      const auto& certificate = key->certificate();
      dates.push_back({code, certificate.serial, certificate.not_after});
    }
    return dates;
  }

 private:
  static base::Result<codecs::ceb::Message> assemble(const config::Enterprise& enterprise,
                                                     const schemas::MessageType& type,
                                                     std::span<const std::string> bodies) {
    codecs::ceb::Message message;
    message.type = type.name;
    message.guid = base::new_guid();
    message.transfer = codecs::ceb::base_transfer(enterprise.code, enterprise.name, enterprise.dxp_id);
    for (const auto& body : bodies) {
      const auto json = codecs::ceb::read_json(body);
      if (!json) return json.faults();
      auto document = codecs::ceb::read_document(type, *json, "");
      if (!document) return document.faults();
      message.documents.push_back(std::move(document->body));
    }
    return message;
  }

  base::Faults judge_whole(const std::string& signed_xml) const {
    const auto document = base::XmlDocument::read(signed_xml);
    if (!document) return document.faults();
    return judge_.judge(*document, schemas::Level::schema, schemas::SignatureDemand::as_schema_says).faults;
  }

  const schemas::Catalog& catalog_;
  const schemas::Judge& judge_;
  KeyRing keys_;
};

}  // namespace

base::Result<std::unique_ptr<Sealer>> Sealer::make(const config::Settings& settings, const schemas::Catalog& catalog,
                                                   const schemas::Judge& judge) {
  auto keys = open_keys(settings);
  if (!keys) return keys.faults();
  return std::unique_ptr<Sealer>(std::make_unique<KeyedSealer>(catalog, judge, std::move(keys).value()));
}

}  // namespace gateway::sealing

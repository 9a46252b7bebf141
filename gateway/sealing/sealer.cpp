#include <optional>
#include <utility>

#include "base/guid.h"
#include "codecs/ceb/exact_json.h"
#include "codecs/ceb/identity.h"
#include "codecs/ceb/json_codec.h"
#include "codecs/ceb/xml_codec.h"
#include "codecs/dxp/envelope.h"
#include "codecs/hainan/envelope.h"
#include "gateway/keys/dialects.h"
#include "gateway/sealing/opening.h"
#include "gateway/sealing/sealing.h"
#include "signing/sign.h"

namespace gateway::sealing {

namespace {

class KeyedSealer final : public Sealer {
 public:
  KeyedSealer(const keys::Keys& keys, const schemas::Catalog& catalog, const schemas::Judge& judge)
      : keys_(keys), catalog_(catalog), judge_(judge) {}

  std::size_t most_documents(const std::string& type) const override { return catalog_.find(type)->most_documents; }

  base::Result<Sealed> seal(const config::Enterprise& enterprise, const config::Port& port, const std::string& type,
                            std::span<const std::string> bodies, base::Time now) const override {
    const schemas::MessageType& message_type = *catalog_.find(type);
    const auto message = assemble(enterprise, message_type, bodies);
    if (!message) return message.faults();
    const std::string xml = codecs::ceb::write_xml(message_type, *message);
    std::string used;
    std::optional<base::XmlDocument> as_read;
    auto signed_xml = keys_.ring(enterprise.code).with_key([&](const signing::Key& key) -> base::Result<std::string> {
      const auto dialect = dialect_of(enterprise, port, key);
      if (!dialect) return dialect.faults();
      used = dialect->name;
      auto made = signing::sign_and_read(xml, key, *dialect, {.before = message_type.signature_before});
      if (!made) return made.faults();
      as_read = std::move(made->document);
      return std::move(made->text);
    });
    if (!signed_xml) return signed_xml.faults();
    const auto judged = judge_.judge(*as_read, schemas::Level::schema, schemas::SignatureDemand::as_schema_says);
    if (base::has_error(judged.faults)) return judged.faults;
    Sealed sealed{.guid = message->guid, .dialect = used, .signed_xml = std::move(signed_xml).value(), .envelope = {}};
    auto envelope = wrapped(enterprise, port, type, sealed, now);
    if (!envelope) return envelope.faults();
    sealed.envelope = std::move(envelope).value();
    return sealed;
  }

  base::Result<std::vector<Opened>> open(const config::Port& port, const std::string& source,
                                         const std::string& bytes) const override {
    const auto first = bytes.find_first_not_of("\xEF\xBB\xBF \t\r\n");
    const bool is_xml = first != std::string::npos && bytes[first] == '<';
    if (is_xml && !is_listing(port, source)) return open_xml(catalog_, bytes);
    auto receipt = open_listing_record(port, source, bytes);
    if (!receipt) return receipt.faults();
    const schemas::MessageType* type = catalog_.find(receipt->receipt_type);
    if (type != nullptr) receipt->about = type->answers;
    return std::vector{std::move(receipt).value()};
  }

 private:
  base::Result<signing::Dialect> dialect_of(const config::Enterprise& enterprise, const config::Port& port,
                                            const signing::Key& key) const {
    const std::string wanted = keys::dialect_name(enterprise, port);
    return keys::find_dialect(keys_.dialects(), wanted, key.certificate().key_kind);
  }

  // What refuses a message as a whole names it by CopMsgId: the guid of its root (报文规范 202205 §4.4, CEB900).
  base::Result<std::string> wrapped(const config::Enterprise& enterprise, const config::Port& port,
                                    const std::string& type, const Sealed& sealed, base::Time now) const {
    if (port.envelope() == config::EnvelopeForm::hainan) {
      return codecs::hainan::write_envelope({.message_type = type,
                                             .sender_id = enterprise.dxp_id,
                                             .receiver_id = port.receiver_id,
                                             .send_time = now,
                                             .xml = sealed.signed_xml});
    }
    codecs::dxp::Envelope envelope;
    envelope.head = {sealed.guid, enterprise.dxp_id, {port.receiver_id}, now, type};
    envelope.data = sealed.signed_xml;
    std::string text = codecs::dxp::write(envelope);
    if (!port.signs_envelope) return text;
    // Last of all, as 表 4-2 has it.
    return keys_.ring(enterprise.code).with_key([&](const signing::Key& key) -> base::Result<std::string> {
      const auto dialect = dialect_of(enterprise, port, key);
      if (!dialect) return dialect.faults();
      return signing::sign(text, key, *dialect, {});
    });
  }

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

  const keys::Keys& keys_;
  const schemas::Catalog& catalog_;
  const schemas::Judge& judge_;
};

}  // namespace

std::unique_ptr<Sealer> Sealer::make(const keys::Keys& keys, const schemas::Catalog& catalog,
                                     const schemas::Judge& judge) {
  return std::make_unique<KeyedSealer>(keys, catalog, judge);
}

}  // namespace gateway::sealing

#include "tools/platform/dxp_desk.h"

#include <utility>
#include <variant>

#include "base/xml.h"
#include "codecs/dxp/envelope.h"
#include "tools/platform/dxp_letters.h"

namespace tools::platform {
namespace {

using codecs::dxp::Envelope;

base::Fault no_message_fault() {
  return {"platform.envelope", "", "企业应发送 DxpMsg，不是 DxpRep", "enterprises send a DxpMsg and no DxpRep", "", 0};
}

base::Result<Envelope> opened(const std::string& bytes) {
  if (const auto document = base::XmlDocument::read(bytes); !document) return document.faults();
  auto content = codecs::dxp::read(bytes);
  if (!content) return content.faults();
  if (auto* envelope = std::get_if<Envelope>(&*content)) return std::move(*envelope);
  if (auto* routed = std::get_if<codecs::dxp::RoutedEnvelope>(&*content)) {
    routed->envelope.is_signed = false;  // by the nodes on its way: no business of the enterprise's
    return std::move(routed->envelope);
  }
  return no_message_fault();
}

// 数据交换平台错误信息及其代码 (报文规范 202205 表 7-1).
std::string code_of(const SignatureVerdict& signature) {
  if (signature.code == "certificate.dates") return "1002";
  return signature.code == "signature.digest" ? "1004" : "1001";
}

std::string code_of(const base::Fault& fault) { return fault.code.starts_with("xml.") ? "0001" : "0002"; }

}  // namespace

Reception DxpDesk::take(const Delivery& delivery, base::Time at) {
  const auto envelope = opened(delivery.bytes);
  if (!envelope) return turn_away(delivery, at, envelope.faults());
  Arrival arrival = inspection_.inspect(envelope->data, at);
  arrival.way = delivery.way;
  if (envelope->is_signed && arrival.signature.valid) {
    auto of_envelope = inspection_.signature_of(delivery.bytes, at);
    if (!of_envelope.valid) arrival.signature = std::move(of_envelope);
  }
  if (const auto code = customs_.reply_asked_for(arrival); code && replied_.insert(arrival.guid).second) {
    reply({delivery.way, envelope->head}, *code, "", at);
    return Reception::taken;
  }
  const Reception reception = customs_.take(arrival);
  if (reception == Reception::refused) return reception;
  if (!arrival.faults.empty()) {
    customs_.receipts().add(message_refusal(*envelope, arrival, customs_.catalog()));
  } else if (!arrival.signature.valid) {
    reply({delivery.way, envelope->head}, code_of(arrival.signature), arrival.signature.reason, at);
  }
  return reception;
}

// Whoever cannot be told is met with silence.
Reception DxpDesk::turn_away(const Delivery& delivery, base::Time at, base::Faults faults) {
  Arrival arrival;
  arrival.at = at;
  arrival.way = delivery.way;
  arrival.dxp_id = delivery.from;
  arrival.faults = std::move(faults);
  customs_.take(arrival);
  if (delivery.from.empty()) return Reception::taken;
  const base::Fault& why = arrival.faults.front();
  reply({delivery.way, head_of_unreadable(delivery.from, at)}, code_of(why), why.zh, at);
  return Reception::taken;
}

void DxpDesk::reply(const Answered& answered, const std::string& code, const std::string& reason, base::Time at) {
  customs_.receipts().add(reply_letter(answered, {code, customs_.rules().reply_text(code)}, reason, at));
}

}  // namespace tools::platform

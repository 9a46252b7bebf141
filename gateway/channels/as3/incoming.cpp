#include "gateway/channels/as3/incoming.h"

#include <utility>

#include "base/digest.h"
#include "codecs/as2/disposition.h"
#include "codecs/as2/mime.h"

namespace gateway::channels::as3 {

using codecs::as2::Agreement;
using codecs::as2::Entity;
using codecs::as2::ReceiptWay;

namespace {

constexpr std::size_t digits_of_name = 32;

Incoming unreadable(base::Faults faults) {
  Incoming incoming;
  incoming.faults = std::move(faults);
  return incoming;
}

// Only whom the agreement names is told, and only where its head can be read.
Incoming unopened(const Entity& entity, base::Faults faults, const Agreement& agreement) {
  Incoming incoming = unreadable(std::move(faults));
  const auto head = codecs::as2::read_head(entity.headers, agreement.carrier);
  if (!head || head->from != agreement.partner_id || head->to != agreement.own_id) return incoming;
  incoming.message_id = head->message_id;
  incoming.request = {agreement.receipt.way, {}, agreement.receipt.signed_with};
  if (const auto asked = codecs::as2::read_receipt_request(entity.headers)) incoming.request = *asked;
  return incoming;
}

Incoming receipt_in(const Entity& entity, std::string file, const Agreement& agreement) {
  auto mdn = codecs::as2::read_mdn(entity.headers, entity.body, agreement);
  if (!mdn) return unreadable(mdn.faults());
  Incoming incoming;
  incoming.kind = Kind::receipt;
  incoming.bytes = std::move(file);
  incoming.message_id = mdn->original_message_id;
  incoming.mdn = *std::move(mdn);
  return incoming;
}

}  // namespace

Incoming open_file(std::string file, const Agreement& agreement) {
  const auto entity = codecs::as2::read_entity(file);
  if (!entity) return unreadable(entity.faults());
  if (codecs::as2::is_mdn(entity->headers, entity->body)) return receipt_in(*entity, std::move(file), agreement);
  auto message = codecs::as2::open_message(entity->headers, entity->body, agreement);
  if (!message) return unopened(*entity, message.faults(), agreement);
  Incoming incoming;
  incoming.kind = Kind::message;
  incoming.bytes = std::move(message->payload.bytes);
  incoming.message_id = std::move(message->head.message_id);
  incoming.request = std::move(message->receipt);
  incoming.mic = std::move(message->mic);
  return incoming;
}

base::Result<AnswerFile> answer_to(const Incoming& incoming, const Agreement& agreement) {
  codecs::as2::MdnContent content{
      .original_message_id = incoming.message_id, .disposition = {}, .mic = incoming.mic, .faults = incoming.faults};
  if (!incoming.faults.empty()) content.disposition = codecs::as2::disposition_of(incoming.faults);
  const std::string name = "MDN-" + base::sha256_hex(incoming.message_id).substr(0, digits_of_name);
  auto mdn = codecs::as2::make_mdn(content, "<" + name + "@cebgate>", incoming.request, agreement);
  if (!mdn) return mdn.faults();
  return AnswerFile{name + ".as3", Entity{std::move(mdn->headers), std::move(mdn->body)}.text()};
}

}  // namespace gateway::channels::as3

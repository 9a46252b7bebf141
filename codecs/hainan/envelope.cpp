#include "codecs/hainan/envelope.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/base64.h"

namespace codecs::hainan {

namespace {

namespace json = boost::json;

constexpr std::string_view file_ending = ".xml";

base::Fault fault(std::string code, std::string path, std::string zh, std::string en) {
  return {.code = std::move(code), .path = std::move(path), .zh = std::move(zh), .en = std::move(en), .source = {}};
}

base::Fault syntax_fault(const std::string& reason) {
  return fault("envelope.syntax", {}, "信封不是正确的 JSON：" + reason, "the envelope is not JSON: " + reason);
}

base::Fault missing_fault(const std::string& path, const std::string& wanted_zh, const std::string& wanted_en) {
  return fault("envelope.shape", path, "信封缺少 " + path + "，此处应为" + wanted_zh,
               "the envelope has no " + path + ", where " + wanted_en + " must be");
}

base::Fault data_fault() {
  return fault("envelope.data", "/Message/MessageBody/data", "data 不是正确的 Base64；应为已签名报文的 Base64 编码",
               "data is not Base64; it must be the signed message in Base64");
}

const json::object* object_in(const json::object& parent, std::string_view name) {
  const auto* value = parent.if_contains({name.data(), name.size()});
  return value != nullptr ? value->if_object() : nullptr;
}

const json::string* string_in(const json::object& parent, std::string_view name) {
  const auto* value = parent.if_contains({name.data(), name.size()});
  return value != nullptr ? value->if_string() : nullptr;
}

std::string text_in(const json::object& parent, std::string_view name) {
  const auto* text = string_in(parent, name);
  return text != nullptr ? std::string(text->data(), text->size()) : std::string();
}

// "2026-01-31 09:30:00", China time.
base::Time read_send_time(std::string text) {
  std::erase_if(text, [](char c) { return c < '0' || c > '9'; });
  return base::read_china_digits(text).value_or(base::Time{});
}

void read_head(const json::object& head, Envelope& envelope) {
  envelope.message_type = text_in(head, "MessageType");
  if (envelope.message_type.ends_with(file_ending)) {
    envelope.message_type.resize(envelope.message_type.size() - file_ending.size());
  }
  envelope.sender_id = text_in(head, "SenderID");
  envelope.receiver_id = text_in(head, "ReceiverID");
  envelope.send_time = read_send_time(text_in(head, "SendTime"));
}

}  // namespace

std::string write_envelope(const Envelope& envelope) {
  const json::object head{{"MessageId", ""},
                          {"MessageType", envelope.message_type + std::string(file_ending)},
                          {"SenderID", envelope.sender_id},
                          {"ReceiverID", envelope.receiver_id},
                          {"SendTime", base::china_text(envelope.send_time)},
                          {"Version", "1.0"}};
  // Base64 needs no escape in JSON: hundreds of thousands of characters are put in as they are.
  return R"({"Message":{"MessageHead":)" + json::serialize(head) + R"(,"MessageBody":{"data":")" +
         base::base64(envelope.xml) + R"("}}})";
}

base::Result<Envelope> read_envelope(std::string_view text) {
  json::error_code ec;
  const json::value whole = json::parse({text.data(), text.size()}, ec);
  if (ec) return syntax_fault(ec.message());
  const auto* message = whole.is_object() ? object_in(whole.get_object(), "Message") : nullptr;
  if (message == nullptr) return missing_fault("/Message", "对象", "an object");
  const auto* body = object_in(*message, "MessageBody");
  if (body == nullptr) return missing_fault("/Message/MessageBody", "对象", "an object");
  const auto* data = string_in(*body, "data");
  if (data == nullptr) return missing_fault("/Message/MessageBody/data", "字符串", "a string");
  auto xml = base::read_base64({data->data(), data->size()});
  if (!xml || xml->empty()) return data_fault();
  Envelope envelope{.message_type = {}, .sender_id = {}, .receiver_id = {}, .send_time = {}, .xml = std::move(*xml)};
  if (const auto* head = object_in(*message, "MessageHead")) read_head(*head, envelope);
  return envelope;
}

}  // namespace codecs::hainan

#include "gateway/channels/as2/words.h"

#include <utility>

namespace gateway::channels::as2 {

namespace {

base::Fault fault(std::string code, std::string zh, std::string en) {
  return {.code = std::move(code), .path = {}, .zh = std::move(zh), .en = std::move(en), .source = {}};
}

}  // namespace

http::Response try_again() {
  auto response = http::Response::problem(503, "Service Unavailable",
                                          {fault("as2.try_again", "报文此刻未被接收，请稍后原样重发。",
                                                 "The message is not taken now; send it again later.")});
  response.headers.set("Retry-After", "5");
  return response;
}

http::Response unusable(const base::Faults& faults) { return http::Response::problem(400, "Bad Request", faults); }

base::Fault not_listening(const std::string& detail) {
  return fault("as2.listen",
               "无法在 AS2 口岸的 listen 地址上接收报文：" + detail + "；请检查地址和证书文件，稍后会再试。",
               "This port cannot listen for AS2 messages: " + detail +
                   "; check its address and certificate files, this is tried again.");
}

base::Fault receipt_not_signed() {
  return fault("as2.mdn_not_signed", "约定回执须签名，而送来的回执没有签名，未予采用；请伙伴改为签名。",
               "Receipts are agreed to be signed, and this one is not; it is not used, the partner has to sign.");
}

base::Fault receipt_elsewhere(const std::string& url) {
  return fault("as2.receipt_address",
               "报文要求把回执发往未约定的地址 " + url + "；请伙伴改用约定的地址，或在 receipts_to 中列出它。",
               "The message asks for its receipt at " + url +
                   ", which is not agreed on; let the partner use an agreed address, or list it in receipts_to.");
}

base::Fault receipt_not_delivered(const std::string& url, const std::string& detail) {
  return fault("as2.receipt_not_delivered", "回执未能送达 " + url + "：" + detail + "；伙伴重发报文时会再次发出。",
               "A receipt could not be delivered to " + url + ": " + detail +
                   "; it goes again when the partner repeats its message.");
}

}  // namespace gateway::channels::as2

#include "codecs/as2/message_head.h"

#include <algorithm>

#include "codecs/as2/faults.h"
#include "codecs/as2/party_name.h"

namespace codecs::as2 {

namespace {

bool is_message_id(std::string_view id) {
  constexpr std::size_t longest = 255;  // RFC 4130 §5.3.3
  return id.size() > 2 && id.size() <= longest && id.front() == '<' && id.back() == '>' &&
         std::all_of(id.begin(), id.end(), [](char c) { return c > ' ' && c < 127; });
}

base::Fault header_fault(const std::string& name, const std::string& allowed_zh, const std::string& allowed_en) {
  return fault("as2.header", "标头 " + name + " 缺失或不正确；应为" + allowed_zh,
               "the header " + name + " is missing or not right; it must be " + allowed_en, "RFC 4130 §6");
}

// The name of a party; adds a fault and gives an empty one where it is not right.
std::string party_in(const Headers& headers, const std::string& name, base::Faults& faults) {
  const auto written = single_field(headers, name);
  if (!written) faults.insert(faults.end(), written.faults().begin(), written.faults().end());
  if (!written) return {};
  const auto party = read_party_name(written->value_or(""));
  if (!party)
    faults.push_back(header_fault(name, "1 至 128 个可打印的 ASCII 字符", "1 to 128 printable ASCII characters"));
  return party.value_or("");
}

std::string message_id_in(const Headers& headers, base::Faults& faults) {
  constexpr std::size_t longest = 998;  // a line of RFC 5322; partners' ids are echoed and not judged further
  const auto written = single_field(headers, "Message-ID");
  if (!written) faults.insert(faults.end(), written.faults().begin(), written.faults().end());
  if (!written) return {};
  const std::string id = written->value_or("");
  const bool is_right = !id.empty() && id.size() <= longest &&
                        std::all_of(id.begin(), id.end(), [](char c) { return c >= ' ' && c < 127; });
  if (!is_right) {
    faults.push_back(
        header_fault("Message-ID", "不超过 998 个可打印的 ASCII 字符", "at most 998 printable ASCII characters"));
  }
  return id;
}

}  // namespace

std::string head_name(Carrier carrier, const char* end) {
  return std::string(carrier == Carrier::as3 ? "AS3-" : "AS2-") + end;
}

Headers written_head(const std::string& message_id, const Agreement& agreement) {
  const Carrier carrier = agreement.carrier;
  return {{head_name(carrier, "Version"), carrier == Carrier::as3 ? "1.0" : "1.2"},
          {head_name(carrier, "From"), written_party_name(agreement.own_id)},
          {head_name(carrier, "To"), written_party_name(agreement.partner_id)},
          {"Message-ID", message_id},
          {"MIME-Version", "1.0"}};
}

base::Faults head_faults(const std::string& message_id, const Agreement& agreement) {
  base::Faults faults;
  if (!is_party_name(agreement.own_id)) {
    faults.push_back(agreement_fault("own_id", "我方 AS2 标识应为 1 至 128 个可打印的 ASCII 字符",
                                     "our AS2 id must be 1 to 128 printable ASCII characters"));
  }
  if (!is_party_name(agreement.partner_id)) {
    faults.push_back(agreement_fault("partner_id", "伙伴的 AS2 标识应为 1 至 128 个可打印的 ASCII 字符",
                                     "the partner's AS2 id must be 1 to 128 printable ASCII characters"));
  }
  if (agreement.own_id == agreement.partner_id) {
    faults.push_back(
        agreement_fault("partner_id", "双方的 AS2 标识相同；请填写不同的标识", "both have the same AS2 id; give two"));
  }
  if (!is_message_id(message_id)) {
    faults.push_back(agreement_fault("message_id", "Message-ID 应为 <…> 形式，不含空格，不超过 255 个 ASCII 字符",
                                     "a Message-ID must be <…> without spaces, at most 255 ASCII characters"));
  }
  return faults;
}

base::Faults partner_faults(const MessageHead& head, const Agreement& agreement) {
  if (head.from == agreement.partner_id && head.to == agreement.own_id) return {};
  const std::string from = head_name(agreement.carrier, "From"), to = head_name(agreement.carrier, "To");
  return {fault("as2.partner", "没有“" + head.from + "”发给“" + head.to + "”的约定；请检查 " + from + " 和 " + to,
                "there is no agreement for messages from \"" + head.from + "\" to \"" + head.to + "\"; check " + from +
                    " and " + to,
                "RFC 4130 §6.2")};
}

base::Result<MessageHead> read_head(const Headers& headers, Carrier carrier) {
  base::Faults faults;
  const std::string from = head_name(carrier, "From"), to = head_name(carrier, "To");
  MessageHead head{.message_id = message_id_in(headers, faults),
                   .from = party_in(headers, from, faults),
                   .to = party_in(headers, to, faults)};
  if (!faults.empty()) return faults;
  if (head.from != head.to) return head;
  return fault("as2.same_party", from + " 与 " + to + " 相同（" + head.from + "）；发送方与接收方应不同",
               from + " and " + to + " are the same (" + head.from + "); the two must differ", "RFC 4130 §6.2");
}

}  // namespace codecs::as2

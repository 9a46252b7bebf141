#include "codecs/as2/faults.h"

namespace codecs::as2 {

base::Fault fault(std::string code, std::string zh, std::string en, std::string source) {
  return {.code = std::move(code), .path = {}, .zh = std::move(zh), .en = std::move(en), .source = std::move(source)};
}

base::Fault broken_mime(const std::string& zh, const std::string& en) {
  return fault("as2.mime", "MIME 结构有误：" + zh + "；请发送方检查其 AS2 软件",
               "the MIME structure is broken: " + en + "; the sender has to look at its AS2 software",
               "RFC 2045, 2046");
}

base::Fault too_large(const std::string& what_zh, const std::string& what_en, std::size_t most_bytes) {
  const std::string limit = std::to_string(most_bytes);
  return fault("as2.too_large", what_zh + "超过 " + limit + " 字节的上限；请拆分后再发送，或提高上限",
               what_en + " is over the limit of " + limit + " bytes; send it in parts or raise the limit");
}

base::Fault agreement_fault(std::string field, std::string zh, std::string en) {
  auto made = fault("as2.agreement", std::move(zh), std::move(en));
  made.path = std::move(field);
  return made;
}

}  // namespace codecs::as2

#include "signing/gmt/device_faults.h"

namespace signing::gmt {

namespace {

base::Fault fault(std::string code, std::string zh, std::string en) {
  return {.code = std::move(code), .path = {}, .zh = std::move(zh), .en = std::move(en), .source = {}};
}

}  // namespace

base::Fault form_fault(std::string zh, std::string en) { return fault("key.form", std::move(zh), std::move(en)); }

base::Fault library_fault(std::string zh, std::string en) { return fault("key.library", std::move(zh), std::move(en)); }

base::Fault certificate_fault(std::string zh, std::string en) {
  return fault("key.certificate", std::move(zh), std::move(en));
}

base::Fault silent_fault(const std::string& key, std::chrono::milliseconds timeout) {
  const std::string ms = std::to_string(timeout.count());
  return fault("key.silent",
               "密钥设备 " + key + " 在 " + ms + " 毫秒内没有应答；请检查设备及其驱动，恢复后会自动继续使用",
               "the device of the key " + key + " did not answer within " + ms +
                   " ms; look after the device and its driver, it is used again once it answers");
}

base::Fault silent_fault(const std::string& key, const Answer& answer) {
  return fault("key.silent", "密钥设备 " + key + " 没有应答：" + told(answer) + "；请检查设备及其连接",
               "the device of the key " + key + " does not answer: " + told(answer) +
                   "; look after the device and its connection");
}

base::Fault absent_fault(const std::string& key, const Answer& answer) {
  return absent_fault(
      "密钥设备 " + key + " 不在或连接已断开：" + told(answer) + "；请接好设备，下次使用时会自动重新连接",
      "the device of the key " + key + " is not there or has lost its connection: " + told(answer) +
          "; connect it, the next use connects anew by itself");
}

base::Fault absent_fault(std::string zh, std::string en) { return fault("key.absent", std::move(zh), std::move(en)); }

base::Fault pin_needed_fault(const std::string& key, const Answer& answer) {
  return fault("key.pin", "密钥 " + key + " 需要口令：" + told(answer) + "；请在设置 pin 中给出",
               "the key " + key + " needs its PIN: " + told(answer) + "; give it with the setting pin");
}

base::Fault pin_refused_fault(const std::string& key, const Answer& answer, std::optional<unsigned> tries_left) {
  const std::string count = tries_left ? std::to_string(*tries_left) : "";
  return fault("key.pin",
               "密钥 " + key + " 的口令（PIN）被拒绝：" + told(answer) +
                   (tries_left ? "，还可再试 " + count + " 次" : "") + "；程序不会再试，请更正设置 pin 后重新启动",
               "the PIN of the key " + key + " was refused: " + told(answer) +
                   (tries_left ? ", tries left: " + count : "") +
                   "; it is not tried again, correct the setting pin and start anew");
}

base::Fault pin_spared_fault(const std::string& key) {
  return fault(
      "key.pin",
      "密钥 " + key + " 的口令（PIN）只剩最后一次机会，程序没有尝试，以免锁死；请先用厂商工具验证正确的口令，再重试",
      "only one try is left for the PIN of the key " + key +
          ", and it was not spent, since a wrong one locks the device; enter the right PIN in the vendor's "
          "tool first, then try again");
}

base::Fault locked_fault(const std::string& key) {
  return fault("key.locked", "密钥 " + key + " 的口令（PIN）已锁死；请用厂商工具或到发卡机构解锁",
               "the PIN of the key " + key + " is locked; have it unlocked with the vendor's tool or by the issuer");
}

base::Fault sign_fault(const std::string& key, const Answer& answer) {
  return fault(
      "key.sign", "密钥设备 " + key + " 拒绝了操作：" + told(answer) + "；请对照厂商的错误码说明处理",
      "the device of the key " + key + " refused: " + told(answer) + "; look the code up in the vendor's description");
}

base::Fault misplaced_value_fault(const std::string& key) {
  return fault("key.sign", "密钥设备 " + key + " 给出的签名值不合标准：r 或 s 超过 32 字节；请换用符合国密标准的库版本",
               "the device of the key " + key +
                   " gave a value against the standard: r or s has more than 32 bytes; use the edition of the library "
                   "that follows the standard");
}

base::Fault value_size_fault(const std::string& key, std::size_t bytes, std::size_t wanted_bytes) {
  const std::string found = std::to_string(bytes), wanted = std::to_string(wanted_bytes);
  return fault("key.sign",
               "密钥设备 " + key + " 给出的签名值为 " + found + " 字节，应为 " + wanted + " 字节；请确认证书与密钥配对",
               "the device of the key " + key + " gave a value of " + found + " bytes instead of " + wanted +
                   "; make sure that the certificate is the key's");
}

base::Fault unproven_fault(const std::string& key, const std::string& serial) {
  return fault(
      "key.sign",
      "密钥设备 " + key + " 的签名用证书（序列号 " + serial + "）验证不通过；请确认密钥与证书配对、库符合国密标准",
      "a signature of the device of the key " + key + " does not verify with the certificate (serial " + serial +
          "); make sure that the two are a pair and that the library follows the standard");
}

base::Fault wrong_kind_fault(const std::string& key, KeyKind found) {
  const std::string kind = found == KeyKind::sm2 ? "SM2" : "RSA";
  return fault("key.kind", "密钥 " + key + " 是 " + kind + " 密钥，不能用于所要求的签名算法；请更换密钥或签名方式",
               "the key " + key + " is an " + kind +
                   " key and cannot make the signature asked for; use another key or another dialect");
}

}  // namespace signing::gmt

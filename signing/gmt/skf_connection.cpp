#include "signing/gmt/skf_connection.h"

#include <openssl/crypto.h>

#include "signing/gmt/device_certificate.h"
#include "signing/gmt/device_faults.h"
#include "signing/gmt/name_choice.h"

namespace signing::gmt {

namespace {

// Larger than any list of names, certificate, public key or value of a smart key; its library says so where it is not.
constexpr std::size_t skf_answer_room_bytes = 64 * 1024;

struct Bytes {
  skf::Code code;
  std::string bytes;
};

// call(bytes, size): one of the functions that fill a buffer and say how much of it.
template <class Byte, class Call>
Bytes filled(Call call) {
  std::string room(skf_answer_room_bytes, '\0');
  skf::Slot size{.value = static_cast<skf::Ulong>(room.size())};
  const skf::Code code = call(reinterpret_cast<Byte*>(room.data()), &size.value);
  room.resize(code == skf::ok ? std::min<std::size_t>(size.value, room.size()) : 0);
  return {code, std::move(room)};
}

unsigned char* skf_octets(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

}  // namespace

base::Result<Certificate> SkfConnection::open(std::optional<Certificate> given) {
  auto functions = SkfFunctions::load(place_.library);
  if (!functions) return functions.faults();
  functions_ = *functions;
  certificate_ = std::move(given);
  if (auto connected = connect(); !connected) return connected.faults();
  return *certificate_;
}

base::Result<std::string> SkfConnection::sign(std::string input) {
  if (auto connected = connect(); !connected) return connected.faults();
  auto value = certificate_->key_kind == KeyKind::sm2 ? sm2_signature(input) : rsa_signature(input);
  if (!value) close();
  return value;
}

base::Done SkfConnection::check() {
  if (auto connected = connect(); !connected) return connected;
  skf::Slot state;
  const Answer answer{"SKF_GetDevState", functions_.get_dev_state(device_name_.data(), &state.value)};
  if (answer.code == skf::ok && state.value != skf::device_is_absent) return base::Nothing{};
  if (answer.code == skf::not_supported_yet) return base::Nothing{};
  close();
  if (answer.code != skf::ok) return fault_of(answer);
  return absent_fault("密钥 " + place_.key + "：设备 " + device_name_ + " 已拔出；请插好设备，下次使用时会自动重新连接",
                      "the key " + place_.key + ": the device " + device_name_ +
                          " was pulled out; plug it in, the next use connects anew by itself");
}

void SkfConnection::close() {
  ready_ = false;
  if (container_ != nullptr) functions_.close_container(std::exchange(container_, nullptr));
  if (application_ != nullptr) functions_.close_application(std::exchange(application_, nullptr));
  if (device_ != nullptr) functions_.disconnect_dev(std::exchange(device_, nullptr));
}

// The PIN comes last: it is given only to a device that has shown to hold the certificate's key, and so never to
// another one that was plugged in instead.
base::Done SkfConnection::connect() {
  if (ready_) return base::Nothing{};
  if (refused_) return *refused_;
  auto done = reach_device();
  if (done) done = reach_container();
  if (done && !certificate_) done = take_certificate();
  if (done) done = show_key_is_the_certificates();
  if (done) done = log_in();
  ready_ = static_cast<bool>(done);
  if (!ready_) close();
  return done;
}

base::Done SkfConnection::reach_device() {
  const auto devices =
      filled<char>([&](char* names, skf::Ulong* size) { return functions_.enum_dev(skf::yes, names, size); });
  if (devices.code != skf::ok) return fault_of({"SKF_EnumDev", devices.code});
  auto name = choose(Listed::device, place_.key, place_.device, names_in(devices.bytes));
  if (!name) return name.faults();
  device_name_ = *std::move(name);
  const Answer connected{"SKF_ConnectDev", functions_.connect_dev(device_name_.data(), &device_)};
  if (connected.code == skf::ok) return base::Nothing{};
  device_ = nullptr;
  return absent_fault(place_.key, connected);
}

base::Done SkfConnection::reach_container() {
  const auto applications =
      filled<char>([&](char* names, skf::Ulong* size) { return functions_.enum_application(device_, names, size); });
  if (applications.code != skf::ok) return fault_of({"SKF_EnumApplication", applications.code});
  auto application = choose(Listed::application, place_.key, place_.application, names_in(applications.bytes));
  if (!application) return application.faults();
  const Answer entered{"SKF_OpenApplication", functions_.open_application(device_, application->data(), &application_)};
  if (entered.code != skf::ok) {
    application_ = nullptr;
    return fault_of(entered);
  }
  const auto containers =
      filled<char>([&](char* names, skf::Ulong* size) { return functions_.enum_container(application_, names, size); });
  if (containers.code != skf::ok) return fault_of({"SKF_EnumContainer", containers.code});
  auto container = choose(Listed::container, place_.key, place_.container, names_in(containers.bytes));
  if (!container) return container.faults();
  const Answer opened{"SKF_OpenContainer", functions_.open_container(application_, container->data(), &container_)};
  if (opened.code == skf::ok) return base::Nothing{};
  container_ = nullptr;
  return fault_of(opened);
}

base::Done SkfConnection::take_certificate() {
  const auto exported = filled<unsigned char>([&](unsigned char* der, skf::Ulong* size) {
    return functions_.export_certificate(container_, skf::yes, der, size);
  });
  const Answer answer{"SKF_ExportCertificate", exported.code};
  if (exported.code == skf::certificate_not_found || (exported.code == skf::ok && exported.bytes.empty())) {
    return certificate_fault(
        "密钥 " + place_.key + " 的容器中没有签名证书（" + told(answer) + "）；请用设置 certificate 指定证书文件",
        "the container of the key " + place_.key + " holds no certificate for signing (" + told(answer) +
            "); name its file with the setting certificate");
  }
  if (exported.code != skf::ok) return fault_of(answer);
  auto certificate = Certificate::from_der(exported.bytes);
  if (!certificate) return certificate.faults();
  certificate_ = *std::move(certificate);
  return base::Nothing{};
}

base::Done SkfConnection::show_key_is_the_certificates() {
  const auto exported = filled<unsigned char>([&](unsigned char* blob, skf::Ulong* size) {
    return functions_.export_public_key(container_, skf::yes, blob, size);
  });
  if (exported.code != skf::ok) return fault_of({"SKF_ExportPublicKey", exported.code});
  return compare_with_exported(place_.key, *certificate_, exported.bytes);
}

base::Done SkfConnection::log_in() {
  if (pin_.empty()) return base::Nothing{};
  if (auto spared = spare_last_try(); !spared) return spared;
  return give_pin();
}

base::Done SkfConnection::spare_last_try() {
  skf::Slot most, left;
  skf::Bool is_default[2] = {};  // room for a BOOL of 64 bits
  const Answer answer{"SKF_GetPINInfo", functions_.get_pin_info(application_, skf::user_pin, &most.value, &left.value,
                                                                std::data(is_default))};
  if (answer.code == skf::not_supported_yet) return base::Nothing{};
  if (answer.code != skf::ok) return fault_of(answer);
  if (most.value == 0) return base::Nothing{};  // it does not count
  if (left.value == 0) return locked_fault(place_.key);
  if (left.value == 1) return pin_spared_fault(place_.key);
  return base::Nothing{};
}

base::Done SkfConnection::give_pin() {
  std::string pin(pin_.reveal());
  skf::Slot left;
  const Answer answer{"SKF_VerifyPIN", functions_.verify_pin(application_, skf::user_pin, pin.data(), &left.value)};
  OPENSSL_cleanse(pin.data(), pin.size());
  switch (answer.code) {
    case skf::ok:
    case skf::user_already_logged_in:
      return base::Nothing{};
    case skf::device_removed:
    case skf::invalid_handle:
    case skf::not_initialized:
    case skf::timeout:
      return fault_of(answer);
    case skf::pin_locked:
      refused_ = locked_fault(place_.key);
      break;
    case skf::pin_incorrect:
      refused_ = left.value == 0 ? locked_fault(place_.key) : pin_refused_fault(place_.key, answer, left.value);
      break;
    case skf::pin_invalid:
    case skf::pin_length_range:
    case skf::user_pin_not_initialized:
      refused_ = pin_refused_fault(place_.key, answer, std::nullopt);
      break;
    default:  // it may have cost a try as well
      refused_ = sign_fault(place_.key, answer);
  }
  return *refused_;
}

base::Fault SkfConnection::fault_of(const Answer& answer) const {
  switch (answer.code) {
    case skf::device_removed:
    case skf::invalid_handle:
    case skf::not_initialized:
      return absent_fault(place_.key, answer);
    case skf::timeout:
      return silent_fault(place_.key, answer);
    case skf::pin_locked:
      return locked_fault(place_.key);
    case skf::user_not_logged_in:
      return pin_.empty() ? pin_needed_fault(place_.key, answer) : absent_fault(place_.key, answer);
    default:
      return sign_fault(place_.key, answer);
  }
}

base::Result<std::string> SkfConnection::sm2_signature(std::string& digest) {
  EccSignature signature{};
  const Answer answer{"SKF_ECCSignData", functions_.ecc_sign_data(container_, skf_octets(digest),
                                                                  static_cast<skf::Ulong>(digest.size()), &signature)};
  if (answer.code != skf::ok) return fault_of(answer);
  auto value = sm2_value(signature);
  if (value) return *std::move(value);
  return misplaced_value_fault(place_.key);
}

base::Result<std::string> SkfConnection::rsa_signature(std::string& digest_info) {
  auto signature = filled<unsigned char>([&](unsigned char* value, skf::Ulong* size) {
    return functions_.rsa_sign_data(container_, skf_octets(digest_info), static_cast<skf::Ulong>(digest_info.size()),
                                    value, size);
  });
  if (signature.code != skf::ok) return fault_of({"SKF_RSASignData", signature.code});
  if (signature.bytes.size() == rsa_modulus_size(*certificate_)) return std::move(signature.bytes);
  return value_size_fault(place_.key, signature.bytes.size(), rsa_modulus_size(*certificate_));
}

}  // namespace signing::gmt

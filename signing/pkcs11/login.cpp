#include "signing/pkcs11/login.h"

#include "signing/certificate_file.h"
#include "signing/pkcs11/return_value.h"
#include "signing/pkcs11/wording.h"

namespace signing::pkcs11 {

namespace {

base::Fault no_pin(const KeyUri& uri) {
  return fault(
      "key.pin",
      "密钥设备 " + uri.shown() + " 需要口令（PIN）而没有给出；请在设置中给出，或在地址中用 pin-source=file:/路径",
      "the token of " + uri.shown() +
          " wants a PIN and none is given; give one in the settings, or in the URI with pin-source=file:/PATH");
}

base::Fault wrong_pin(const KeyUri& uri, CK_RV value) {
  return fault("key.pin",
               "密钥设备 " + uri.shown() + " 不接受口令（PIN）（" + name_of(value) +
                   "）；不会再次尝试，以免锁死；请更正口令后重新打开密钥",
               "the token of " + uri.shown() + " refused the PIN (" + name_of(value) +
                   "); it is not tried again, lest it be locked: correct the PIN and open the key anew");
}

base::Fault final_try(const KeyUri& uri) {
  return fault(
      "key.pin",
      "密钥设备 " + uri.shown() +
          " 的口令（PIN）只剩最后一次机会，再错一次即锁死，因此没有尝试；请用厂商工具以正确口令登录一次，再重试",
      "one more wrong PIN would lock the token of " + uri.shown() +
          ", so none was tried; log in once with the right PIN in the vendor's tool, then try again");
}

base::Fault locked(const KeyUri& uri) {
  return fault("key.locked",
               "密钥设备 " + uri.shown() + " 的口令（PIN）已锁定；请用厂商工具或到发证机构解锁，再重新打开密钥",
               "the PIN of the token of " + uri.shown() +
                   " is locked; have it unlocked with the vendor's tool or by the issuer, then open the key anew");
}

base::Fault not_logged_in(const KeyUri& uri, CK_RV value) {
  return fault("key.sign",
               "登录密钥设备 " + uri.shown() + " 失败：C_Login 返回 " + name_of(value) +
                   "；不会再次给出口令，以免锁死；请按此代码查阅设备厂商的说明",
               "logging into the token of " + uri.shown() + " failed: C_Login answered " + name_of(value) +
                   "; the PIN is not given again, lest it be locked: look the code up in the vendor's manual");
}

bool about_the_pin(CK_RV value) {
  return value == CKR_PIN_INCORRECT || value == CKR_PIN_INVALID || value == CKR_PIN_LEN_RANGE ||
         value == CKR_PIN_EXPIRED || value == CKR_USER_PIN_NOT_INITIALIZED;
}

bool logged_in(const Session& session) {
  CK_SESSION_INFO info{};
  return session.functions->C_GetSessionInfo(session.handle, &info) == CKR_OK &&
         (info.state == CKS_RO_USER_FUNCTIONS || info.state == CKS_RW_USER_FUNCTIONS);
}

base::Result<base::Secret> pin_of_file(const std::string& pin_source) {
  constexpr std::string_view scheme = "file:";
  std::string path = pin_source.starts_with(scheme) ? pin_source.substr(scheme.size()) : pin_source;
  if (path.starts_with("///")) path.erase(0, 2);
  if (!path.starts_with('/')) {
    return fault("key.form", "密钥地址中的 pin-source 只能是 file:/路径；请改正",
                 "the pin-source of the key's URI can only be file:/PATH; correct it");
  }
  auto pin = read_small_file(path);
  if (pin) pin->shorten(pin->reveal().find_last_not_of("\r\n") + 1);
  return pin;
}

}  // namespace

base::Result<base::Secret> find_pin(const KeySource& source, KeyUri& uri) {
  if (!source.pin.empty()) return source.pin.copy();
  if (!uri.pin_source().empty()) return pin_of_file(uri.pin_source());
  return uri.take_pin_value();
}

base::Result<LoginState> Login::enter(const Session& session, const KeyUri& uri) {
  const std::scoped_lock lock(mutex_);
  if (logged_in(session)) return LoginState::entered;
  return give(session, uri, CKU_USER);
}

base::Result<LoginState> Login::confirm(const Session& session, const KeyUri& uri) {
  const std::scoped_lock lock(mutex_);
  return give(session, uri, CKU_CONTEXT_SPECIFIC);
}

base::Result<LoginState> Login::give(const Session& session, const KeyUri& uri, CK_USER_TYPE user) {
  if (refused_) return *refused_;
  CK_TOKEN_INFO token{};
  const CK_RV value = session.functions->C_GetTokenInfo(session.slot, &token);
  if (value != CKR_OK) return fault_of(value, "C_GetTokenInfo", uri);
  if (pin_.empty() && (token.flags & CKF_PROTECTED_AUTHENTICATION_PATH) == 0) {
    if ((token.flags & CKF_LOGIN_REQUIRED) != 0) return no_pin(uri);
    return LoginState::not_needed;
  }
  if ((token.flags & CKF_USER_PIN_LOCKED) != 0) return locked(uri);
  if ((token.flags & CKF_USER_PIN_FINAL_TRY) != 0) return final_try(uri);
  return give(session, uri, user, token.flags);
}

base::Result<LoginState> Login::give(const Session& session, const KeyUri& uri, CK_USER_TYPE user, CK_FLAGS token) {
  const bool own_pad = (token & CKF_PROTECTED_AUTHENTICATION_PATH) != 0;
  auto* pin = own_pad ? nullptr : reinterpret_cast<unsigned char*>(const_cast<char*>(pin_.reveal().data()));
  const CK_RV value = session.functions->C_Login(session.handle, user, pin, own_pad ? 0 : pin_.reveal().size());
  if (value == CKR_OK || value == CKR_USER_ALREADY_LOGGED_IN) return LoginState::entered;
  if (session_lost(value)) return token_absent(value, "C_Login", uri);
  if (value == CKR_PIN_LOCKED) return refuse(locked(uri));
  if (about_the_pin(value)) return refuse(wrong_pin(uri, value));
  return refuse(not_logged_in(uri, value));
}

base::Fault Login::refuse(base::Fault reason) {
  pin_ = base::Secret();
  refused_ = reason;
  return reason;
}

}  // namespace signing::pkcs11

#include "signing/pkcs11/connection.h"

#include "signing/pkcs11/return_value.h"
#include "signing/pkcs11/token.h"
#include "signing/pkcs11/wording.h"

namespace signing::pkcs11 {

namespace {

constexpr std::size_t largest_value_bytes = 2048;  // RSA-16384

}  // namespace

base::Result<std::string> Connection::sign(CK_MECHANISM_TYPE mechanism, std::string input) {
  if (auto opened = ready(); !opened) return opened.faults();
  const Session session = *session_;
  CK_MECHANISM with{mechanism, nullptr, 0};
  std::string call = "C_SignInit";
  CK_RV value = session.functions->C_SignInit(session.handle, &with, key_.handle);
  if (value == CKR_OK && key_.confirms_each) {
    if (auto confirmed = place_->login.confirm(session, place_->uri); !confirmed) {
      close();  // and with it the signature that was begun
      return confirmed.faults();
    }
  }
  if (value == CKR_OK) {
    call = "C_Sign";
    std::string made(largest_value_bytes, '\0');
    CK_ULONG size = made.size();
    value = session.functions->C_Sign(session.handle, reinterpret_cast<unsigned char*>(input.data()), input.size(),
                                      reinterpret_cast<unsigned char*>(made.data()), &size);
    if (value == CKR_OK) return made.substr(0, size);
  }
  // Some modules answer CKR_GENERAL_ERROR where the token has been pulled out.
  CK_TOKEN_INFO token{};
  const bool there = session_lost(value) || session.functions->C_GetTokenInfo(session.slot, &token) == CKR_OK;
  lose(value);
  return there ? fault_of(value, call, place_->uri) : token_absent(value, call, place_->uri);
}

base::Done Connection::check() {
  if (session_) {
    if (const CK_RV value = state(); value != CKR_OK) lose(value);
  }
  return ready();
}

CK_RV Connection::state() const {
  CK_SESSION_INFO info{};
  if (const CK_RV value = session_->functions->C_GetSessionInfo(session_->handle, &info); value != CKR_OK) return value;
  const bool in = info.state == CKS_RO_USER_FUNCTIONS || info.state == CKS_RW_USER_FUNCTIONS;
  if (login_ == LoginState::entered && !in) return CKR_USER_NOT_LOGGED_IN;
  CK_TOKEN_INFO token{};
  if (const CK_RV value = session_->functions->C_GetTokenInfo(session_->slot, &token); value != CKR_OK) return value;
  CK_OBJECT_CLASS object_class = 0;
  CK_ATTRIBUTE asked{CKA_CLASS, &object_class, sizeof object_class};
  return session_->functions->C_GetAttributeValue(session_->handle, key_.handle, &asked, 1);
}

base::Result<Certificate> Connection::certificate() {
  if (auto opened = ready(); !opened) return opened.faults();
  return find_certificate(*session_, key_, place_->uri);
}

base::Done Connection::ready() {
  if (session_ && opened_after_ == place_->losses) return base::Nothing{};
  close();
  auto opened = open();
  if (!opened) close();
  return opened;
}

base::Done Connection::open() {
  const auto functions = place_->module->ready();
  if (!functions) return functions.faults();
  opened_after_ = place_->losses;
  const auto slot = find_token(**functions, place_->uri);
  if (!slot) return slot.faults();
  Session session{*functions, *slot, CK_INVALID_HANDLE};
  const CK_RV value = session.functions->C_OpenSession(*slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session.handle);
  if (value != CKR_OK) return fault_of(value, "C_OpenSession", place_->uri);
  session_ = session;
  return enter();
}

base::Done Connection::enter() {
  const auto login = place_->login.enter(*session_, place_->uri);
  if (!login) return login.faults();
  login_ = *login;
  auto key = find_private_key(*session_, place_->uri);
  if (!key) return key.faults();
  key_ = *std::move(key);
  const auto& certificate = place_->certificate;
  if (certificate && contradicts(*session_, key_, *certificate, place_->uri)) {
    return wrong_certificate(place_->uri, *certificate);
  }
  return base::Nothing{};
}

void Connection::lose(CK_RV value) {
  if (session_lost(value)) {
    unsigned known = opened_after_;
    place_->losses.compare_exchange_strong(known, known + 1);  // another may have told it first
    if (handles_gone(value)) place_->gone = place_->losses.load();
  }
  close();
}

void Connection::close() {
  if (!session_) return;
  // A handle that is gone may be another session's by now.
  if (opened_after_ >= place_->gone) session_->functions->C_CloseSession(session_->handle);
  session_.reset();
}

}  // namespace signing::pkcs11

#include "tests/signing/pkcs11/stub_token/stub_token.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <optional>
#include <string_view>
#include <vector>

namespace {

using tests::StubToken;

constexpr CK_SLOT_ID only_slot = 7;
constexpr CK_OBJECT_HANDLE private_key = 11, certificate = 12, public_key = 13;
const std::string label = "sm2 sign", id = "\x01\xAB";

StubToken the_token;

// The state under its lock, unless the call is to hang or to fail first.
class Call {
 public:
  explicit Call(const char* name) : lock_(the_token.mutex) {
    auto& now = the_token.state;
    if (now.hangs_in == name) {
      now.hangs_in.clear();
      now.hanging = true;
      the_token.changed.notify_all();
      the_token.changed.wait(lock_, [&] { return !now.hanging; });
    }
    if (const auto told = now.answers.find(name); told != now.answers.end()) {
      answer_ = told->second;
      now.answers.erase(told);
    } else if (!now.initialized) {
      answer_ = CKR_CRYPTOKI_NOT_INITIALIZED;
    } else if (!now.present) {
      answer_ = CKR_DEVICE_REMOVED;
    }
  }
  Call(const char* name, CK_SESSION_HANDLE session) : Call(name) {
    if (answer_ == CKR_OK && !the_token.state.sessions.contains(session)) answer_ = CKR_SESSION_HANDLE_INVALID;
  }

  StubToken::State* operator->() const { return &the_token.state; }
  CK_RV answer() const { return answer_; }

 private:
  std::unique_lock<std::mutex> lock_;
  CK_RV answer_ = CKR_OK;
};

template <std::size_t size>
void fill(unsigned char (&field)[size], std::string_view text) {
  std::memset(field, ' ', size);
  std::memcpy(field, text.data(), std::min(size, text.size()));
}

CK_RV initialize(void*) {
  const std::scoped_lock lock(the_token.mutex);
  if (the_token.state.initialized) return CKR_CRYPTOKI_ALREADY_INITIALIZED;
  the_token.state.initialized = true;
  return CKR_OK;
}

CK_RV finalize(void*) {
  const std::scoped_lock lock(the_token.mutex);
  auto& now = the_token.state;
  now.initialized = now.logged_in = false;
  now.sessions.clear();
  the_token.last_session = 0;  // handles begin anew, as in most modules
  return CKR_OK;
}

CK_RV get_info(CK_INFO* info) {
  *info = {};
  fill(info->manufacturerID, "Tests");
  fill(info->libraryDescription, "Stub module");
  return CKR_OK;
}

CK_RV get_slot_list(unsigned char, CK_SLOT_ID* slots, CK_ULONG* count) {
  const Call call("C_GetSlotList");
  if (call.answer() != CKR_OK && call.answer() != CKR_DEVICE_REMOVED) return call.answer();
  const CK_ULONG there = call->present ? 1 : 0, room = *count;
  *count = there;
  if (slots == nullptr) return CKR_OK;
  if (room < there) return CKR_BUFFER_TOO_SMALL;
  if (there == 1) slots[0] = only_slot;
  return CKR_OK;
}

CK_RV get_slot_info(CK_SLOT_ID, CK_SLOT_INFO* info) {
  *info = {};
  fill(info->slotDescription, "Stub slot");
  fill(info->manufacturerID, "Tests");
  return CKR_OK;
}

CK_RV get_token_info(CK_SLOT_ID, CK_TOKEN_INFO* info) {
  const Call call("C_GetTokenInfo");
  if (call.answer() != CKR_OK) return call.answer();
  *info = {};
  fill(info->label, "Stub");
  fill(info->serialNumber, "0001");
  info->flags = CKF_TOKEN_INITIALIZED | CKF_USER_PIN_INITIALIZED;
  if (call->login_required) info->flags |= CKF_LOGIN_REQUIRED;
  if (call->own_pad) info->flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
  if (call->tries_left < StubToken::most_tries) info->flags |= CKF_USER_PIN_COUNT_LOW;
  if (call->tries_left == 1) info->flags |= CKF_USER_PIN_FINAL_TRY;
  if (call->tries_left == 0) info->flags |= CKF_USER_PIN_LOCKED;
  return CKR_OK;
}

CK_RV open_session(CK_SLOT_ID, CK_FLAGS, void*, CK_NOTIFY, CK_SESSION_HANDLE* session) {
  const Call call("C_OpenSession");
  if (call.answer() != CKR_OK) return call.answer();
  *session = ++the_token.last_session;
  call->sessions.insert(*session);
  call->most_sessions = std::max(call->most_sessions, static_cast<int>(call->sessions.size()));
  return CKR_OK;
}

CK_RV close_session(CK_SESSION_HANDLE session) {
  const Call call("C_CloseSession");
  if (call->sessions.erase(session) == 0) {
    ++call->stray_closes;
    return CKR_SESSION_HANDLE_INVALID;
  }
  ++call->closes;
  call->operations.erase(session);
  if (call->sessions.empty()) call->logged_in = false;
  return CKR_OK;
}

CK_RV get_session_info(CK_SESSION_HANDLE session, CK_SESSION_INFO* info) {
  const Call call("C_GetSessionInfo", session);
  if (call.answer() != CKR_OK) return call.answer();
  *info = {};
  info->slotID = only_slot;
  info->state = call->logged_in ? CKS_RO_USER_FUNCTIONS : CKS_RO_PUBLIC_SESSION;
  return CKR_OK;
}

CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE user, unsigned char* pin, CK_ULONG size) {
  const Call call("C_Login", session);
  ++call->logins;
  if (call.answer() != CKR_OK) return call.answer();
  const bool confirms = user == CKU_CONTEXT_SPECIFIC;
  if (confirms && !call->operations.contains(session)) return CKR_OPERATION_NOT_INITIALIZED;
  if (!confirms && call->logged_in) return CKR_USER_ALREADY_LOGGED_IN;
  if (call->tries_left == 0) return CKR_PIN_LOCKED;
  const bool right = call->own_pad ? pin == nullptr : call->pin == std::string(reinterpret_cast<char*>(pin), size);
  if (!right) {
    --call->tries_left;
    return CKR_PIN_INCORRECT;
  }
  call->tries_left = StubToken::most_tries;
  call->logged_in = true;
  if (confirms) call->confirmed.insert(session);
  return CKR_OK;
}

std::optional<std::string> attribute_of(const StubToken::State& now, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) {
  const auto number = [](CK_ULONG value) { return std::string(reinterpret_cast<const char*>(&value), sizeof value); };
  if (type == CKA_LABEL) return label;
  if (type == CKA_ID) return id;
  if (type == CKA_CLASS) {
    return number(object == private_key ? CKO_PRIVATE_KEY : object == certificate ? CKO_CERTIFICATE : CKO_PUBLIC_KEY);
  }
  if (type == CKA_KEY_TYPE && object != certificate) return number(CKK_VENDOR_DEFINED | 1);
  if (type == CKA_VALUE && object == certificate) return now.certificate_der;
  if (type == CKA_ALWAYS_AUTHENTICATE && object == private_key) return std::string(1, now.confirms_each ? 1 : 0);
  if (type == CKA_EC_POINT && object == public_key) return now.point;
  return std::nullopt;
}

bool visible(const StubToken::State& now, CK_OBJECT_HANDLE object) {
  if (object == private_key) return now.logged_in || now.shows_key || !now.login_required;
  return object == certificate ? !now.certificate_der.empty() : object == public_key && !now.point.empty();
}

std::map<CK_SESSION_HANDLE, std::vector<CK_OBJECT_HANDLE>> searches;

CK_RV find_objects_init(CK_SESSION_HANDLE session, CK_ATTRIBUTE* wanted, CK_ULONG count) {
  const Call call("C_FindObjectsInit", session);
  if (call.answer() != CKR_OK) return call.answer();
  auto& found = searches[session];
  found.clear();
  for (const auto object : {private_key, certificate, public_key}) {
    const bool fits = std::all_of(wanted, wanted + count, [&](const CK_ATTRIBUTE& one) {
      return attribute_of(the_token.state, object, one.type) ==
             std::string(static_cast<const char*>(one.pValue), one.ulValueLen);
    });
    if (fits && visible(the_token.state, object)) found.push_back(object);
  }
  return CKR_OK;
}

CK_RV find_objects(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE* objects, CK_ULONG room, CK_ULONG* count) {
  const Call call("C_FindObjects", session);
  if (call.answer() != CKR_OK) return call.answer();
  auto& found = searches[session];
  for (*count = 0; *count < room && !found.empty(); found.pop_back()) objects[(*count)++] = found.back();
  return CKR_OK;
}

CK_RV find_objects_final(CK_SESSION_HANDLE session) { return Call("C_FindObjectsFinal", session).answer(); }

CK_RV get_attribute_value(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE* asked, CK_ULONG) {
  const Call call("C_GetAttributeValue", session);
  if (call.answer() != CKR_OK) return call.answer();
  if (!visible(the_token.state, object)) return CKR_OBJECT_HANDLE_INVALID;
  const auto value = attribute_of(the_token.state, object, asked->type);
  const CK_ULONG room = asked->ulValueLen;
  asked->ulValueLen = value ? value->size() : static_cast<CK_ULONG>(-1);
  if (!value) return CKR_ATTRIBUTE_TYPE_INVALID;
  if (asked->pValue == nullptr) return CKR_OK;
  if (room < value->size()) return CKR_BUFFER_TOO_SMALL;
  std::memcpy(asked->pValue, value->data(), value->size());
  return CKR_OK;
}

CK_RV sign_init(CK_SESSION_HANDLE session, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key) {
  const Call call("C_SignInit", session);
  if (call.answer() != CKR_OK) return call.answer();
  if (!call->logged_in && call->login_required) return CKR_USER_NOT_LOGGED_IN;
  if (key != private_key) return CKR_KEY_HANDLE_INVALID;
  if (call->operations.contains(session)) return CKR_OPERATION_ACTIVE;
  if (mechanism->mechanism != StubToken::signs_digest && mechanism->mechanism != StubToken::signs_message) {
    return CKR_MECHANISM_INVALID;
  }
  call->operations[session] = mechanism->mechanism;
  return CKR_OK;
}

std::string raw_of(const std::string& der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  ECDSA_SIG* pair = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()));
  std::string raw(64, '\0');
  auto* bytes = reinterpret_cast<unsigned char*>(raw.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(pair), bytes, 32);
  BN_bn2binpad(ECDSA_SIG_get0_s(pair), bytes + 32, 32);
  ECDSA_SIG_free(pair);
  return raw;
}

std::string der_value(const std::string& key_pem, CK_MECHANISM_TYPE mechanism, const unsigned char* data,
                      std::size_t size) {
  BIO* pem = BIO_new_mem_buf(key_pem.data(), static_cast<int>(key_pem.size()));
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(PEM_read_bio_PrivateKey(pem, nullptr, nullptr, nullptr),
                                                                EVP_PKEY_free);
  BIO_free(pem);
  std::string der(128, '\0');
  auto* value = reinterpret_cast<unsigned char*>(der.data());
  std::size_t length = der.size();
  bool done = false;
  if (mechanism == StubToken::signs_digest) {
    EVP_PKEY_CTX* context = EVP_PKEY_CTX_new(key.get(), nullptr);
    done = EVP_PKEY_sign_init(context) == 1 && EVP_PKEY_sign(context, value, &length, data, size) == 1;
    EVP_PKEY_CTX_free(context);
  } else {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    EVP_PKEY_CTX* parameters = nullptr;
    done = EVP_DigestSignInit(context, &parameters, EVP_sm3(), nullptr, key.get()) == 1 &&
           EVP_PKEY_CTX_set1_id(parameters, "1234567812345678", 16) == 1 &&
           EVP_DigestSign(context, value, &length, data, size) == 1;
    EVP_MD_CTX_free(context);
  }
  return done ? der.substr(0, length) : std::string();
}

CK_RV sign(CK_SESSION_HANDLE session, unsigned char* data, CK_ULONG size, unsigned char* value, CK_ULONG* length) {
  const Call call("C_Sign", session);
  const auto operation = call->operations.find(session);
  const auto mechanism = operation != call->operations.end() ? operation->second : 0;
  if (operation != call->operations.end()) call->operations.erase(operation);
  if (call.answer() != CKR_OK) return call.answer();
  if (call->confirmed.erase(session) == 0 && call->confirms_each) return CKR_USER_NOT_LOGGED_IN;
  if (mechanism == 0) return CKR_OPERATION_NOT_INITIALIZED;
  if (mechanism == StubToken::signs_digest && size != 32) return CKR_DATA_LEN_RANGE;
  const auto der = der_value(call->key_pem, mechanism, data, size);
  if (der.empty()) return CKR_FUNCTION_FAILED;
  const bool raw = call->form == StubToken::ValueForm::raw, broken = call->form == StubToken::ValueForm::broken;
  const std::string made = raw ? raw_of(der) : broken ? der.substr(1) : der;
  if (*length < made.size()) return CKR_BUFFER_TOO_SMALL;
  std::memcpy(value, made.data(), made.size());
  *length = made.size();
  ++call->signatures;
  return CKR_OK;
}

CK_FUNCTION_LIST made_functions() {
  CK_FUNCTION_LIST list{};
  list.version = {2, 40};
  list.C_Initialize = initialize;
  list.C_Finalize = finalize;
  list.C_GetInfo = get_info;
  list.C_GetSlotList = get_slot_list;
  list.C_GetSlotInfo = get_slot_info;
  list.C_GetTokenInfo = get_token_info;
  list.C_OpenSession = open_session;
  list.C_CloseSession = close_session;
  list.C_GetSessionInfo = get_session_info;
  list.C_Login = login;
  list.C_FindObjectsInit = find_objects_init;
  list.C_FindObjects = find_objects;
  list.C_FindObjectsFinal = find_objects_final;
  list.C_GetAttributeValue = get_attribute_value;
  list.C_SignInit = sign_init;
  list.C_Sign = sign;
  return list;
}

CK_FUNCTION_LIST functions = made_functions();

}  // namespace

extern "C" tests::StubToken* stub_token() { return &the_token; }

extern "C" CK_RV C_GetFunctionList(CK_FUNCTION_LIST** list) {
  *list = &functions;
  return CKR_OK;
}

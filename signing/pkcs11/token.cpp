#include "signing/pkcs11/token.h"

#include <algorithm>
#include <vector>

#include "signing/pkcs11/return_value.h"
#include "signing/pkcs11/wording.h"

namespace signing::pkcs11 {

namespace {

struct Token {
  CK_SLOT_ID slot;
  CK_TOKEN_INFO info;
  bool fits;
};

template <std::size_t size>
std::string text_of(const unsigned char (&field)[size]) {
  return readable({reinterpret_cast<const char*>(field), size});
}

base::Result<std::vector<CK_SLOT_ID>> slots_with_tokens(const CK_FUNCTION_LIST& functions, const KeyUri& uri) {
  std::vector<CK_SLOT_ID> slots;
  CK_RV value = CKR_BUFFER_TOO_SMALL;
  while (value == CKR_BUFFER_TOO_SMALL) {  // a token may have been plugged in since it was counted
    CK_ULONG count = 0;
    value = functions.C_GetSlotList(CK_TRUE, nullptr, &count);
    if (value != CKR_OK || count == 0) break;
    slots.resize(count);
    value = functions.C_GetSlotList(CK_TRUE, slots.data(), &count);
    if (value == CKR_OK) slots.resize(count);
  }
  if (value != CKR_OK) return fault_of(value, "C_GetSlotList", uri);
  return slots;
}

std::vector<Token> tokens_in(const CK_FUNCTION_LIST& functions, const std::vector<CK_SLOT_ID>& slots,
                             const KeyUri& uri) {
  CK_INFO library{};
  if (functions.C_GetInfo(&library) != CKR_OK) library = {};
  std::vector<Token> tokens;
  for (const auto id : slots) {
    CK_SLOT_INFO slot{};
    Token token{id, {}, false};
    if (functions.C_GetSlotInfo(id, &slot) != CKR_OK || functions.C_GetTokenInfo(id, &token.info) != CKR_OK) continue;
    token.fits = uri.names(library, id, slot, token.info);
    tokens.push_back(token);
  }
  return tokens;
}

std::string list_of(const std::vector<Token>& tokens, const char* comma) {
  std::string all;
  for (const auto& token : tokens) {
    all += (all.empty() ? "" : comma) + ("token=" + text_of(token.info.label)) +
           ";serial=" + text_of(token.info.serialNumber) + ";slot-id=" + std::to_string(token.slot);
  }
  return all;
}

base::Fault none_fits(const KeyUri& uri, const std::vector<Token>& there) {
  return fault("key.absent",
               "没有找到密钥地址 " + uri.shown() + " 所指的设备；" +
                   (there.empty() ? "当前没有插入任何设备" : "当前有：" + list_of(there, "、")) +
                   "；请插好设备或更正地址",
               "no token fits the key's URI " + uri.shown() + "; " +
                   (there.empty() ? "none is plugged in" : "there are: " + list_of(there, ", ")) +
                   "; plug it in or correct the URI");
}

base::Fault several_fit(const KeyUri& uri, const std::vector<Token>& fitting) {
  return fault("key.form",
               "密钥地址 " + uri.shown() + " 同时符合多个设备：" + list_of(fitting, "、") +
                   "；请在地址中加上 serial= 或 slot-id=",
               "several tokens fit the key's URI " + uri.shown() + ": " + list_of(fitting, ", ") +
                   "; add serial= or slot-id= to the URI");
}

}  // namespace

base::Result<CK_SLOT_ID> find_token(const CK_FUNCTION_LIST& functions, const KeyUri& uri) {
  const auto slots = slots_with_tokens(functions, uri);
  if (!slots) return slots.faults();
  const auto there = tokens_in(functions, *slots, uri);
  std::vector<Token> fitting;
  std::copy_if(there.begin(), there.end(), std::back_inserter(fitting), [](const Token& token) { return token.fits; });
  // An empty token, as SoftHSM always has one, is meant only where nothing else can be.
  if (fitting.size() > 1) {
    std::erase_if(fitting, [](const Token& token) { return (token.info.flags & CKF_TOKEN_INITIALIZED) == 0; });
  }
  if (fitting.empty()) return none_fits(uri, there);
  if (fitting.size() > 1) return several_fit(uri, fitting);
  return fitting.front().slot;
}

}  // namespace signing::pkcs11

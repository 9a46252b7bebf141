#include "signing/diagnosis.h"

#include "signing/signature_shape.h"
#include "signing/signature_value.h"

namespace signing {

namespace {

std::string without_white_space(const std::string& canonical) {
  std::string text;
  for (std::size_t at = 0; at < canonical.size();) {
    const auto next = canonical.find_first_not_of(" \t\r\n", at);
    const bool between_tags = at > 0 && canonical[at - 1] == '>' && next != std::string::npos && canonical[next] == '<';
    if (between_tags) at = next;
    text += canonical[at++];
  }
  return text;
}

// As exclusive C14N, or a SignedInfo that was signed as a document of its own, has it.
std::string with_ds_declared_only(const std::string& canonical) {
  const auto end = canonical.find('>');
  if (end == std::string::npos) return canonical;
  return std::string("<ds:SignedInfo xmlns:ds=\"") + dsig_namespace + "\"" + canonical.substr(end);
}

struct Guess {
  std::string (*bytes)(const std::string&);
  std::string_view user_id;
  const char *zh, *en;
};

std::string as_it_is(const std::string& canonical) { return canonical; }

constexpr Guess guesses[] = {
    {without_white_space, customs_user_id,
     "去掉 SignedInfo 中的空白后签名有效：签名之后报文又被重新排版，请重新签名且不要再改动",
     "valid if the white space in SignedInfo is removed: the message was formatted after signing; sign it again and "
     "leave it as it is"},
    {as_it_is, "", "以空的 SM2 用户标识验签则有效：海关要求用户标识 1234567812345678，请修改签名程序",
     "valid with the empty SM2 user id: customs wants the user id 1234567812345678; mend the signing program"},
    {with_ds_declared_only, customs_user_id,
     "若 SignedInfo 只声明 xmlns:ds 则签名有效：签名时未带上根元素的命名空间声明（应使用 C14N 1.0，而非 Exclusive "
     "C14N）",
     "valid if SignedInfo declares xmlns:ds only: the root's namespace declarations were left out when signing (use "
     "C14N 1.0, not exclusive C14N)"},
};

}  // namespace

std::optional<Diagnosis> why_value_fails(EVP_PKEY* key, SignatureAlgorithm algorithm, const std::string& signed_info,
                                         std::string_view value) {
  for (const auto& guess : guesses) {
    const auto bytes = guess.bytes(signed_info);
    if (bytes == signed_info && guess.user_id == customs_user_id) continue;
    if (value_fits(key, algorithm, bytes, value, guess.user_id)) return Diagnosis{guess.zh, guess.en};
  }
  return std::nullopt;
}

}  // namespace signing

#include "signing/xmlsec_classes.h"

#include <array>
#include <openssl/err.h>
#include <stdexcept>
#include <xmlsec/errors.h>
#include <xmlsec/transforms.h>
#include <xmlsec/xmlsec.h>

#include "signing/signature_value.h"

namespace signing {

namespace {

const xmlChar* xml(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

// ---- key data -------------------------------------------------------------------------------------------------------

struct PartyKeyData {
  xmlSecKeyData base;
  Party* party;
};

int duplicate_key_data(xmlSecKeyData* to, xmlSecKeyData* from) {
  reinterpret_cast<PartyKeyData*>(to)->party = reinterpret_cast<PartyKeyData*>(from)->party;
  return 0;
}

xmlSecKeyDataType key_data_type(xmlSecKeyData* data) {
  const Party* party = reinterpret_cast<PartyKeyData*>(data)->party;
  if (party == nullptr) return xmlSecKeyDataTypeUnknown;
  return party->signer != nullptr ? xmlSecKeyDataTypePrivate : xmlSecKeyDataTypePublic;
}

const _xmlSecKeyDataKlass& key_data_class() {
  static const _xmlSecKeyDataKlass known = [] {
    _xmlSecKeyDataKlass made{};
    made.klassSize = sizeof(xmlSecKeyDataKlass);
    made.objSize = sizeof(PartyKeyData);
    made.name = xml("cebgate-key");
    made.usage = xmlSecKeyDataUsageUnknown;
    made.duplicate = duplicate_key_data;
    made.getType = key_data_type;
    return made;
  }();
  return known;
}

// ---- signature methods ----------------------------------------------------------------------------------------------

struct SignatureClass {
  _xmlSecTransformKlass klass;  // first, so that the transform's id leads here
  KeyKind key_kind;
};

struct SignatureTransform {
  xmlSecTransform base;
  Party* party;
};

SignatureTransform& signature(xmlSecTransform* transform) { return *reinterpret_cast<SignatureTransform*>(transform); }

int require_key(xmlSecTransform* transform, xmlSecKeyReq* wanted) {
  const bool signs = transform->operation == xmlSecTransformOperationSign;
  wanted->keyId = &key_data_class();
  wanted->keyType = signs ? xmlSecKeyDataTypePrivate : xmlSecKeyDataTypePublic | xmlSecKeyDataTypePrivate;
  wanted->keyUsage = signs ? xmlSecKeyUsageSign : xmlSecKeyUsageVerify;
  return 0;
}

int take_key(xmlSecTransform* transform, xmlSecKey* key) {
  xmlSecKeyData* data = xmlSecKeyGetValue(key);
  if (data == nullptr || data->id != &key_data_class()) return -1;
  Party* party = reinterpret_cast<PartyKeyData*>(data)->party;
  if (party->key_kind != reinterpret_cast<const SignatureClass*>(transform->id)->key_kind) return -1;
  signature(transform).party = party;
  return 0;
}

int put_value(xmlSecTransform* transform) {
  Party& party = *signature(transform).party;
  const auto value = party.signer->sign(party.signed_info);
  if (!value) {
    party.faults = value.faults();
    return 0;  // the signer sees the faults; failing here would make xmlsec 1.2.37 leak its C14N buffer
  }
  return xmlSecBufferAppend(&transform->outBuf, octets(*value), static_cast<xmlSecSize>(value->size()));
}

// Gathers the canonical SignedInfo: a key behind a socket or a token wants it whole.
int gather_or_sign(xmlSecTransform* transform, int last, xmlSecTransformCtx*) try {
  Party* party = signature(transform).party;
  if (party == nullptr) return -1;
  if (transform->status == xmlSecTransformStatusFinished) return 0;
  transform->status = xmlSecTransformStatusWorking;
  const xmlSecSize size = xmlSecBufferGetSize(&transform->inBuf);
  party->signed_info.append(reinterpret_cast<const char*>(xmlSecBufferGetData(&transform->inBuf)), size);
  if (xmlSecBufferRemoveHead(&transform->inBuf, size) < 0) return -1;
  if (last == 0) return 0;
  if (transform->operation == xmlSecTransformOperationSign && put_value(transform) < 0) return -1;
  transform->status = xmlSecTransformStatusFinished;
  return 0;
} catch (const std::exception&) {
  return -1;  // no exception may pass through C
}

int verify_value(xmlSecTransform* transform, const xmlSecByte* value, xmlSecSize size, xmlSecTransformCtx*) try {
  Party* party = signature(transform).party;
  if (party == nullptr || transform->status != xmlSecTransformStatusFinished) return -1;
  party->value_fits =
      value_fits(party->public_key, party->key_kind, party->signed_info, {reinterpret_cast<const char*>(value), size});
  transform->status = *party->value_fits ? xmlSecTransformStatusOk : xmlSecTransformStatusFail;
  return 0;
} catch (const std::exception&) {
  return -1;
}

_xmlSecTransformKlass binary_class(const std::string& href, xmlSecTransformUsage usage, std::size_t object_size) {
  _xmlSecTransformKlass made{};
  made.klassSize = sizeof(xmlSecTransformKlass);
  made.objSize = static_cast<xmlSecSize>(object_size);
  made.name = xml(href.c_str());
  made.href = xml(href.c_str());
  made.usage = usage;
  made.getDataType = xmlSecTransformDefaultGetDataType;
  made.pushBin = xmlSecTransformDefaultPushBin;
  made.popBin = xmlSecTransformDefaultPopBin;
  return made;
}

SignatureClass signature_class(const Dialect& dialect) {
  SignatureClass made{
      binary_class(dialect.signature_method, xmlSecTransformUsageSignatureMethod, sizeof(SignatureTransform)),
      dialect.key_kind};
  made.klass.setKeyReq = require_key;
  made.klass.setKey = take_key;
  made.klass.verify = verify_value;
  made.klass.execute = gather_or_sign;
  return made;
}

// ---- digest methods -------------------------------------------------------------------------------------------------

struct DigestClass {
  _xmlSecTransformKlass klass;  // first, so that the transform's id leads here
  const EVP_MD* algorithm;
};

struct DigestTransform {
  xmlSecTransform base;
  EVP_MD_CTX* context;
  std::array<unsigned char, EVP_MAX_MD_SIZE> value;
  unsigned size;
};

DigestTransform& digest(xmlSecTransform* transform) { return *reinterpret_cast<DigestTransform*>(transform); }

int start_digest(xmlSecTransform* transform) {
  const auto* klass = reinterpret_cast<const DigestClass*>(transform->id);
  auto& state = digest(transform);
  state.size = 0;
  state.context = EVP_MD_CTX_new();
  return state.context != nullptr && EVP_DigestInit_ex(state.context, klass->algorithm, nullptr) == 1 ? 0 : -1;
}

void end_digest(xmlSecTransform* transform) { EVP_MD_CTX_free(digest(transform).context); }

int digest_more(xmlSecTransform* transform, int last, xmlSecTransformCtx*) {
  auto& state = digest(transform);
  if (transform->status == xmlSecTransformStatusFinished) return 0;
  transform->status = xmlSecTransformStatusWorking;
  const xmlSecSize size = xmlSecBufferGetSize(&transform->inBuf);
  if (EVP_DigestUpdate(state.context, xmlSecBufferGetData(&transform->inBuf), size) != 1 ||
      xmlSecBufferRemoveHead(&transform->inBuf, size) < 0) {
    return -1;
  }
  if (last == 0) return 0;
  if (EVP_DigestFinal_ex(state.context, state.value.data(), &state.size) != 1) return -1;
  transform->status = xmlSecTransformStatusFinished;
  if (transform->operation != xmlSecTransformOperationSign) return 0;
  return xmlSecBufferAppend(&transform->outBuf, state.value.data(), state.size);
}

int compare_digest(xmlSecTransform* transform, const xmlSecByte* value, xmlSecSize size, xmlSecTransformCtx*) {
  const auto& state = digest(transform);
  if (transform->status != xmlSecTransformStatusFinished) return -1;
  const bool same = size == state.size && CRYPTO_memcmp(value, state.value.data(), size) == 0;
  transform->status = same ? xmlSecTransformStatusOk : xmlSecTransformStatusFail;
  return 0;
}

DigestClass digest_class(const Dialect& dialect) {
  DigestClass made{binary_class(dialect.digest_method, xmlSecTransformUsageDigestMethod, sizeof(DigestTransform)),
                   dialect.digest_method.ends_with("#sm3") ? EVP_sm3() : EVP_sha1()};
  made.klass.initialize = start_digest;
  made.klass.finalize = end_digest;
  made.klass.verify = compare_digest;
  made.klass.execute = digest_more;
  return made;
}

// ---- the library ----------------------------------------------------------------------------------------------------

void swallow(const char*, int, const char*, const char*, const char*, int, const char*) {}

void set_up_library() {
  static const std::vector<SignatureClass> signatures = [] {
    std::vector<SignatureClass> all;
    for (const auto& dialect : dialects()) all.push_back(signature_class(dialect));
    return all;
  }();
  static const std::vector<DigestClass> digests = [] {
    std::vector<DigestClass> all;
    for (const auto& dialect : dialects()) all.push_back(digest_class(dialect));
    return all;
  }();
  if (xmlSecInit() < 0) throw std::runtime_error("libxmlsec1 cannot be set up");
  xmlSecErrorsSetCallback(swallow);  // its findings are told as faults, never on stderr
  for (const auto& known : signatures) {
    if (xmlSecTransformIdsRegister(&known.klass) < 0) throw std::runtime_error("a signature method was not taken");
  }
  for (const auto& known : digests) {
    if (xmlSecTransformIdsRegister(&known.klass) < 0) throw std::runtime_error("a digest method was not taken");
  }
}

XmlsecHandle<xmlSecKey> key_of(Party& party) {
  XmlsecHandle<xmlSecKey> key(xmlSecKeyCreate());
  xmlSecKeyData* data = xmlSecKeyDataCreate(&key_data_class());
  if (!key || data == nullptr) throw std::bad_alloc();
  reinterpret_cast<PartyKeyData*>(data)->party = &party;
  if (xmlSecKeySetValue(key.get(), data) < 0) {
    xmlSecKeyDataDestroy(data);
    throw std::runtime_error("xmlsec did not take the key");
  }
  return key;
}

}  // namespace

XmlsecHandle<xmlSecDSigCtx> make_context(Party& party) {
  [[maybe_unused]] static const bool ready = (set_up_library(), true);
  XmlsecHandle<xmlSecDSigCtx> context(xmlSecDSigCtxCreate(nullptr));
  if (!context) throw std::bad_alloc();
  context->enabledReferenceUris = xmlSecTransformUriTypeEmpty;
  context->signKey = key_of(party).release();
  return context;
}

}  // namespace signing

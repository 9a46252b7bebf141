// The interface of smart keys as a vendor's library would have it, declared from the standard's tables (GM/T 0016-2012
// §6.3, §6.4, §7) and not from the header under test. SOFT_ULONG is the vendor's ULONG.
#include <algorithm>
#include <cstddef>
#include <cstring>
#include <fstream>
#include <iterator>
#include <openssl/core_names.h>
#include <openssl/pem.h>

#include "tests/signing/gmt/software_device/device_state.h"
#include "tests/signing/gmt/software_device/private_key.h"

namespace tests::gmt {

using ULONG = SOFT_ULONG;
using BOOL = std::int32_t;
using BYTE = unsigned char;

#pragma pack(push, 1)
struct RSAPUBLICKEYBLOB {
  ULONG AlgID, BitLen;
  BYTE Modulus[256], PublicExponent[4];
};
struct ECCPUBLICKEYBLOB {
  ULONG BitLen;
  BYTE XCoordinate[512 / 8], YCoordinate[512 / 8];
};
struct ECCSIGNATUREBLOB {
  BYTE r[512 / 8], s[512 / 8];
};
#pragma pack(pop)

// Where the standard's ULONG is used, the sizes and places are these.
static_assert(sizeof(ULONG) != 4 || (sizeof(RSAPUBLICKEYBLOB) == 268 && offsetof(RSAPUBLICKEYBLOB, Modulus) == 8));
static_assert(sizeof(ULONG) != 4 || (sizeof(ECCPUBLICKEYBLOB) == 132 && offsetof(ECCPUBLICKEYBLOB, XCoordinate) == 4 &&
                                     offsetof(ECCPUBLICKEYBLOB, YCoordinate) == 68));
static_assert(sizeof(ECCSIGNATUREBLOB) == 128 && offsetof(ECCSIGNATUREBLOB, s) == 64);

namespace {

constexpr ULONG SAR_OK = 0, SAR_INVALIDHANDLEERR = 0x0A000005, SAR_INVALIDPARAMERR = 0x0A000006,
                SAR_INDATALENERR = 0x0A000010, SAR_CERTNOTFOUNTERR = 0x0A00001C, SAR_BUFFER_TOO_SMALL = 0x0A000020,
                SAR_DEVICE_REMOVED = 0x0A000023, SAR_PIN_INCORRECT = 0x0A000024, SAR_PIN_LOCKED = 0x0A000025,
                SAR_USER_NOT_LOGGED_IN = 0x0A00002D, SAR_APPLICATION_NOT_EXISTS = 0x0A00002E;
constexpr ULONG USER_TYPE = 1;

// A device, an application of it or a container of that: each handle is one of these.
struct Opened {
  std::string token{}, application{}, container{};
  unsigned times_plugged = 0;
  Opened* application_handle = nullptr;
  bool logged_in = false;
};

Opened* opened(Opened one) {
  ++the_device().open_handles;
  return new Opened(std::move(one));
}

ULONG closed(void* handle) {
  --the_device().open_handles;
  delete static_cast<Opened*>(handle);
  return SAR_OK;
}

ULONG state_of(const Opened& one) {
  const auto found = the_device().tokens.find(one.token);
  if (found == the_device().tokens.end() || !found->second.plugged) return SAR_DEVICE_REMOVED;
  return found->second.times_plugged == one.times_plugged ? SAR_OK : SAR_INVALIDHANDLEERR;
}

SoftApplication& application_of(const Opened& one) {
  return the_device().tokens.at(one.token).applications.at(one.application);
}

const SoftContainer& container_of(const Opened& one) { return application_of(one).containers.at(one.container); }

ULONG give(const std::string& bytes, void* room, ULONG* size) {
  const ULONG there = *size;
  *size = static_cast<ULONG>(bytes.size());
  if (room == nullptr) return SAR_OK;
  if (there < bytes.size()) return SAR_BUFFER_TOO_SMALL;
  std::memcpy(room, bytes.data(), bytes.size());
  return SAR_OK;
}

template <class Map>
std::string listed(const Map& named) {
  std::string list;
  for (const auto& [name, value] : named) list += name + '\0';
  return list + '\0';
}

std::string der_in(const std::string& pem_file) {
  BIO* bio = BIO_new_file(pem_file.c_str(), "rb");
  X509* certificate = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
  BIO_free(bio);
  unsigned char* der = nullptr;
  const int size = i2d_X509(certificate, &der);
  std::string bytes(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  X509_free(certificate);
  return bytes;
}

template <class Blob>
std::string bytes_of(const Blob& blob) {
  return {reinterpret_cast<const char*>(&blob), sizeof blob};
}

std::string public_blob(const PrivateKey& key) {
  if (key.is_sm2()) {
    ECCPUBLICKEYBLOB blob{};
    blob.BitLen = 256;
    put_number(blob.XCoordinate, sizeof blob.XCoordinate, key.number(OSSL_PKEY_PARAM_EC_PUB_X));
    put_number(blob.YCoordinate, sizeof blob.YCoordinate, key.number(OSSL_PKEY_PARAM_EC_PUB_Y));
    return bytes_of(blob);
  }
  RSAPUBLICKEYBLOB blob{};
  const std::string modulus = key.number(OSSL_PKEY_PARAM_RSA_N);
  blob.AlgID = 0x00010000;
  blob.BitLen = static_cast<ULONG>(modulus.size() * 8);
  put_number(blob.Modulus, sizeof blob.Modulus, modulus);
  put_number(blob.PublicExponent, sizeof blob.PublicExponent, key.number(OSSL_PKEY_PARAM_RSA_E));
  return bytes_of(blob);
}

ULONG may_sign(const Opened& one) {
  if (const ULONG state = state_of(one); state != SAR_OK) return state;
  const bool allowed = application_of(one).pin.empty() || one.application_handle->logged_in;
  return allowed ? SAR_OK : SAR_USER_NOT_LOGGED_IN;
}

}  // namespace

extern "C" {

ULONG SKF_EnumDev(BOOL bPresent, char* szNameList, ULONG* pulSize) {
  const Entrance entrance("SKF_EnumDev");
  if (entrance.answer) return *entrance.answer;
  std::map<std::string, SoftToken> there = the_device().tokens;
  if (bPresent == 1) std::erase_if(there, [](const auto& one) { return !one.second.plugged; });
  return give(listed(there), szNameList, pulSize);
}

ULONG SKF_ConnectDev(char* szName, void** phDev) {
  const Entrance entrance("SKF_ConnectDev");
  if (entrance.answer) return *entrance.answer;
  const auto found = the_device().tokens.find(szName);
  if (found == the_device().tokens.end() || !found->second.plugged) return SAR_DEVICE_REMOVED;
  *phDev = opened({.token = szName, .times_plugged = found->second.times_plugged});
  return SAR_OK;
}

ULONG SKF_DisConnectDev(void* hDev) {
  const Entrance entrance("SKF_DisConnectDev");
  return closed(hDev);
}

ULONG SKF_GetDevState(char* szDevName, ULONG* pulDevState) {
  const Entrance entrance("SKF_GetDevState");
  if (entrance.answer) return *entrance.answer;
  const auto found = the_device().tokens.find(szDevName);
  *pulDevState = found != the_device().tokens.end() && found->second.plugged ? 1 : 0;
  return SAR_OK;
}

ULONG SKF_EnumApplication(void* hDev, char* szAppName, ULONG* pulSize) {
  const Entrance entrance("SKF_EnumApplication");
  if (entrance.answer) return *entrance.answer;
  const auto& device = *static_cast<Opened*>(hDev);
  if (const ULONG state = state_of(device); state != SAR_OK) return state;
  return give(listed(the_device().tokens.at(device.token).applications), szAppName, pulSize);
}

ULONG SKF_OpenApplication(void* hDev, char* szAppName, void** phApplication) {
  const Entrance entrance("SKF_OpenApplication");
  if (entrance.answer) return *entrance.answer;
  Opened application = *static_cast<Opened*>(hDev);
  if (const ULONG state = state_of(application); state != SAR_OK) return state;
  application.application = szAppName;
  if (!the_device().tokens.at(application.token).applications.contains(szAppName)) return SAR_APPLICATION_NOT_EXISTS;
  *phApplication = opened(application);
  return SAR_OK;
}

ULONG SKF_CloseApplication(void* hApplication) {
  const Entrance entrance("SKF_CloseApplication");
  return closed(hApplication);
}

ULONG SKF_GetPINInfo(void* hApplication, ULONG ulPINType, ULONG* pulMaxRetryCount, ULONG* pulRemainRetryCount,
                     BOOL* pbDefaultPin) {
  const Entrance entrance("SKF_GetPINInfo");
  if (entrance.answer) return *entrance.answer;
  const auto& application = *static_cast<Opened*>(hApplication);
  if (const ULONG state = state_of(application); state != SAR_OK) return state;
  if (ulPINType != USER_TYPE) return SAR_INVALIDPARAMERR;
  *pulMaxRetryCount = application_of(application).most_tries;
  *pulRemainRetryCount = application_of(application).tries_left;
  *pbDefaultPin = 0;
  return SAR_OK;
}

ULONG SKF_VerifyPIN(void* hApplication, ULONG ulPINType, char* szPIN, ULONG* pulRetryCount) {
  const Entrance entrance("SKF_VerifyPIN");
  if (entrance.answer) return *entrance.answer;
  auto& handle = *static_cast<Opened*>(hApplication);
  if (const ULONG state = state_of(handle); state != SAR_OK) return state;
  if (ulPINType != USER_TYPE) return SAR_INVALIDPARAMERR;
  SoftApplication& application = application_of(handle);
  if (application.tries_left == 0) return SAR_PIN_LOCKED;
  handle.logged_in = application.pin == szPIN;
  application.tries_left = handle.logged_in ? application.most_tries : application.tries_left - 1;
  *pulRetryCount = application.tries_left;
  return handle.logged_in ? SAR_OK : SAR_PIN_INCORRECT;
}

ULONG SKF_EnumContainer(void* hApplication, char* szContainerName, ULONG* pulSize) {
  const Entrance entrance("SKF_EnumContainer");
  if (entrance.answer) return *entrance.answer;
  const auto& application = *static_cast<Opened*>(hApplication);
  if (const ULONG state = state_of(application); state != SAR_OK) return state;
  return give(listed(application_of(application).containers), szContainerName, pulSize);
}

ULONG SKF_OpenContainer(void* hApplication, char* szContainerName, void** phContainer) {
  const Entrance entrance("SKF_OpenContainer");
  if (entrance.answer) return *entrance.answer;
  Opened container = *static_cast<Opened*>(hApplication);
  if (const ULONG state = state_of(container); state != SAR_OK) return state;
  container.container = szContainerName;
  container.application_handle = static_cast<Opened*>(hApplication);
  *phContainer = opened(container);
  return SAR_OK;
}

ULONG SKF_CloseContainer(void* hContainer) {
  const Entrance entrance("SKF_CloseContainer");
  return closed(hContainer);
}

ULONG SKF_ExportCertificate(void* hContainer, BOOL bSignFlag, BYTE* pbCert, ULONG* pulCertLen) {
  const Entrance entrance("SKF_ExportCertificate");
  if (entrance.answer) return *entrance.answer;
  const auto& container = *static_cast<Opened*>(hContainer);
  if (const ULONG state = state_of(container); state != SAR_OK) return state;
  const std::string& file = container_of(container).certificate_file;
  if (bSignFlag != 1 || file.empty()) return SAR_CERTNOTFOUNTERR;
  return give(der_in(file), pbCert, pulCertLen);
}

ULONG SKF_ExportPublicKey(void* hContainer, BOOL bSignFlag, BYTE* pbBlob, ULONG* pulBlobLen) {
  const Entrance entrance("SKF_ExportPublicKey");
  if (entrance.answer) return *entrance.answer;
  const auto& container = *static_cast<Opened*>(hContainer);
  if (const ULONG state = state_of(container); state != SAR_OK) return state;
  if (bSignFlag != 1) return SAR_INVALIDPARAMERR;
  return give(public_blob(PrivateKey(container_of(container).key_file)), pbBlob, pulBlobLen);
}

ULONG SKF_ECCSignData(void* hContainer, BYTE* pbData, ULONG ulDataLen, ECCSIGNATUREBLOB* pSignature) {
  const Entrance entrance("SKF_ECCSignData");
  if (entrance.answer) return *entrance.answer;
  const auto& container = *static_cast<Opened*>(hContainer);
  if (const ULONG allowed = may_sign(container); allowed != SAR_OK) return allowed;
  if (ulDataLen != 32) return SAR_INDATALENERR;
  const auto pair = PrivateKey(container_of(container).key_file)
                        .sign_digest({reinterpret_cast<const char*>(pbData), static_cast<std::size_t>(ulDataLen)});
  if (!pair) return SAR_INVALIDPARAMERR;
  const std::size_t room = the_device().layout == Layout::as_standard ? sizeof pSignature->r : 32;
  put_number(pSignature->r, room, pair->r);
  put_number(pSignature->s, room, pair->s);
  return SAR_OK;
}

ULONG SKF_RSASignData(void* hContainer, BYTE* pbData, ULONG ulDataLen, BYTE* pbSignature, ULONG* pulSignLen) {
  const Entrance entrance("SKF_RSASignData");
  if (entrance.answer) return *entrance.answer;
  const auto& container = *static_cast<Opened*>(hContainer);
  if (const ULONG allowed = may_sign(container); allowed != SAR_OK) return allowed;
  const auto value = PrivateKey(container_of(container).key_file)
                         .pad_and_sign({reinterpret_cast<const char*>(pbData), static_cast<std::size_t>(ulDataLen)});
  return value ? give(*value, pbSignature, pulSignLen) : SAR_INDATALENERR;
}

}  // extern "C"

}  // namespace tests::gmt

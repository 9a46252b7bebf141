// The interface of crypto machines as a vendor's library would have it, declared from the standard's tables (GM/T
// 0018-2012 §5, §6) and not from the header under test.
#include <algorithm>
#include <cstddef>
#include <cstring>
#include <openssl/core_names.h>
#include <utility>

#include "tests/signing/gmt/software_device/device_state.h"
#include "tests/signing/gmt/software_device/private_key.h"

namespace tests::gmt {

struct DEVICEINFO {
  unsigned char IssuerName[40], DeviceName[16], DeviceSerial[16];
  unsigned int DeviceVersion, StandardVersion, AsymAlgAbility[2], SymAlgAbility, HashAlgAbility, BufferSize;
};
struct RSArefPublicKey {
  unsigned int bits;
  unsigned char m[2048 / 8], e[2048 / 8];
};
struct ECCrefPublicKey {
  unsigned int bits;
  unsigned char x[512 / 8], y[512 / 8];
};
struct ECCSignature {
  unsigned char r[512 / 8], s[512 / 8];
};
static_assert(sizeof(DEVICEINFO) == 100 && offsetof(DEVICEINFO, DeviceVersion) == 72);
static_assert(sizeof(RSArefPublicKey) == 516 && offsetof(RSArefPublicKey, e) == 260);
static_assert(sizeof(ECCrefPublicKey) == 132 && offsetof(ECCrefPublicKey, y) == 68);
static_assert(sizeof(ECCSignature) == 128 && offsetof(ECCSignature, s) == 64);

namespace {

constexpr int SDR_OK = 0, SDR_COMMFAIL = 0x01000003, SDR_OPENDEVICE = 0x01000005, SDR_PARDENY = 0x01000007,
              SDR_KEYNOTEXIST = 0x01000008, SDR_KEYTYPEERR = 0x01000014, SDR_PRKRERR = 0x01000018,
              SDR_SKOPERR = 0x0100000C, SDR_INARGERR = 0x0100001D;

unsigned open_devices = 0;  // under the device's mutex

struct Session {
  unsigned times_started;
  bool has_right = false;
  bool in_use = false;
};

int state_of(const Session& session) {
  const SoftMachine& machine = the_device().machine;
  if (!machine.reachable) return SDR_COMMFAIL;
  return session.times_started == machine.times_started ? SDR_OK : SDR_INARGERR;
}

// A signing call: the session is taken, and the call waits until as many are inside as the test wants.
class Signing {
 public:
  Signing(std::unique_lock<std::mutex>& lock, Session& session) : session_(session) {
    SoftwareDevice& device = the_device();
    overlaps_ = std::exchange(session_.in_use, true);
    device.most_inside = std::max(device.most_inside, ++device.inside);
    device.changed.notify_all();
    device.changed.wait(lock, [&] { return device.most_inside >= device.gather; });
  }
  ~Signing() {
    --the_device().inside;
    session_.in_use = false;
  }
  bool overlaps() const { return overlaps_; }

 private:
  Session& session_;
  bool overlaps_ = false;
};

int may_sign(const Session& session, unsigned index, bool overlaps) {
  if (const int state = state_of(session); state != SDR_OK) return state;
  const SoftMachine& machine = the_device().machine;
  if (overlaps) return SDR_INARGERR;  // a session is for one call at a time
  if (!machine.key_files.contains(index)) return SDR_KEYNOTEXIST;
  return machine.password.empty() || session.has_right ? SDR_OK : SDR_PARDENY;
}

std::string_view view(const unsigned char* bytes, unsigned size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

int public_key_at(const Session& session, unsigned index, bool sm2, std::optional<PrivateKey>& key) {
  if (const int state = state_of(session); state != SDR_OK) return state;
  const auto found = the_device().machine.key_files.find(index);
  if (found == the_device().machine.key_files.end()) return SDR_KEYNOTEXIST;
  key.emplace(found->second);
  return key->is_sm2() == sm2 ? SDR_OK : SDR_KEYTYPEERR;
}

}  // namespace

extern "C" {

int SDF_OpenDevice(void** phDeviceHandle) {
  const Entrance entrance("SDF_OpenDevice");
  if (entrance.answer) return static_cast<int>(*entrance.answer);
  const SoftMachine& machine = the_device().machine;
  if (!machine.reachable || (machine.opens_once && open_devices > 0)) return SDR_OPENDEVICE;
  ++open_devices;
  ++the_device().open_handles;
  *phDeviceHandle = new int(0);
  return SDR_OK;
}

int SDF_CloseDevice(void* hDeviceHandle) {
  const Entrance entrance("SDF_CloseDevice");
  --open_devices;
  --the_device().open_handles;
  delete static_cast<int*>(hDeviceHandle);
  return SDR_OK;
}

int SDF_OpenSession(void*, void** phSessionHandle) {
  const Entrance entrance("SDF_OpenSession");
  if (entrance.answer) return static_cast<int>(*entrance.answer);
  if (!the_device().machine.reachable) return SDR_COMMFAIL;
  ++the_device().open_handles;
  *phSessionHandle = new Session{the_device().machine.times_started};
  return SDR_OK;
}

int SDF_CloseSession(void* hSessionHandle) {
  const Entrance entrance("SDF_CloseSession");
  --the_device().open_handles;
  delete static_cast<Session*>(hSessionHandle);
  return SDR_OK;
}

int SDF_GetDeviceInfo(void* hSessionHandle, DEVICEINFO* pstDeviceInfo) {
  const Entrance entrance("SDF_GetDeviceInfo");
  if (entrance.answer) return static_cast<int>(*entrance.answer);
  if (const int state = state_of(*static_cast<Session*>(hSessionHandle)); state != SDR_OK) return state;
  *pstDeviceInfo = {};
  pstDeviceInfo->StandardVersion = 1;
  return SDR_OK;
}

int SDF_GetPrivateKeyAccessRight(void* hSessionHandle, unsigned int uiKeyIndex, unsigned char* pucPassword,
                                 unsigned int uiPwdLength) {
  const Entrance entrance("SDF_GetPrivateKeyAccessRight");
  if (entrance.answer) return static_cast<int>(*entrance.answer);
  auto& session = *static_cast<Session*>(hSessionHandle);
  if (const int state = state_of(session); state != SDR_OK) return state;
  if (!the_device().machine.key_files.contains(uiKeyIndex)) return SDR_KEYNOTEXIST;
  session.has_right = view(pucPassword, uiPwdLength) == the_device().machine.password;
  return session.has_right ? SDR_OK : SDR_PRKRERR;
}

int SDF_ReleasePrivateKeyAccessRight(void* hSessionHandle, unsigned int) {
  const Entrance entrance("SDF_ReleasePrivateKeyAccessRight");
  static_cast<Session*>(hSessionHandle)->has_right = false;
  return SDR_OK;
}

int SDF_ExportSignPublicKey_ECC(void* hSessionHandle, unsigned int uiKeyIndex, ECCrefPublicKey* pucPublicKey) {
  const Entrance entrance("SDF_ExportSignPublicKey_ECC");
  if (entrance.answer) return static_cast<int>(*entrance.answer);
  std::optional<PrivateKey> key;
  const int code = public_key_at(*static_cast<Session*>(hSessionHandle), uiKeyIndex, true, key);
  if (code != SDR_OK) return code;
  pucPublicKey->bits = 256;
  put_number(pucPublicKey->x, sizeof pucPublicKey->x, key->number(OSSL_PKEY_PARAM_EC_PUB_X));
  put_number(pucPublicKey->y, sizeof pucPublicKey->y, key->number(OSSL_PKEY_PARAM_EC_PUB_Y));
  return SDR_OK;
}

int SDF_ExportSignPublicKey_RSA(void* hSessionHandle, unsigned int uiKeyIndex, RSArefPublicKey* pucPublicKey) {
  const Entrance entrance("SDF_ExportSignPublicKey_RSA");
  if (entrance.answer) return static_cast<int>(*entrance.answer);
  std::optional<PrivateKey> key;
  const int code = public_key_at(*static_cast<Session*>(hSessionHandle), uiKeyIndex, false, key);
  if (code != SDR_OK) return code;
  const std::string modulus = key->number(OSSL_PKEY_PARAM_RSA_N);
  pucPublicKey->bits = static_cast<unsigned>(modulus.size() * 8);
  put_number(pucPublicKey->m, sizeof pucPublicKey->m, modulus);
  put_number(pucPublicKey->e, sizeof pucPublicKey->e, key->number(OSSL_PKEY_PARAM_RSA_E));
  return SDR_OK;
}

int SDF_InternalSign_ECC(void* hSessionHandle, unsigned int uiISKIndex, unsigned char* pucData,
                         unsigned int uiDataLength, ECCSignature* pucSignature) {
  Entrance entrance("SDF_InternalSign_ECC");
  if (entrance.answer) return static_cast<int>(*entrance.answer);
  auto& session = *static_cast<Session*>(hSessionHandle);
  const Signing signing(entrance.lock, session);
  if (const int allowed = may_sign(session, uiISKIndex, signing.overlaps()); allowed != SDR_OK) return allowed;
  const PrivateKey key(the_device().machine.key_files.at(uiISKIndex));
  if (!key.is_sm2()) return SDR_KEYTYPEERR;
  if (uiDataLength != 32) return SDR_INARGERR;
  const auto pair = key.sign_digest(view(pucData, uiDataLength));
  if (!pair) return SDR_SKOPERR;
  const std::size_t room = the_device().layout == Layout::as_standard ? sizeof pucSignature->r : 32;
  put_number(pucSignature->r, room, pair->r);
  put_number(pucSignature->s, room, pair->s);
  return SDR_OK;
}

int SDF_InternalPrivateKeyOperation_RSA(void* hSessionHandle, unsigned int uiKeyIndex, unsigned char* pucDataInput,
                                        unsigned int uiInputLength, unsigned char* pucDataOutput,
                                        unsigned int* puiOutputLength) {
  Entrance entrance("SDF_InternalPrivateKeyOperation_RSA");
  if (entrance.answer) return static_cast<int>(*entrance.answer);
  auto& session = *static_cast<Session*>(hSessionHandle);
  const Signing signing(entrance.lock, session);
  if (const int allowed = may_sign(session, uiKeyIndex, signing.overlaps()); allowed != SDR_OK) return allowed;
  const PrivateKey key(the_device().machine.key_files.at(uiKeyIndex));
  const auto value = key.private_operation(view(pucDataInput, uiInputLength));
  if (!value || *puiOutputLength < value->size()) return SDR_SKOPERR;
  std::memcpy(pucDataOutput, value->data(), value->size());
  *puiOutputLength = static_cast<unsigned>(value->size());
  return SDR_OK;
}

}  // extern "C"

}  // namespace tests::gmt

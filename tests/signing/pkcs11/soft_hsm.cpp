#include "tests/signing/pkcs11/soft_hsm.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <dlfcn.h>
#include <stdexcept>
#include <vector>

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
// SoftHSM's C_GetTokenInfo calls gmtime(3), whose buffer all threads share.
extern "C" const char* __tsan_default_suppressions() { return "race:libsofthsm2.so\n"; }
#endif
#endif

namespace tests {

namespace {

constexpr const char* library_file = "/usr/lib/softhsm/libsofthsm2.so";

void must(bool done, const std::string& what) {
  if (!done) throw std::runtime_error("SoftHSM: " + what);
}

void run(const std::string& command) { must(std::system((command + " > /dev/null 2>&1").c_str()) == 0, command); }

std::vector<CK_SLOT_ID> slots_of(const CK_FUNCTION_LIST& functions) {
  std::array<CK_SLOT_ID, 16> slots{};
  CK_ULONG count = slots.size();
  must(functions.C_GetSlotList(CK_TRUE, slots.data(), &count) == CKR_OK, "slots");
  return {slots.begin(), slots.begin() + static_cast<std::ptrdiff_t>(count)};
}

CK_SLOT_ID slot_of(const CK_FUNCTION_LIST& functions, std::string label) {
  label.resize(sizeof CK_TOKEN_INFO{}.label, ' ');
  for (const auto slot : slots_of(functions)) {
    CK_TOKEN_INFO info{};
    must(functions.C_GetTokenInfo(slot, &info) == CKR_OK, "token");
    if (std::equal(label.begin(), label.end(), info.label,
                   [](char a, unsigned char b) { return static_cast<unsigned char>(a) == b; })) {
      return slot;
    }
  }
  throw std::runtime_error("SoftHSM: no token " + label);
}

}  // namespace

bool SoftHsm::installed() {
  return std::filesystem::exists(library_file) && std::system("command -v softhsm2-util > /dev/null") == 0;
}

const SoftHsm& SoftHsm::shared() {
  static const SoftHsm made;
  return made;
}

SoftHsm::SoftHsm() {
  const auto folder = scratch_.path() / "tokens", settings = scratch_.path() / "softhsm2.conf";
  std::filesystem::create_directory(folder);
  write_file(settings,
             "directories.tokendir = " + folder.string() + "\nobjectstore.backend = file\nlog.level = ERROR\n");
  setenv("SOFTHSM2_CONF", settings.c_str(), 1);
  make_token("Enterprise");
  import_key("Enterprise", "sign", "0A01");
  import_key("Enterprise", "labelled", "0A02");
  import_key("Enterprise", "bare", "0A03");
  for (int i = 0; i < 2; ++i) make_token("Twin");

  void* library = dlopen(library_file, RTLD_NOW);
  must(library != nullptr, "dlopen");
  CK_FUNCTION_LIST* functions = nullptr;
  must(reinterpret_cast<CK_C_GetFunctionList>(dlsym(library, "C_GetFunctionList"))(&functions) == CKR_OK, "functions");
  CK_C_INITIALIZE_ARGS arguments{};
  arguments.flags = CKF_OS_LOCKING_OK;
  must(functions->C_Initialize(&arguments) == CKR_OK, "C_Initialize");
  functions_ = functions;
  add_certificate("of another label", "\x0A\x01");
  add_certificate("labelled", "\x0F");
}

void SoftHsm::make_token(const std::string& label) const {
  run("softhsm2-util --init-token --free --label " + label + " --pin " + pin + " --so-pin 13579135");
}

void SoftHsm::import_key(const std::string& token, const std::string& label, const std::string& id) const {
  run("softhsm2-util --import " + ours_.rsa.key.string() + " --token " + token + " --label " + label + " --id " + id +
      " --pin " + pin);
}

void SoftHsm::add_certificate(const std::string& label, const std::string& id) {
  CK_SESSION_HANDLE session = CK_INVALID_HANDLE;
  must(functions_->C_OpenSession(slot_of(*functions_, "Enterprise"), CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr,
                                 nullptr, &session) == CKR_OK,
       "session");
  std::string given = pin;
  must(functions_->C_Login(session, CKU_USER, reinterpret_cast<unsigned char*>(given.data()), given.size()) == CKR_OK,
       "login");
  const auto certificate = signing::Certificate::from_pem(read_file(ours_.rsa.certificate));
  std::string der = certificate->der, name = label, number = id, subject = "x";
  CK_OBJECT_CLASS object_class = CKO_CERTIFICATE;
  CK_CERTIFICATE_TYPE type = CKC_X_509;
  CK_BBOOL yes = CK_TRUE, no = CK_FALSE;
  std::array<CK_ATTRIBUTE, 8> attributes{{{CKA_CLASS, &object_class, sizeof object_class},
                                          {CKA_CERTIFICATE_TYPE, &type, sizeof type},
                                          {CKA_TOKEN, &yes, sizeof yes},
                                          {CKA_PRIVATE, &no, sizeof no},
                                          {CKA_LABEL, name.data(), name.size()},
                                          {CKA_ID, number.data(), number.size()},
                                          {CKA_SUBJECT, subject.data(), subject.size()},
                                          {CKA_VALUE, der.data(), der.size()}}};
  CK_OBJECT_HANDLE made = CK_INVALID_HANDLE;
  must(functions_->C_CreateObject(session, attributes.data(), attributes.size(), &made) == CKR_OK, "certificate");
  must(functions_->C_CloseSession(session) == CKR_OK, "close");
}

CK_TOKEN_INFO SoftHsm::token(const std::string& label) const {
  CK_TOKEN_INFO info{};
  must(functions_->C_GetTokenInfo(slot_of(*functions_, label), &info) == CKR_OK, "token");
  return info;
}

}  // namespace tests

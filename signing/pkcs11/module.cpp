#include "signing/pkcs11/module.h"

#include <dlfcn.h>
#include <filesystem>
#include <map>
#include <optional>
#include <vector>

#include "signing/pkcs11/return_value.h"
#include "signing/pkcs11/wording.h"

namespace signing::pkcs11 {

namespace {

std::vector<std::string> folders() {
  const std::string of_this_machine = std::string("/usr/lib/") + CEBGATE_LIBRARY_ARCHITECTURE;
  return {of_this_machine + "/pkcs11", of_this_machine + "/softhsm", of_this_machine,         "/usr/lib/pkcs11",
          "/usr/lib/softhsm",          "/usr/lib64/pkcs11",          "/usr/local/lib/pkcs11", "/usr/local/lib"};
}

std::optional<std::string> find_module(const std::string& name) {
  std::error_code ignored;
  for (const std::filesystem::path folder : folders()) {
    for (const auto& file : {name + ".so", "lib" + name + ".so", name}) {
      if (std::filesystem::is_regular_file(folder / file, ignored)) return (folder / file).string();
    }
  }
  return std::nullopt;
}

base::Fault no_module(const KeyUri& uri) {
  return fault("key.form",
               "密钥地址 " + uri.shown() + " 没有指明设备厂商的 PKCS#11 库；请在末尾加上 ?module-path=/路径/库.so",
               "the key's URI " + uri.shown() +
                   " does not name the vendor's PKCS#11 library; add ?module-path=/path/lib.so to its end");
}

base::Fault module_not_found(const std::string& name) {
  std::string looked;
  for (const auto& folder : folders()) looked += (looked.empty() ? "" : " ") + folder;
  return fault("key.library",
               "找不到名为 " + name + " 的 PKCS#11 库（找过 " + looked + "）；请改用 ?module-path=/路径/库.so",
               "no PKCS#11 library named " + name + " was found (looked in " + looked +
                   "); name the file itself with ?module-path=/path/lib.so");
}

base::Fault cannot_use(const std::string& path, const std::string& reason) {
  return fault("key.library",
               "无法使用 PKCS#11 库 " + path + "（" + reason + "）；请检查路径、权限以及是否为本机架构的库",
               "the PKCS#11 library " + path + " cannot be used (" + reason +
                   "); check the path, its permissions, and that it is made for this machine");
}

// One name for one file, whatever links lead to it; a bare name stays, for the loader's own search.
std::string settled(const std::string& path) {
  if (path.find('/') == std::string::npos) return path;
  std::error_code failed;
  const auto real = std::filesystem::weakly_canonical(path, failed);
  return failed ? path : real.string();
}

}  // namespace

base::Result<std::shared_ptr<Module>> Module::named_by(const KeyUri& uri) {
  std::string path = uri.module_path();
  if (path.empty()) {
    if (uri.module_name().empty()) return no_module(uri);
    const bool plain = uri.module_name().find('/') == std::string::npos;
    auto found = plain ? find_module(uri.module_name()) : std::nullopt;
    if (!found) return module_not_found(uri.module_name());
    path = *std::move(found);
  }
  path = settled(path);
  // Never destroyed: threads that hang in a module outlive the end of main().
  static auto& modules = *new std::map<std::string, std::shared_ptr<Module>>;
  static auto& mutex = *new std::mutex;
  const std::scoped_lock lock(mutex);
  auto& module = modules[path];
  if (!module) module.reset(new Module(path));
  return module;
}

base::Done Module::load() {
  void* library = dlopen(path_.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    const char* reason = dlerror();
    return cannot_use(path_, reason != nullptr ? reason : "dlopen");
  }
  const auto list = reinterpret_cast<CK_C_GetFunctionList>(dlsym(library, "C_GetFunctionList"));
  CK_FUNCTION_LIST* functions = nullptr;
  if (list == nullptr || list(&functions) != CKR_OK || functions == nullptr) {
    dlclose(library);
    return cannot_use(path_, "no C_GetFunctionList");
  }
  functions_ = functions;
  return base::Nothing{};
}

base::Result<const CK_FUNCTION_LIST*> Module::ready() {
  const std::scoped_lock lock(mutex_);
  if (functions_ == nullptr) {
    if (auto loaded = load(); !loaded) return loaded.faults();
  }
  CK_C_INITIALIZE_ARGS arguments{};
  arguments.flags = CKF_OS_LOCKING_OK;
  const CK_RV value = functions_->C_Initialize(&arguments);
  if (value == CKR_OK || value == CKR_CRYPTOKI_ALREADY_INITIALIZED) return functions_;
  return cannot_use(path_, "C_Initialize: " + name_of(value));
}

}  // namespace signing::pkcs11

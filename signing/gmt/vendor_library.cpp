#include "signing/gmt/vendor_library.h"

#include <dlfcn.h>

#include "signing/gmt/device_faults.h"

namespace signing::gmt {

namespace {

std::string loader_reason() {
  const char* reason = dlerror();
  return reason == nullptr ? "" : reason;
}

}  // namespace

base::Result<VendorLibrary> VendorLibrary::load(const std::string& file) {
  // RTLD_NOW: a function that the library itself lacks is told here and does not end the program later.
  void* handle = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle != nullptr) return VendorLibrary(file, handle);
  const std::string reason = loader_reason();
  return library_fault("无法加载厂商的库 " + file + "：" + reason + "；请检查路径、权限和处理器架构，并安装厂商驱动",
                       "the vendor's library " + file + " cannot be loaded: " + reason +
                           "; check the path, its permissions and its architecture, and install the vendor's driver");
}

void* VendorLibrary::find(const char* name) {
  void* found = dlsym(handle_, name);
  if (found != nullptr) return found;
  missing_ += (missing_.empty() ? "" : ", ") + std::string(name);
  const std::string reason = loader_reason();
  if (reason_.empty()) reason_ = reason;
  return nullptr;
}

base::Done VendorLibrary::complete() const {
  if (missing_.empty()) return base::Nothing{};
  return library_fault(
      "厂商的库 " + file_ + " 缺少函数 " + missing_ + "（" + reason_ + "）；请换用符合国密标准的库版本",
      "the vendor's library " + file_ + " lacks " + missing_ + " (" + reason_ +
          "); use the edition of the library that follows the standard");
}

}  // namespace signing::gmt

// A crypto machine as a vendor's library shows it (GM/T 0018-2012), one for all keys of that library: some libraries
// open their device only once in a program. Safe from every thread; what calls the library may hang.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "base/result.h"
#include "signing/gmt/sdf.h"

namespace signing::gmt {

struct SdfFunctions {
  sdf::OpenDevice* open_device = nullptr;
  sdf::CloseDevice* close_device = nullptr;
  sdf::OpenSession* open_session = nullptr;
  sdf::CloseSession* close_session = nullptr;
  sdf::GetDeviceInfo* get_device_info = nullptr;
  sdf::GetPrivateKeyAccessRight* get_access_right = nullptr;
  sdf::ReleasePrivateKeyAccessRight* release_access_right = nullptr;
  sdf::ExportSignPublicKey* export_ecc_key = nullptr;
  sdf::ExportSignPublicKey* export_rsa_key = nullptr;
  sdf::InternalSignEcc* sign_ecc = nullptr;
  sdf::InternalPrivateKeyOperationRsa* private_operation_rsa = nullptr;
};

// The device, open; its sessions hold it, and it is closed with the last of them.
struct SdfDevice {
  const SdfFunctions functions;
  void* handle;
  std::atomic<bool> lost = false;  // its connection is no more: no new sessions, and the old ones go
  ~SdfDevice() { functions.close_device(handle); }
};

class SdfMachine {
 public:
  // Fault key.library.
  static base::Result<std::shared_ptr<SdfMachine>> of(const std::string& library);

  const SdfFunctions& functions() const { return functions_; }
  // Fault key.absent, with the key's name.
  base::Result<std::shared_ptr<SdfDevice>> device(const std::string& key);

 private:
  explicit SdfMachine(const SdfFunctions& functions) : functions_(functions) {}
  SdfFunctions functions_;
  std::mutex opening_;
  std::weak_ptr<SdfDevice> device_;
};

}  // namespace signing::gmt

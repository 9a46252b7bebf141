#include "signing/gmt/sdf_machine.h"

#include <map>

#include "signing/gmt/device_faults.h"
#include "signing/gmt/vendor_library.h"

namespace signing::gmt {

namespace {

base::Result<SdfFunctions> load(const std::string& file) {
  auto library = VendorLibrary::load(file);
  if (!library) return library.faults();
  SdfFunctions functions;
  library->bind(functions.open_device, "SDF_OpenDevice");
  library->bind(functions.close_device, "SDF_CloseDevice");
  library->bind(functions.open_session, "SDF_OpenSession");
  library->bind(functions.close_session, "SDF_CloseSession");
  library->bind(functions.get_device_info, "SDF_GetDeviceInfo");
  library->bind(functions.get_access_right, "SDF_GetPrivateKeyAccessRight");
  library->bind(functions.release_access_right, "SDF_ReleasePrivateKeyAccessRight");
  library->bind(functions.export_ecc_key, "SDF_ExportSignPublicKey_ECC");
  library->bind(functions.export_rsa_key, "SDF_ExportSignPublicKey_RSA");
  library->bind(functions.sign_ecc, "SDF_InternalSign_ECC");
  library->bind(functions.private_operation_rsa, "SDF_InternalPrivateKeyOperation_RSA");
  if (auto complete = library->complete(); !complete) return complete.faults();
  return functions;
}

struct Machines {
  std::mutex mutex;
  std::map<std::string, std::weak_ptr<SdfMachine>> by_library;
};

// Never destroyed: a thread may come back from a library when the program ends.
Machines& machines() {
  static Machines& all = *new Machines;
  return all;
}

}  // namespace

base::Result<std::shared_ptr<SdfMachine>> SdfMachine::of(const std::string& library) {
  auto functions = load(library);
  if (!functions) return functions.faults();
  const std::scoped_lock lock(machines().mutex);
  auto& known = machines().by_library[library];
  auto machine = known.lock();
  if (!machine) known = machine = std::shared_ptr<SdfMachine>(new SdfMachine(*functions));
  return machine;
}

base::Result<std::shared_ptr<SdfDevice>> SdfMachine::device(const std::string& key) {
  const std::scoped_lock lock(opening_);
  if (auto open = device_.lock(); open && !open->lost) return open;
  void* handle = nullptr;
  const Answer answer{"SDF_OpenDevice", functions_.open_device(&handle)};
  if (answer.code != sdf::ok) return absent_fault(key, answer);
  auto opened = std::shared_ptr<SdfDevice>(new SdfDevice{functions_, handle});
  device_ = opened;
  return opened;
}

}  // namespace signing::gmt

#include "signing/gmt/skf_functions.h"

#include "signing/gmt/vendor_library.h"

namespace signing::gmt {

base::Result<SkfFunctions> SkfFunctions::load(const std::string& file) {
  auto library = VendorLibrary::load(file);
  if (!library) return library.faults();
  SkfFunctions functions;
  library->bind(functions.enum_dev, "SKF_EnumDev");
  library->bind(functions.connect_dev, "SKF_ConnectDev");
  library->bind(functions.disconnect_dev, "SKF_DisConnectDev");
  library->bind(functions.get_dev_state, "SKF_GetDevState");
  library->bind(functions.enum_application, "SKF_EnumApplication");
  library->bind(functions.open_application, "SKF_OpenApplication");
  library->bind(functions.close_application, "SKF_CloseApplication");
  library->bind(functions.get_pin_info, "SKF_GetPINInfo");
  library->bind(functions.verify_pin, "SKF_VerifyPIN");
  library->bind(functions.enum_container, "SKF_EnumContainer");
  library->bind(functions.open_container, "SKF_OpenContainer");
  library->bind(functions.close_container, "SKF_CloseContainer");
  library->bind(functions.export_certificate, "SKF_ExportCertificate");
  library->bind(functions.export_public_key, "SKF_ExportPublicKey");
  library->bind(functions.ecc_sign_data, "SKF_ECCSignData");
  library->bind(functions.rsa_sign_data, "SKF_RSASignData");
  if (auto complete = library->complete(); !complete) return complete.faults();
  return functions;
}

}  // namespace signing::gmt

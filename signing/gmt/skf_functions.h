// The functions of a smart key's library that signing calls. Fault key.library where one is missing.
#pragma once

#include <string>

#include "base/result.h"
#include "signing/gmt/skf.h"

namespace signing::gmt {

struct SkfFunctions {
  skf::EnumDev* enum_dev = nullptr;
  skf::ConnectDev* connect_dev = nullptr;
  skf::DisConnectDev* disconnect_dev = nullptr;
  skf::GetDevState* get_dev_state = nullptr;
  skf::EnumApplication* enum_application = nullptr;
  skf::OpenApplication* open_application = nullptr;
  skf::CloseApplication* close_application = nullptr;
  skf::GetPinInfo* get_pin_info = nullptr;
  skf::VerifyPin* verify_pin = nullptr;
  skf::EnumContainer* enum_container = nullptr;
  skf::OpenContainer* open_container = nullptr;
  skf::CloseContainer* close_container = nullptr;
  skf::ExportCertificate* export_certificate = nullptr;
  skf::ExportPublicKey* export_public_key = nullptr;
  skf::EccSignData* ecc_sign_data = nullptr;
  skf::RsaSignData* rsa_sign_data = nullptr;

  static base::Result<SkfFunctions> load(const std::string& library);
};

}  // namespace signing::gmt

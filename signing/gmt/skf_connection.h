// The way to one container of a smart key: library, device, application, container, PIN (GM/T 0016-2012). After any
// failure everything is closed and the next use connects anew; a PIN that was refused is never given again. Every
// function calls the vendor's library and may hang: one thread only, that of DeviceCalls. Faults as of Key::sign().
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "signing/certificate.h"
#include "signing/gmt/code_names.h"
#include "signing/gmt/skf_functions.h"

namespace signing::gmt {

struct SkfPlace {
  std::string key;                             // the URI, for words
  std::string library;                         // file
  std::string device, application, container;  // empty: the only one there
};

class SkfConnection {
 public:
  SkfConnection(SkfPlace place, base::Secret pin) : place_(std::move(place)), pin_(std::move(pin)) {}

  ~SkfConnection() { close(); }
  SkfConnection(const SkfConnection&) = delete;
  SkfConnection& operator=(const SkfConnection&) = delete;

  // `given`, or the container's certificate. Further faults: key.library, key.form, key.certificate, key.kind.
  base::Result<Certificate> open(std::optional<Certificate> given);
  base::Result<std::string> sign(std::string input);  // as signed_input() makes it
  base::Done check();

 private:
  void close();
  base::Done connect();
  base::Done reach_device();
  base::Done reach_container();
  base::Done take_certificate();
  base::Done show_key_is_the_certificates();
  base::Done log_in();
  base::Done spare_last_try();
  base::Done give_pin();
  base::Fault fault_of(const Answer& answer) const;
  base::Result<std::string> sm2_signature(std::string& digest);
  base::Result<std::string> rsa_signature(std::string& digest_info);

  SkfPlace place_;
  base::Secret pin_;
  SkfFunctions functions_;
  std::optional<Certificate> certificate_;
  std::optional<base::Fault> refused_;  // what became of the PIN
  std::string device_name_;
  void* device_ = nullptr;
  void* application_ = nullptr;
  void* container_ = nullptr;
  bool ready_ = false;
};

}  // namespace signing::gmt

// The sessions in which one key of a crypto machine signs, kept for the next call (GM/T 0018-2012). A session that
// failed is closed, and one that the machine has lost takes the idle ones with it. A password that was refused is
// never given again. Safe from every thread; every function calls the library and may hang. Faults as of Key::sign().
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "signing/certificate.h"
#include "signing/gmt/code_names.h"
#include "signing/gmt/sdf_machine.h"

namespace signing::gmt {

struct SdfPlace {
  std::string key;      // the URI, for words
  std::string library;  // file
  sdf::Number index = 1;
};

class SdfSessions {
 public:
  SdfSessions(SdfPlace place, Certificate certificate, base::Secret password);
  ~SdfSessions();  // closes the sessions

  // `input` as signed_input() makes it. Further faults: key.library, key.certificate.
  base::Result<std::string> sign(std::string input);
  base::Done check();

 private:
  struct Session;
  base::Result<std::unique_ptr<Session>> take();
  base::Result<std::unique_ptr<Session>> open();
  std::unique_ptr<Session> idle_session();
  void close_lost();
  void give_back(std::unique_ptr<Session> session);
  base::Fault failed(std::unique_ptr<Session> session, const Answer& answer);
  base::Done show_key_is_the_certificates(const Session& session);
  base::Done get_access_right(Session& session);
  base::Result<std::shared_ptr<SdfMachine>> machine();
  base::Fault fault_of(const Session& session, const Answer& answer) const;

  const SdfPlace place_;
  const Certificate certificate_;
  const base::Secret password_;
  std::mutex mutex_;  // never held during a call
  std::vector<std::unique_ptr<Session>> idle_;
  std::shared_ptr<SdfMachine> machine_;
  std::mutex asking_;  // held while the password is tried, so that a wrong one is tried once
  std::optional<base::Fault> refused_;
};

}  // namespace signing::gmt

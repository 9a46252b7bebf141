#include "signing/gmt/sdf_sessions.h"

#include <algorithm>
#include <iterator>
#include <openssl/crypto.h>

#include "signing/gmt/device_certificate.h"
#include "signing/gmt/device_faults.h"
#include "signing/gmt/signed_input.h"

namespace signing::gmt {

namespace {

// More than the structures of the standard and the larger ones that some libraries fill in their place.
constexpr std::size_t answer_room_bytes = 8 * 1024;

unsigned char* octets_of(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

sdf::Number size_of(const std::string& bytes) { return static_cast<sdf::Number>(bytes.size()); }

bool is_lost(sdf::Code code) { return code == sdf::communication_failed || code == sdf::hardware_failed; }

}  // namespace

struct SdfSessions::Session {
  std::shared_ptr<SdfDevice> device;
  void* handle;
  sdf::Number index;
  bool has_right = false;
  bool has_served = false;

  const SdfFunctions& functions() const { return device->functions; }
  ~Session() {
    if (has_right) functions().release_access_right(handle, index);
    functions().close_session(handle);
  }
};

SdfSessions::SdfSessions(SdfPlace place, Certificate certificate, base::Secret password)
    : place_(std::move(place)), certificate_(std::move(certificate)), password_(std::move(password)) {}

SdfSessions::~SdfSessions() = default;

base::Result<std::string> SdfSessions::sign(std::string input) {
  auto session = take();
  if (!session) return session.faults();
  const SdfFunctions& functions = (*session)->functions();
  void* handle = (*session)->handle;
  if (certificate_.key_kind == KeyKind::sm2) {
    EccSignature signature{};
    const Answer answer{"SDF_InternalSign_ECC",
                        functions.sign_ecc(handle, place_.index, octets_of(input), size_of(input), &signature)};
    if (answer.code != sdf::ok) return failed(*std::move(session), answer);
    give_back(*std::move(session));
    auto value = sm2_value(signature);
    if (value) return *std::move(value);
    return misplaced_value_fault(place_.key);
  }
  const std::size_t wanted = rsa_modulus_size(certificate_);
  std::string block = rsa_block(input, wanted), value(answer_room_bytes, '\0');
  sdf::Number size = size_of(value);
  const Answer answer{
      "SDF_InternalPrivateKeyOperation_RSA",
      functions.private_operation_rsa(handle, place_.index, octets_of(block), size_of(block), octets_of(value), &size)};
  if (answer.code != sdf::ok) return failed(*std::move(session), answer);
  give_back(*std::move(session));
  if (size != wanted) return value_size_fault(place_.key, size, wanted);
  value.resize(wanted);
  return value;
}

base::Done SdfSessions::check() {
  auto session = take();
  if (!session) return session.faults();
  std::string info(answer_room_bytes, '\0');
  const Answer answer{"SDF_GetDeviceInfo",
                      (*session)->functions().get_device_info((*session)->handle, octets_of(info))};
  if (answer.code != sdf::ok) return failed(*std::move(session), answer);
  give_back(*std::move(session));
  return base::Nothing{};
}

base::Result<std::unique_ptr<SdfSessions::Session>> SdfSessions::take() {
  if (auto session = idle_session()) return session;
  return open();
}

std::unique_ptr<SdfSessions::Session> SdfSessions::idle_session() {
  close_lost();
  const std::scoped_lock lock(mutex_);
  if (idle_.empty()) return nullptr;
  auto session = std::move(idle_.back());
  idle_.pop_back();
  return session;
}

void SdfSessions::close_lost() {
  std::vector<std::unique_ptr<Session>> lost;  // closed when the lock is gone
  const std::scoped_lock lock(mutex_);
  const auto first = std::partition(idle_.begin(), idle_.end(), [](const auto& one) { return !one->device->lost; });
  std::move(first, idle_.end(), std::back_inserter(lost));
  idle_.erase(first, idle_.end());
}

void SdfSessions::give_back(std::unique_ptr<Session> session) {
  session->has_served = true;
  const std::scoped_lock lock(mutex_);
  if (!session->device->lost) idle_.push_back(std::move(session));
}

base::Fault SdfSessions::failed(std::unique_ptr<Session> session, const Answer& answer) {
  base::Fault fault = fault_of(*session, answer);
  session.reset();
  close_lost();
  return fault;
}

base::Result<std::unique_ptr<SdfSessions::Session>> SdfSessions::open() {
  auto reached = machine();
  if (!reached) return reached.faults();
  auto device = (*reached)->device(place_.key);
  if (!device) return device.faults();
  void* handle = nullptr;
  const Answer answer{"SDF_OpenSession", (*device)->functions.open_session((*device)->handle, &handle)};
  if (answer.code != sdf::ok) {
    if (is_lost(answer.code)) (*device)->lost = true;
    return absent_fault(place_.key, answer);
  }
  auto session = std::unique_ptr<Session>(new Session{*std::move(device), handle, place_.index});
  if (auto same = show_key_is_the_certificates(*session); !same) return same.faults();
  if (auto allowed = get_access_right(*session); !allowed) return allowed.faults();
  return session;
}

// The password comes after this: it is given only to a machine that has shown to hold the certificate's key.
base::Done SdfSessions::show_key_is_the_certificates(const Session& session) {
  const bool sm2 = certificate_.key_kind == KeyKind::sm2;
  std::string exported(answer_room_bytes, '\0');
  auto* export_key = sm2 ? session.functions().export_ecc_key : session.functions().export_rsa_key;
  const Answer answer{sm2 ? "SDF_ExportSignPublicKey_ECC" : "SDF_ExportSignPublicKey_RSA",
                      export_key(session.handle, place_.index, octets_of(exported))};
  if (answer.code != sdf::ok) return fault_of(session, answer);
  return compare_with_exported(place_.key, certificate_, exported);
}

base::Done SdfSessions::get_access_right(Session& session) {
  if (password_.empty()) return base::Nothing{};
  const std::scoped_lock lock(asking_);
  if (refused_) return *refused_;
  std::string password(password_.reveal());
  const Answer answer{
      "SDF_GetPrivateKeyAccessRight",
      session.functions().get_access_right(session.handle, place_.index, octets_of(password), size_of(password))};
  OPENSSL_cleanse(password.data(), password.size());
  session.has_right = answer.code == sdf::ok;
  if (session.has_right || answer.code == sdf::not_supported) return base::Nothing{};
  if (is_lost(answer.code)) return fault_of(session, answer);
  refused_ = pin_refused_fault(place_.key, answer, std::nullopt);
  return *refused_;
}

base::Result<std::shared_ptr<SdfMachine>> SdfSessions::machine() {
  {
    const std::scoped_lock lock(mutex_);
    if (machine_) return machine_;
  }
  auto found = SdfMachine::of(place_.library);
  if (!found) return found.faults();
  const std::scoped_lock lock(mutex_);
  machine_ = *found;
  return machine_;
}

// The standard has no code for a handle that is no more; libraries call it a wrong input, which it cannot be where the
// session has served before.
base::Fault SdfSessions::fault_of(const Session& session, const Answer& answer) const {
  if (is_lost(answer.code) || (answer.code == sdf::input_wrong && session.has_served)) {
    session.device->lost = true;
    return absent_fault(place_.key, answer);
  }
  const bool denied = answer.code == sdf::no_access_right || answer.code == sdf::key_access_refused;
  return denied && password_.empty() ? pin_needed_fault(place_.key, answer) : sign_fault(place_.key, answer);
}

}  // namespace signing::gmt

#include "signing/gmt/skf_key.h"

#include <array>

#include "signing/certificate_file.h"
#include "signing/device_calls.h"
#include "signing/gmt/device_certificate.h"
#include "signing/gmt/device_faults.h"
#include "signing/gmt/library_uri.h"
#include "signing/gmt/signed_input.h"
#include "signing/gmt/skf_connection.h"

namespace signing::gmt {

namespace {

using std::chrono::milliseconds;

class SkfDevice {
 public:
  SkfDevice(SkfPlace place, base::Secret pin, milliseconds timeout)
      : key_(place.key),
        timeout_(timeout),
        connection_(std::make_shared<SkfConnection>(std::move(place), std::move(pin))) {}

  // The connection goes, and closes, on the device's thread: here, or where a call hangs, with the end of that.
  ~SkfDevice() {
    calls_.run(timeout_, [last = std::move(connection_)] { return base::Nothing{}; });
  }
  SkfDevice(const SkfDevice&) = delete;
  SkfDevice& operator=(const SkfDevice&) = delete;

  // call(connection) on the device's thread.
  template <class Call>
  std::invoke_result_t<Call, SkfConnection&> ask(milliseconds within, Call call) {
    auto answer = calls_.run(within, [connection = connection_, call = std::move(call)] { return call(*connection); });
    if (answer) return *std::move(answer);
    return silent_fault(key_, timeout_);
  }

  const std::string& key() const { return key_; }
  milliseconds timeout() const { return timeout_; }

 private:
  std::string key_;
  milliseconds timeout_;
  std::shared_ptr<SkfConnection> connection_;
  DeviceCalls calls_;
};

base::Result<std::string> signature(SkfDevice& device, milliseconds within, std::string input) {
  return device.ask(within, [input = std::move(input)](SkfConnection& connection) { return connection.sign(input); });
}

class SkfKey final : public Key {
 public:
  SkfKey(std::unique_ptr<SkfDevice> device, Certificate certificate)
      : device_(std::move(device)), certificate_(std::move(certificate)) {}

  const Certificate& certificate() const override { return certificate_; }
  unsigned parallel() const override { return 1; }

  base::Result<std::string> sign(SignatureAlgorithm algorithm, std::string_view bytes) const override {
    if (key_kind(algorithm) != certificate_.key_kind) return wrong_kind_fault(device_->key(), certificate_.key_kind);
    return signature(*device_, device_->timeout(), signed_input(certificate_, algorithm, bytes));
  }

  base::Done check() const override {
    return device_->ask(device_->timeout(), [](SkfConnection& connection) { return connection.check(); });
  }

 private:
  std::unique_ptr<SkfDevice> device_;
  Certificate certificate_;
};

base::Result<SkfPlace> skf_place_of(const std::string& uri) {
  constexpr std::array<std::string_view, 3> parameters{"device", "application", "container"};
  auto read = read_library_uri(uri, parameters);
  if (!read) return read.faults();
  return SkfPlace{.key = uri,
                  .library = read->library,
                  .device = read->parameter("device"),
                  .application = read->parameter("application"),
                  .container = read->parameter("container")};
}

}  // namespace

base::Result<std::shared_ptr<const Key>> open_skf_key(const KeySource& source) {
  const auto end = std::chrono::steady_clock::now() + source.timeout;
  auto place = skf_place_of(source.uri);
  if (!place) return place.faults();
  std::optional<Certificate> given;
  if (!source.certificate.empty()) {
    auto read = read_certificate_of(source.certificate);
    if (!read) return read.faults();
    given = *std::move(read);
  }
  auto device =
      std::make_unique<SkfDevice>(*std::move(place), base::Secret(std::string(source.pin.reveal())), source.timeout);
  const auto rest = [&] { return std::chrono::ceil<milliseconds>(end - std::chrono::steady_clock::now()); };
  auto certificate = device->ask(rest(), [given](SkfConnection& connection) { return connection.open(given); });
  if (!certificate) return certificate.faults();
  const auto value =
      signature(*device, rest(), signed_input(*certificate, algorithm_of_proof(*certificate), text_of_proof));
  if (!value) return value.faults();
  if (auto proven = check_proof(source.uri, *certificate, *value); !proven) return proven.faults();
  return std::shared_ptr<const Key>(std::make_shared<SkfKey>(std::move(device), *std::move(certificate)));
}

}  // namespace signing::gmt

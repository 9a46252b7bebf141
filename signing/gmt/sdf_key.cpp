#include "signing/gmt/sdf_key.h"

#include <array>
#include <charconv>

#include "signing/certificate_file.h"
#include "signing/gmt/call_lanes.h"
#include "signing/gmt/device_certificate.h"
#include "signing/gmt/device_faults.h"
#include "signing/gmt/library_uri.h"
#include "signing/gmt/sdf_sessions.h"
#include "signing/gmt/signed_input.h"

namespace signing::gmt {

namespace {

using std::chrono::milliseconds;

constexpr unsigned usual_parallel = 4;

class SdfKey final : public Key {
 public:
  SdfKey(SdfPlace place, Certificate certificate, const KeySource& source)
      : uri_(place.key),
        timeout_(source.timeout),
        parallel_(source.parallel == 0 ? usual_parallel : source.parallel),
        certificate_(std::move(certificate)),
        sessions_(std::make_shared<SdfSessions>(std::move(place), certificate_,
                                                base::Secret(std::string(source.pin.reveal())))),
        lanes_(parallel_) {}

  // The sessions go, and close, on a thread of the machine: here, or where calls hang, with the last of those.
  ~SdfKey() override {
    lanes_.run(timeout_, [last = std::move(sessions_)] { return base::Nothing{}; });
  }

  const Certificate& certificate() const override { return certificate_; }
  unsigned parallel() const override { return parallel_; }

  base::Result<std::string> sign(SignatureAlgorithm algorithm, std::string_view bytes) const override {
    if (key_kind(algorithm) != certificate_.key_kind) return wrong_kind_fault(uri_, certificate_.key_kind);
    auto value = lanes_.run(timeout_, [sessions = sessions_, input = signed_input(certificate_, algorithm, bytes)] {
      return sessions->sign(input);
    });
    if (value) return *std::move(value);
    return silent_fault(uri_, timeout_);
  }

  base::Done check() const override {
    auto done = lanes_.run(timeout_, [sessions = sessions_] { return sessions->check(); });
    if (done) return *std::move(done);
    return silent_fault(uri_, timeout_);
  }

 private:
  const std::string uri_;
  const milliseconds timeout_;
  const unsigned parallel_;
  const Certificate certificate_;
  std::shared_ptr<SdfSessions> sessions_;
  mutable CallLanes lanes_;
};

base::Result<SdfPlace> sdf_place_of(const std::string& uri) {
  constexpr std::array<std::string_view, 1> parameters{"key"};
  auto read = read_library_uri(uri, parameters);
  if (!read) return read.faults();
  SdfPlace place{.key = uri, .library = read->library};
  const std::string written = read->parameter("key");
  if (written.empty()) return place;
  const char* end = written.data() + written.size();
  const auto number = std::from_chars(written.data(), end, place.index);
  if (number.ec == std::errc() && number.ptr == end && place.index != 0) return place;
  return form_fault("密钥 " + uri + " 的参数 key 不是从 1 开始的序号；请写成 key=1 这样的形式",
                    "the parameter key of the key " + uri + " is no index from 1; write it like key=1");
}

}  // namespace

base::Result<std::shared_ptr<const Key>> open_sdf_key(const KeySource& source) {
  auto place = sdf_place_of(source.uri);
  if (!place) return place.faults();
  if (source.certificate.empty()) {
    return certificate_fault("密码机密钥 " + source.uri + " 没有证书；请用设置 certificate 指定证书文件",
                             "the key " + source.uri +
                                 " has no certificate, since a crypto machine holds none; name its file with the "
                                 "setting certificate");
  }
  auto certificate = read_certificate_of(source.certificate);
  if (!certificate) return certificate.faults();
  auto key = std::make_shared<SdfKey>(*std::move(place), *certificate, source);
  const auto value = key->sign(algorithm_of_proof(*certificate), text_of_proof);
  if (!value) return value.faults();
  if (auto proven = check_proof(source.uri, *certificate, *value); !proven) return proven.faults();
  return std::shared_ptr<const Key>(std::move(key));
}

}  // namespace signing::gmt

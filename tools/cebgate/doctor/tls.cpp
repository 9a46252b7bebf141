// The certificates in files that connections are made with: our listener's, and for each port its authority and our
// own. Those of signing keys are another check's.
#include "base/clock.h"
#include "gateway/keys/report.h"
#include "signing/certificate_file.h"
#include "tools/cebgate/doctor/checks.h"

namespace tools::cebgate::doctor {

namespace {

using gateway::keys::Nearness;

Finding unreadable(const Words& subject, const std::filesystem::path& file, const base::Fault& fault) {
  if (fault.code == "key.kind") {
    return {Verdict::not_checkable,
            subject,
            {"该种密钥的证书从这里读不出日期", "the dates of a certificate with this kind of key cannot be read here"},
            {"请看 openssl x509 -noout -enddate -in " + file.string(),
             "see openssl x509 -noout -enddate -in " + file.string()}};
  }
  return {Verdict::fail, subject, {fault.zh, fault.en}};
}

Finding judged(const Words& what, const std::filesystem::path& file, base::Time now) {
  const Words subject{what.zh + " " + file.string(), what.en + " " + file.string()};
  const auto read = signing::read_certificate_of(file);
  if (!read) return unreadable(subject, file, read.faults().front());
  const std::string begins = base::rfc3339(read->not_before).substr(0, 10),
                    ends = base::rfc3339(read->not_after).substr(0, 10);
  const Words to_do{"请换用新证书", "put a new one in its place"};
  if (now < read->not_before)
    return {Verdict::fail, subject, {"自 " + begins + " 起才有效", "valid from " + begins + " only"}, to_do};
  switch (gateway::keys::nearness(read->not_after, now)) {
    case Nearness::ended:
      return {Verdict::fail, subject, {"已于 " + ends + " 到期", "it ended on " + ends}, to_do};
    case Nearness::far:
      return {Verdict::pass, subject, {"有效至 " + ends, "until " + ends}};
    default:
      return {Verdict::warning, subject, {"将于 " + ends + " 到期", "it ends on " + ends}, to_do};
  }
}

}  // namespace

Findings check_tls(const config::Settings& settings) {
  const base::Time now = base::SystemClock().now();
  Findings findings;
  if (settings.server.certificate) {
    findings.push_back(
        judged({"网关的 HTTPS 证书", "certificate of the gateway's HTTPS"}, *settings.server.certificate, now));
  }
  for (const auto& port : settings.ports) {
    const std::string zh = "口岸 " + port.name + "，", en = "port " + port.name + ", ";
    if (!port.tls.ca.empty())
      findings.push_back(judged({zh + "信任的证书", en + "trusted certificate"}, port.tls.ca, now));
    if (!port.tls.certificate.empty())
      findings.push_back(judged({zh + "客户端证书", en + "client certificate"}, port.tls.certificate, now));
    if (!port.listening.certificate.empty())
      findings.push_back(judged({zh + "监听的证书", en + "listener's certificate"}, port.listening.certificate, now));
    if (!port.listening.ca.empty())
      findings.push_back(
          judged({zh + "监听所信任的证书", en + "listener's trusted certificate"}, port.listening.ca, now));
  }
  for (Finding& finding : findings) finding.ask = own_administrators();
  return findings;
}

}  // namespace tools::cebgate::doctor

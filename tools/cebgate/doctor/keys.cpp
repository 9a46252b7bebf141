// Every enterprise's keys and their certificates, opened as the gateway does: a PIN that was refused is never tried
// again.
#include "gateway/keys/keys.h"

#include <algorithm>

#include "base/clock.h"
#include "signing/keys/file_key.h"
#include "tools/cebgate/doctor/checks.h"

namespace tools::cebgate::doctor {

namespace {

using gateway::keys::CertificateFacts;
using gateway::keys::KeyReport;
using gateway::keys::Nearness;
using gateway::keys::Standing;

Words certificate_of(const KeyReport& key) {
  return {"证书 " + key.certificate->serial, "certificate " + key.certificate->serial};
}

Words key_of(const std::string& enterprise, const std::string& key) {
  return {"企业 " + enterprise + "，密钥 " + key, "enterprise " + enterprise + ", key " + key};
}

Finding judged_standing(const KeyReport& key) {
  const Words subject = key_of(key.enterprise, key.key);
  switch (key.standing) {
    case Standing::in_use:
      return {Verdict::pass, subject, {"可签名，自检签名有效", "signs, and its own signature verifies"}};
    case Standing::waiting:
    case Standing::relieved:
      return {Verdict::pass, subject, {key.why_zh, key.why_en}};
    case Standing::resting:
    case Standing::out_of_use:
      break;
  }
  return {Verdict::fail, subject, {key.why_zh, key.why_en}};
}

Finding judged_end(const KeyReport& key, base::Time now) {
  const CertificateFacts& certificate = *key.certificate;
  const auto days = std::chrono::duration_cast<std::chrono::days>(certificate.not_after - now).count();
  const std::string date = base::rfc3339(certificate.not_after).substr(0, 10), left = std::to_string(days);
  Finding finding{Verdict::pass,
                  certificate_of(key),
                  {certificate.subject + "，有效至 " + date + "（还有 " + left + " 天）",
                   certificate.subject + ", until " + date + " (" + left + " days)"}};
  const auto nearness = gateway::keys::nearness(certificate.not_after, now);
  if (nearness == Nearness::far || key.standing == Standing::relieved) return finding;
  finding.verdict = nearness == Nearness::ended ? Verdict::fail : Verdict::warning;
  finding.to_do = {
      "请向电子口岸申请新证书，作为 [[enterprise.keys]] 与旧证书并列，用 from 写明启用时间",
      "apply to the E-Port for the next one and set it beside this one as [[enterprise.keys]] with the time it takes "
      "over in `from`"};
  return finding;
}

Finding judged_company(const KeyReport& key, const config::Enterprise& enterprise) {
  const Words subject = certificate_of(key);
  if (key.certificate->companies.empty()) {
    return {
        Verdict::not_checkable,
        subject,
        {"证书中没有企业名称", "it names no company"},
        {"请向签发机构核实它属于 " + enterprise.name, "have its issuer confirm that it belongs to " + enterprise.name}};
  }
  if (key.another_company.empty()) {
    return {Verdict::pass,
            subject,
            {"证书中的企业就是企业 " + enterprise.code, "the company in it is that of enterprise " + enterprise.code}};
  }
  return {Verdict::fail,
          subject,
          {"证书属于 " + key.another_company + "，不是企业 " + key.enterprise + " 的 name",
           "it belongs to " + key.another_company + ", which is not the `name` of enterprise " + key.enterprise},
          {"请核对 name 和所用的证书；海关不接受其他企业的证书",
           "check `name` and whether this is the right certificate; customs does not accept another enterprise's"}};
}

// The extension holds the credit code, the organisation's code that is its places 9 to 17, or the customs code.
Finding judged_code(const KeyReport& key, const config::Enterprise& enterprise) {
  std::string code = key.certificate->organisation_code;
  std::erase(code, '-');
  constexpr std::size_t credit_size = 18, organisation_begin = 8, organisation_size = 9, customs_size = 10;
  const std::string& credit = enterprise.code.size() == credit_size ? enterprise.code : enterprise.credit_code;
  std::string ours;
  if (code.size() == credit_size) ours = credit;
  if (code.size() == organisation_size && credit.size() == credit_size)
    ours = credit.substr(organisation_begin, organisation_size);
  if (code.size() == customs_size && enterprise.code.size() == customs_size) ours = enterprise.code;
  const Words subject = certificate_of(key);
  if (ours.empty()) {
    return {Verdict::not_checkable,
            subject,
            {"证书中的企业代码为 " + code + "，设置中没有可与它比较的代码",
             "the code of the enterprise in it is " + code + "; the settings have none to compare with"},
            {"在 [[enterprise]] 中写 credit_code", "write credit_code in [[enterprise]]"}};
  }
  if (ours == code) {
    return {Verdict::pass,
            subject,
            {"证书中的企业代码 " + code + " 相符", "the enterprise's code in it, " + code + ", is ours"}};
  }
  return {Verdict::fail,
          subject,
          {"证书中的企业代码为 " + code + "，设置中为 " + ours,
           "the enterprise's code in it is " + code + ", that of the settings " + ours},
          {"请核对 credit_code 和所用的证书", "check credit_code and whether this is the right certificate"}};
}

Findings careless_files(const config::Settings& settings) {
  Findings findings;
  for (const auto& enterprise : settings.enterprises) {
    for (const auto& key : enterprise.keys) {
      for (const auto& fault : signing::keys::key_file_care(key.uri)) {
        findings.push_back({Verdict::fail, key_of(enterprise.code, key.uri), {fault.zh, fault.en}});
      }
    }
  }
  return findings;
}

}  // namespace

Findings check_keys(const config::Settings& settings) {
  Findings findings = careless_files(settings);
  const base::SystemClock clock;
  gateway::keys::Keys keys(settings, clock);
  keys.care();
  keys.settle();
  for (const auto& key : keys.report()) {
    findings.push_back(judged_standing(key));
    if (!key.certificate) continue;
    const auto& enterprise = *settings.enterprise(key.enterprise);
    findings.push_back(judged_end(key, clock.now()));
    if (key.standing == Standing::relieved) continue;
    findings.push_back(judged_company(key, enterprise));
    if (!key.certificate->organisation_code.empty()) findings.push_back(judged_code(key, enterprise));
  }
  return findings;
}

}  // namespace tools::cebgate::doctor

// The first two steps: the codes that the registration gave, and the filing.
#include "schemas/code_tables.h"
#include "tools/cebgate/doctor/checks.h"
#include "tools/cebgate/doctor/codes.h"

namespace tools::cebgate::doctor {

namespace {

constexpr std::size_t credit_code_size = 18;

Words credit_code_of(const config::Enterprise& enterprise) {
  return enterprise_subject(enterprise, {"统一社会信用代码", "unified social credit code"});
}

Finding credit_code_not_given(const config::Enterprise& enterprise) {
  return {Verdict::not_checkable,
          credit_code_of(enterprise),
          {"设置中没有给出", "the settings do not give it"},
          {"在 [[enterprise]] 中写 credit_code = \"…\"（18 位）",
           "write credit_code = \"…\" (18 characters) in [[enterprise]]"},
          own_administrators()};
}

Findings judged_codes(const config::Enterprise& enterprise, const schemas::CodeTable* districts) {
  const Words code = enterprise_subject(enterprise, {"海关编码", "customs code"});
  Findings findings;
  if (enterprise.code.size() == credit_code_size) {  // copCode may be either
    findings.push_back(judged_credit_code(credit_code_of(enterprise), enterprise.code));
    findings.push_back(
        {Verdict::not_checkable,
         code,
         {"设置中的 code 是统一社会信用代码", "`code` in the settings is the unified social credit code"},
         {"请核对单证中填写的 10 位海关编码", "check the 10-digit customs code where documents carry it"}});
  } else {
    findings.push_back(judged_customs_code(code, enterprise.code, districts));
    findings.push_back(enterprise.credit_code.empty()
                           ? credit_code_not_given(enterprise)
                           : judged_credit_code(credit_code_of(enterprise), enterprise.credit_code));
  }
  return findings;
}

}  // namespace

Findings check_registration(const config::Settings& settings) {
  const auto tables = schemas::CodeTables::load({config::schemas_directory(settings.schemas), settings.schemas.site});
  const schemas::CodeTable* districts = tables ? tables->find("district") : nullptr;
  Findings findings;
  for (const auto& enterprise : settings.enterprises) append(findings, judged_codes(enterprise, districts));
  return findings;
}

Findings check_filing(const config::Settings& settings) {
  Findings findings;
  for (const auto& enterprise : settings.enterprises) {
    findings.push_back({Verdict::not_checkable,
                        enterprise_subject(enterprise, {"备案", "filing"}),
                        {"海关的备案信息从这里查不到", "what customs has on file cannot be seen from here"},
                        {"请核实企业已按其角色（电商企业、电商平台、支付、物流、监管场所）完成跨境电商备案",
                         "have it confirmed that the enterprise is on file for cross-border e-commerce in each of its "
                         "roles (e-commerce enterprise, platform, payment, logistics, supervised site)"}});
  }
  return findings;
}

}  // namespace tools::cebgate::doctor

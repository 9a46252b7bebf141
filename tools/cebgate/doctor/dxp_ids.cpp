// The DXPIDs by their form; whose they are only the data exchange platform knows. Its length on ports of the data
// exchange platform is held by the settings (报文规范 202205 §4.4: 16 characters).
#include <algorithm>

#include "tools/cebgate/doctor/checks.h"

namespace tools::cebgate::doctor {

namespace {

constexpr std::size_t most_of_envelope = 16;

// DXP, three capitals for the kind of enterprise, ten digits: DXPENT0000000001.
bool is_usual(std::string_view dxp_id) {
  constexpr std::string_view form = "DXPAAA0000000000";
  return std::ranges::equal(dxp_id, form, [](char c, char f) {
    if (f == '0') return c >= '0' && c <= '9';
    if (f == 'A') return c >= 'A' && c <= 'Z';
    return c == f;
  });
}

}  // namespace

Findings check_dxp_ids(const config::Settings& settings) {
  Findings findings;
  for (const auto& enterprise : settings.enterprises) {
    const Words subject = enterprise_subject(enterprise, {"DXPID " + enterprise.dxp_id, "DXPID " + enterprise.dxp_id});
    if (is_usual(enterprise.dxp_id)) {
      findings.push_back({Verdict::pass, subject, {"格式正确", "its form is right"}});
    } else {
      const bool is_long = enterprise.dxp_id.size() > most_of_envelope;
      findings.push_back(
          {Verdict::warning,
           subject,
           {is_long ? "超过 16 个字符，数据交换平台的口岸不能使用" : "不是常见格式（DXP、三个大写字母、十位数字）",
            is_long ? "over 16 characters, which ports of the data exchange platform do not take"
                    : "not of the usual form: DXP, three capitals, ten digits"},
           {"请对照分配通知核对 dxp_id", "compare `dxp_id` with the notice that assigned it"}});
    }
  }
  return findings;
}

}  // namespace tools::cebgate::doctor

// The customs district that an enterprise declares to, against its trade mode: at Macun port 6409 lies inside the
// special supervision zone (bonded, 1210), 6410 outside it (direct mail, 9610).
#include <algorithm>
#include <array>

#include "schemas/code_tables.h"
#include "tools/cebgate/doctor/checks.h"

namespace tools::cebgate::doctor {

namespace {

struct Pair {
  std::string_view trade_mode, customs;
};
constexpr std::array<Pair, 2> pairs{{{"1210", "6409"}, {"9610", "6410"}}};

// Those who declare inventories.
bool declares(const config::Enterprise& enterprise) {
  return std::ranges::any_of(enterprise.roles, [](const auto& role) { return role == "ecommerce" || role == "agent"; });
}

Finding not_given(const config::Enterprise& enterprise) {
  return {Verdict::not_checkable,
          enterprise_subject(enterprise, {"监管方式和关区", "trade mode and customs district"}),
          {"设置中没有给出", "the settings do not give them"},
          {"在 [[enterprise]] 中写 trade_modes = { 1210 = \"6409\" }，或 { 9610 = \"6410\" }，或两者",
           "write trade_modes = { 1210 = \"6409\" } or { 9610 = \"6410\" } or both in [[enterprise]]"},
          own_administrators()};
}

std::optional<Finding> unknown(const Words& subject, const schemas::CodeTable& table, const std::string& code) {
  if (table.find(code) != nullptr) return std::nullopt;
  return Finding{Verdict::fail,
                 subject,
                 {code + " 不在 " + table.as_of + " 的" + table.zh + "表中",
                  code + " is not in the table of " + table.en + " of " + table.as_of},
                 {"请改正 trade_modes，或在 schemas.site 中给出较新的代码表",
                  "correct trade_modes, or bring a newer table in schemas.site"}};
}

Finding judged_pair(const Words& subject, const std::string& trade_mode, const std::string& customs) {
  const auto* by_mode = std::ranges::find(pairs, trade_mode, &Pair::trade_mode);
  const auto* by_customs = std::ranges::find(pairs, customs, &Pair::customs);
  if (by_mode != pairs.end() && by_mode == by_customs) {
    return {Verdict::pass, subject, {"关区与监管方式相符", "the district goes with the trade mode"}};
  }
  const Words to_do{
      "网购保税进口 1210 在 6409（特殊监管区域内）申报，直购进口 9610 在 6410（特殊监管区域外）申报；请改正",
      "1210 (bonded) is declared to 6409, inside the special supervision zone, and 9610 (direct mail) to "
      "6410, outside it; correct it"};
  const bool contradicts = by_mode != pairs.end() && by_customs != pairs.end();
  if (contradicts) {
    return {Verdict::fail,
            subject,
            {"监管方式 " + trade_mode + " 不在关区 " + customs + " 申报",
             "trade mode " + trade_mode + " is not declared to district " + customs},
            to_do};
  }
  return {Verdict::not_checkable,
          subject,
          {"指南只说明 6409 和 6410 的 1210、9610", "the guide speaks of 1210 and 9610 at 6409 and 6410 alone"},
          {"请向申报地海关核实", "ask the customs office declared to"}};
}

Findings judged(const config::Enterprise& enterprise, const schemas::CodeTables& tables) {
  Findings findings;
  for (const auto& [trade_mode, customs] : enterprise.trade_modes) {
    const Words subject = enterprise_subject(enterprise, {"监管方式 " + trade_mode + "，关区 " + customs,
                                                          "trade mode " + trade_mode + ", district " + customs});
    auto strange = unknown(subject, *tables.find("trade_mode"), trade_mode);
    if (!strange) strange = unknown(subject, *tables.find("customs"), customs);
    findings.push_back(strange ? std::move(*strange) : judged_pair(subject, trade_mode, customs));
  }
  return findings;
}

}  // namespace

Findings check_trade_modes(const config::Settings& settings) {
  const auto tables = schemas::CodeTables::load({config::schemas_directory(settings.schemas), settings.schemas.site});
  Findings findings;
  for (const auto& enterprise : settings.enterprises) {
    if (enterprise.trade_modes.empty()) {
      if (declares(enterprise)) findings.push_back(not_given(enterprise));
    } else if (tables) {  // what is wrong with them is another check's
      append(findings, judged(enterprise, *tables));
    }
  }
  return findings;
}

}  // namespace tools::cebgate::doctor

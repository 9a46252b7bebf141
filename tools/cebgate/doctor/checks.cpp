#include "tools/cebgate/doctor/checks.h"

#include <array>

namespace tools::cebgate::doctor {

std::span<const Check> checks() {
  static constexpr std::array<Check, 13> all{{
      {Step::settings, check_settings},
      {Step::registration, check_registration},
      {Step::filing, check_filing},
      {Step::key, check_keys},
      {Step::dxp_id, check_dxp_ids},
      {Step::channel, check_tls},
      {Step::channel, check_ports},
      {Step::development, check_customs_data},
      {Step::development, check_ledger},
      {Step::development, check_archive},
      {Step::development, check_disks},
      {Step::development, check_open_files},
      {Step::joint_debugging, check_trade_modes},
  }};
  return all;
}

Words enterprise_subject(const config::Enterprise& enterprise, const Words& what) {
  return {"企业 " + enterprise.code + "，" + what.zh, "enterprise " + enterprise.code + ", " + what.en};
}

}  // namespace tools::cebgate::doctor

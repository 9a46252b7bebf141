#include <algorithm>
#include <array>
#include <set>

#include "config/toml_file.h"
#include "config/values.h"
#include "tools/jointtest/plan.h"

namespace tools::jointtest {
namespace {

using config::TableReader;

constexpr std::array<std::string_view, 2> channels{"hainan-http", "dxp-amqp"};
constexpr std::array<std::string_view, 3> filings{"known", "unknown", "untrusted"};
constexpr config::DurationRange wait_range{std::chrono::milliseconds(100), longest_wait};
constexpr config::NumberRange range_at_once{1, 100};

class PlanReader {
 public:
  PlanReader(const std::filesystem::path& file, const schemas::Catalog& catalog) : catalog_(catalog) {
    plan_.file = std::filesystem::absolute(file).lexically_normal();
  }

  base::Result<Plan> whole(TableReader root, base::Faults& faults) && {
    root.allow({"title_zh", "title_en", "documents", "at_once", "waits", "buyer", "simulator", "platform", "enterprise",
                "scenario"});
    plan_.zh = root.text("title_zh").value_or("");
    plan_.en = root.text("title_en").value_or("");
    if (plan_.zh.empty() && plan_.en.empty()) root.required_text("title_zh");
    if (plan_.zh.empty()) plan_.zh = plan_.en;
    if (plan_.en.empty()) plan_.en = plan_.zh;
    root.number("at_once", plan_.at_once, range_at_once);
    read_waits(root.table("waits"));
    read_buyer(root.table("buyer"));
    read_simulator(root.table("simulator"));
    read_platform(root.table("platform"));
    for (TableReader& enterprise : root.tables("enterprise")) read_enterprise(enterprise);
    read_scenarios(root, faults);
    auto documents = Documents::read(folder() / root.text("documents").value_or("documents"), catalog_);
    if (documents) plan_.documents = std::move(*documents);
    if (!documents) faults.insert(faults.end(), documents.faults().begin(), documents.faults().end());
    if (!faults.empty()) return faults;
    return std::move(plan_);
  }

 private:
  std::filesystem::path folder() const { return plan_.file.parent_path(); }

  void read_waits(TableReader reader) {
    reader.allow({"answers", "notices", "told", "ledger"});
    reader.duration("answers", plan_.waits.answers, wait_range);
    reader.duration("notices", plan_.waits.notices, wait_range);
    reader.duration("told", plan_.waits.told, wait_range);
    reader.duration("ledger", plan_.waits.ledger, wait_range);
  }

  void read_buyer(TableReader reader) {
    reader.allow({"id_number", "name", "telephone"});
    plan_.buyer_id = reader.text("id_number").value_or("");
    plan_.buyer_name = reader.text("name").value_or("");
    plan_.buyer_telephone = reader.text("telephone").value_or("");
  }

  void read_simulator(TableReader reader) {
    reader.allow({"channel", "broker", "user", "password", "pace"});
    SimulatorTerms& terms = plan_.simulator;
    if (reader.has("channel")) terms.channel = reader.required_text("channel");
    config::require_one_of(reader, "channel", terms.channel, channels);
    if (terms.channel != channels.front()) {
      terms.broker = reader.required_text("broker");
      terms.user = reader.text("user").value_or("");
      terms.password = config::absolute_secret(reader.text("password").value_or(""), folder());
    }
    reader.duration("pace", terms.pace, {std::chrono::milliseconds(1), std::chrono::hours(1)});
  }

  void read_platform(TableReader reader) {
    reader.allow({"settings", "url", "ca", "token"});
    if (const auto settings = reader.text("settings")) plan_.platform.settings = config::absolute(folder(), *settings);
    plan_.platform.url = reader.text("url").value_or("");
    if (const auto ca = reader.text("ca")) plan_.platform.ca = config::absolute(folder(), *ca);
    plan_.platform.token = config::absolute_secret(reader.text("token").value_or(""), folder());
  }

  void read_enterprise(TableReader& reader) {
    reader.allow({"code", "name", "credit_code", "dxp_id", "roles", "filed"});
    PlannedEnterprise enterprise;
    enterprise.code = reader.required_text("code");
    enterprise.name = reader.required_text("name");
    enterprise.dxp_id = reader.text("dxp_id").value_or("");
    enterprise.credit_code = reader.text("credit_code").value_or("");
    enterprise.roles = reader.texts("roles");
    const std::string filed = reader.text("filed").value_or("known");
    config::require_one_of(reader, "filed", filed, filings);
    if (filed == "unknown") enterprise.filed = Filed::unknown;
    if (filed == "untrusted") enterprise.filed = Filed::untrusted;
    if (!codes_.insert(enterprise.code).second) {
      reader.complain("code", "settings.duplicate", "该企业代码已在前面使用。", "This code stands above already.");
    }
    plan_.enterprises.push_back(std::move(enterprise));
  }

  void read_scenarios(TableReader& root, base::Faults& faults) {
    auto readers = root.tables("scenario");
    if (readers.empty()) {
      root.complain("scenario", "settings.missing", "计划没有场景：[[scenario]] file = \"…\"。",
                    "The plan has no scenario: [[scenario]] file = \"…\".");
    }
    if (readers.size() > most_scenarios) {
      return root.complain("scenario", "settings.value", "最多 " + std::to_string(most_scenarios) + " 个场景。",
                           "At most " + std::to_string(most_scenarios) + " scenarios are allowed.");
    }
    for (TableReader& reader : readers) read_scenario_row(reader, faults);
  }

  void read_scenario_row(TableReader& reader, base::Faults& faults) {
    reader.allow({"file", "test_data", "wait"});
    const std::string given = reader.required_text("file");
    PlannedScenario planned;
    planned.test_data = reader.texts("test_data");
    if (reader.has("wait")) {
      planned.wait = plan_.waits.answers;
      reader.duration("wait", *planned.wait, wait_range);
    }
    if (given.empty()) return;
    auto scenario = jointtest::read_scenario(config::absolute(folder(), given), catalog_);
    if (!scenario) {
      faults.insert(faults.end(), scenario.faults().begin(), scenario.faults().end());
      return;
    }
    planned.scenario = std::move(*scenario);
    if (!names_.insert(planned.scenario.name()).second) {
      reader.complain("file", "settings.duplicate", "同名场景已在前面。", "A scenario of this name stands above.");
    }
    plan_.scenarios.push_back(std::move(planned));
  }

  const schemas::Catalog& catalog_;
  Plan plan_;
  std::set<std::string> codes_, names_;
};

}  // namespace

base::Result<Plan> read_plan(const std::filesystem::path& file, const schemas::Catalog& catalog) {
  const auto parsed = config::read_toml(file);
  if (!parsed) return parsed.faults();
  base::Faults faults;
  return PlanReader(file, catalog).whole(TableReader(*parsed, "", faults), faults);
}

}  // namespace tools::jointtest

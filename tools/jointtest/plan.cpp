#include "tools/jointtest/plan.h"

#include <algorithm>
#include <array>
#include <set>

namespace tools::jointtest {
namespace {

constexpr std::string_view plan_page = "docs/formats/joint-plan.md";

base::Fault step_fault(const char* code, const Scenario& scenario, const Step& step, std::string zh, std::string en) {
  base::Fault fault{code, scenario.file.string(), std::move(zh), std::move(en), std::string(plan_page)};
  fault.line = static_cast<int>(step.line);
  return fault;
}

base::Fault plan_fault(const char* code, const Plan& plan, std::string zh, std::string en) {
  return {code, plan.file.string(), std::move(zh), std::move(en), std::string(plan_page)};
}

const PlannedEnterprise* first_with(const std::vector<PlannedEnterprise>& all, const std::string& role) {
  const auto found = std::ranges::find_if(all, [&](const PlannedEnterprise& one) { return one.has_role(role); });
  return found == all.end() ? nullptr : &*found;
}

// Everything that is wrong with one step before anything was sent.
void check_step(const Plan& plan, const schemas::Catalog& catalog, const Scenario& scenario, const Step& step,
                base::Faults& faults) {
  if (step.document.name.empty()) return;
  const schemas::MessageType& type = *catalog.find(step.document.type);
  if (!plan.documents.has(type.name)) {
    faults.push_back(step_fault("jointtest.document", scenario, step, "单证目录中没有 " + type.name + ".json。",
                                "The folder of documents has no " + type.name + ".json."));
    return;
  }
  if (step.posts() && plan.declarant(type, scenario) == nullptr) {
    faults.push_back(step_fault("jointtest.document", scenario, step, "计划中没有可申报 " + type.name + " 的企业。",
                                "No enterprise of the plan may declare " + type.name + "."));
  }
  for (const Change& change : step.changes) {
    if (change.row <= plan.documents.rows(type.name)) continue;
    faults.push_back(step_fault("jointtest.change", scenario, step,
                                type.name + ".json 的表体没有第 " + std::to_string(change.row) + " 行。",
                                "The list of " + type.name + ".json has no row " + std::to_string(change.row) + "."));
  }
}

// The simulator is told beforehand by the document's number.
void check_arrangement(const Plan& plan, const schemas::Catalog& catalog, const Scenario& scenario, const Step& step,
                       base::Faults& faults) {
  if (step.deed != Deed::arrange || !plan.documents.has(step.document.type)) return;
  const auto document = plan.documents.filled(step.document.type, "N", plan.cast(scenario), {}, {}, {});
  const schemas::MessageType& type = *catalog.find(step.document.type);
  if (!number_of(type, document).empty()) return;
  faults.push_back(step_fault(
      "jointtest.document", scenario, step,
      type.name + ".json 没有 " + type.key_fields.back() + "，模拟平台无法识别该单证。",
      type.name + ".json has no " + type.key_fields.back() + ", by which the simulator would know the document."));
}

void require_test_data(const PlannedScenario& planned, base::Faults& faults) {
  std::set<DocumentName> told;
  for (const Step& step : planned.scenario.steps) {
    if (!step.posts() || planned.marks_as_test_data(step.document) || !told.insert(step.document).second) continue;
    faults.push_back(
        step_fault("jointtest.test_data", planned.scenario, step,
                   "计划没有把 " + step.document.type + " " + step.document.name +
                       " 标为测试数据（test_data），不会发往真实口岸。",
                   step.document.type + " " + step.document.name +
                       " is not marked as test data (test_data) in the plan and is not sent to a real port."));
  }
}

}  // namespace

bool PlannedEnterprise::has_role(const std::string& role) const {
  return std::ranges::find(roles, role) != roles.end();
}

bool PlannedScenario::marks_as_test_data(const DocumentName& document) const {
  return std::ranges::any_of(test_data, [&](const std::string& name) { return name == "*" || name == document.name; });
}

std::chrono::milliseconds PlannedScenario::wait_for(const Step& step, const Waits& waits) const {
  if (wait) return *wait;
  if (step.deed == Deed::notifies) return waits.notices;
  if (step.deed == Deed::told) return waits.told;
  return step.deed == Deed::ledger ? waits.ledger : waits.answers;
}

bool SimulatorTerms::leaves_this_machine() const {
  if (broker.empty()) return false;
  const auto host_at = broker.find("://");
  std::string_view host = std::string_view(broker).substr(host_at == std::string::npos ? 0 : host_at + 3);
  constexpr std::array<std::string_view, 3> own{"127.0.0.1", "localhost", "[::1]"};
  return std::ranges::none_of(own, [&](std::string_view name) {
    return host.starts_with(name) &&
           (host.size() == name.size() || host[name.size()] == ':' || host[name.size()] == '/');
  });
}

const PlannedEnterprise* Plan::enterprise(const std::string& code) const {
  const auto found = std::ranges::find(enterprises, code, &PlannedEnterprise::code);
  return found == enterprises.end() ? nullptr : &*found;
}

Cast Plan::cast(const Scenario& scenario) const {
  const auto party = [this](const PlannedEnterprise* one) {
    return one == nullptr ? Party{} : Party{one->code, one->name};
  };
  Cast cast;
  cast.ecommerce =
      party(scenario.enterprise.empty() ? first_with(enterprises, "ecommerce") : enterprise(scenario.enterprise));
  const PlannedEnterprise* host = scenario.enterprise.empty() ? first_with(enterprises, "platform") : nullptr;
  cast.platform = host != nullptr ? party(host) : cast.ecommerce;  // who has none sells on one of its own
  cast.payment = party(first_with(enterprises, "payment"));
  cast.logistics = party(first_with(enterprises, "logistics"));
  if (!buyer_id.empty()) cast.buyer_id = buyer_id;
  if (!buyer_name.empty()) cast.buyer_name = buyer_name;
  if (!buyer_telephone.empty()) cast.buyer_telephone = buyer_telephone;
  return cast;
}

const PlannedEnterprise* Plan::declarant(const schemas::MessageType& type, const Scenario& scenario) const {
  const PlannedEnterprise* own = enterprise(scenario.enterprise);
  for (const std::string& role : type.roles) {
    if (own != nullptr && own->has_role(role)) return own;
    if (const PlannedEnterprise* found = first_with(enterprises, role)) return found;
  }
  return nullptr;
}

void play_for(Plan& plan, const config::Settings& settings) {
  std::vector<PlannedEnterprise> all;
  for (const config::Enterprise& one : settings.enterprises) {
    all.push_back(
        {.code = one.code, .name = one.name, .dxp_id = one.dxp_id, .credit_code = one.credit_code, .roles = one.roles});
  }
  for (PlannedEnterprise& planned : plan.enterprises) {
    std::erase_if(planned.roles, [&](const std::string& role) { return first_with(all, role) != nullptr; });
    if (!planned.roles.empty() && settings.enterprise(planned.code) == nullptr) all.push_back(std::move(planned));
  }
  plan.enterprises = std::move(all);
}

base::Faults faults_against(const Plan& plan, const schemas::Catalog& catalog, Against against) {
  base::Faults faults;
  const bool reaches_others = against == Against::platform || plan.simulator.leaves_this_machine();
  for (const PlannedScenario& planned : plan.scenarios) {
    if (!planned.scenario.enterprise.empty() && plan.enterprise(planned.scenario.enterprise) == nullptr) {
      faults.push_back(step_fault("jointtest.document", planned.scenario, planned.scenario.steps.front(),
                                  "计划中没有企业 " + planned.scenario.enterprise + "。",
                                  "The plan has no enterprise " + planned.scenario.enterprise + "."));
      continue;
    }
    for (const Step& step : planned.scenario.steps) {
      check_step(plan, catalog, planned.scenario, step, faults);
      check_arrangement(plan, catalog, planned.scenario, step, faults);
    }
    if (reaches_others) require_test_data(planned, faults);
  }
  if (against == Against::platform && plan.platform.settings.empty()) {
    faults.push_back(plan_fault("jointtest.platform", plan, "计划没有写明网关的设置文件：[platform] settings = \"…\"。",
                                "The plan does not name the gateway's settings: [platform] settings = \"…\"."));
  }
  return faults;
}

}  // namespace tools::jointtest

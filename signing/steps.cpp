#include "signing/steps.h"

#include <algorithm>
#include <array>

namespace signing {

namespace {

constexpr std::array step_names{"parse",      "reference",  "transforms",  "digest", "signed-info",
                                "value-form", "key",        "certificate", "chain",  "dates",
                                "key-usage",  "revocation", "company",     "dialect"};

}  // namespace

base::Fault signature_fault(const char* code, std::string zh, std::string en, base::Severity severity) {
  return {.code = code,
          .path = {},
          .zh = std::move(zh),
          .en = std::move(en),
          .source = "报文规范 202205 §6",
          .severity = severity};
}

Steps::Steps(Verification& result) : result_(result) {
  for (const char* name : step_names) {
    result_.steps.push_back(
        {name, StepVerdict::not_checked, "因其他步骤有误而未检查", "not checked because of another step"});
  }
}

void Steps::good(std::string_view name, std::string zh, std::string en) {
  set(name, StepVerdict::good, std::move(zh), std::move(en));
}

void Steps::not_checked(std::string_view name, std::string zh, std::string en) {
  set(name, StepVerdict::not_checked, std::move(zh), std::move(en));
}

void Steps::bad(std::string_view name, const base::Fault& found) {
  set(name, StepVerdict::bad, found.zh, found.en);
  note(found);
}

void Steps::note(const base::Fault& found) { result_.faults.push_back(found); }

void Steps::set(std::string_view name, StepVerdict verdict, std::string zh, std::string en) {
  Step& step = *std::ranges::find(result_.steps, name, &Step::name);
  step.verdict = verdict;
  step.zh = std::move(zh);
  step.en = std::move(en);
}

}  // namespace signing

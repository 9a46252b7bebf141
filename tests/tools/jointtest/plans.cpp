#include "tests/tools/jointtest/plans.h"

#include <boost/json.hpp>
#include <filesystem>
#include <set>
#include <sstream>
#include <stdexcept>

#include "tests/support/paths.h"
#include "tools/jointtest/journal.h"

namespace tests::jointtest {

PlanRun::PlanRun(const std::vector<NamedScenario>& scenarios, const std::string& more) {
  std::string plan = "title_zh = \"试\"\ntitle_en = \"Trial\"\ndocuments = \"" +
                     (source_directory() / "tests/scenarios/documents").string() + "\"\n" + more + enterprises;
  for (const NamedScenario& one : scenarios) {
    run_.write(one.name + ".scenario", "scenario: " + one.name + "\n" + one.lines);
    plan += "\n[[scenario]]\nfile = \"" + one.name + ".scenario\"\n" + one.row + "\n";
  }
  run_.write("plan.toml", plan);
}

std::vector<std::string> PlanRun::arguments(const std::vector<std::string>& more) const {
  std::vector<std::string> arguments{"jointtest", "run", plan()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

Ran PlanRun::operator()(const std::vector<std::string>& more) const {
  std::vector<std::string> all = more;
  all.insert(all.end(), {"--run-dir", folder()});
  return run_(arguments(all));
}

Ran PlanRun::go_on(const std::vector<std::string>& more) const {
  std::vector<std::string> all = more;
  all.insert(all.end(), {"--resume", folder()});
  return run_(arguments(all));
}

ChildProcess PlanRun::start() const {
  return ChildProcess("cebgate", arguments({"--run-dir", folder()}), run_.path("started"));
}

std::string PlanRun::journal() const {
  const std::filesystem::path file = std::filesystem::path(folder()) / tools::jointtest::journal_name;
  return std::filesystem::exists(file) ? read_file(file) : "";
}

tools::jointtest::RunResult PlanRun::results() const {
  auto results = tools::jointtest::read_results(folder());
  if (!results) throw std::runtime_error(results.faults().front().en);
  return *results;
}

std::size_t PlanRun::messages_at_customs() const {
  std::istringstream lines(read_file(std::filesystem::path(folder()) / "customs.jsonl"));
  std::set<std::string> different;
  for (std::string line; std::getline(lines, line);) {
    different.emplace(boost::json::parse(line).at("bytes").as_string());
  }
  return different.size();
}

}  // namespace tests::jointtest

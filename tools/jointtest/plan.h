// A plan: which scenarios are run, for which enterprises, how long each kind of step waits, and which documents are
// test data (docs/formats/joint-plan.md). TOML; relative paths start at its folder. Faults: settings.* and jointtest.*,
// those of its scenarios included, all at once.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "config/settings.h"
#include "schemas/catalog.h"
#include "tools/jointtest/documents.h"
#include "tools/jointtest/scenario.h"

namespace tools::jointtest {

inline constexpr std::size_t most_scenarios = 500;
inline constexpr std::chrono::milliseconds longest_wait{std::chrono::hours(24)};

enum class Against { simulator, platform };

// How the simulator's customs takes an enterprise: as one it knows; as one it has never heard of; as one whose
// certificate comes from an authority it does not trust.
enum class Filed { known, unknown, untrusted };

struct PlannedEnterprise {
  std::string code, name, dxp_id;
  std::string credit_code;  // of the report; empty: not given
  std::vector<std::string> roles;
  Filed filed = Filed::known;

  bool has_role(const std::string& role) const;
};

struct Waits {
  std::chrono::milliseconds answers{30000}, notices{30000}, told{30000}, ledger{30000};
};

struct PlannedScenario {
  Scenario scenario;
  std::vector<std::string> test_data;             // names of documents, * for all of them
  std::optional<std::chrono::milliseconds> wait;  // of its every step

  bool marks_as_test_data(const DocumentName& document) const;
  std::chrono::milliseconds wait_for(const Step& step, const Waits& waits) const;
};

struct SimulatorTerms {
  std::string channel = "hainan-http";  // or dxp-amqp, by a broker on which in.{dxp_id} and out.{dxp_id} stand
  std::string broker, user, password;   // password: env:NAME, file:PATH
  std::chrono::milliseconds pace{50};

  // Whether what is sent can reach others than the simulator.
  bool leaves_this_machine() const;
};

struct PlatformTerms {
  std::filesystem::path settings;  // the operator's own gateway's; empty: none
  std::string url;                 // where it runs; empty: it is started by its settings
  std::filesystem::path ca;        // who issued its certificate; empty: one of the system's
  std::string token;               // env:NAME, file:PATH: of a client that may submit for its enterprises
};

struct Plan {
  std::filesystem::path file;
  std::string zh, en;
  std::size_t at_once = 16;  // cases beside each other
  Waits waits;
  Documents documents;
  std::string buyer_id, buyer_name, buyer_telephone;  // empty: an invented person
  SimulatorTerms simulator;
  PlatformTerms platform;
  std::vector<PlannedEnterprise> enterprises;
  std::vector<PlannedScenario> scenarios;  // at least one

  // Who plays which part in the scenario: the first enterprise of each role.
  Cast cast(const Scenario& scenario) const;
  // Whose the document is: of the cast, the one that has the first of the type's roles; nothing: nobody has.
  const PlannedEnterprise* declarant(const schemas::MessageType& type, const Scenario& scenario) const;
  const PlannedEnterprise* enterprise(const std::string& code) const;
};

base::Result<Plan> read_plan(const std::filesystem::path& file, const schemas::Catalog& catalog);

// The enterprises of the operator's gateway in the place of the plan's, which stay for the roles that it has none of.
void play_for(Plan& plan, const config::Settings& settings);

// What keeps the plan from being run: documents nobody may declare or nothing names, and, where they can reach others
// than the simulator, documents that are not marked as test data. Faults: jointtest.document, jointtest.test_data,
// jointtest.platform.
base::Faults faults_against(const Plan& plan, const schemas::Catalog& catalog, Against against);

}  // namespace tools::jointtest

// A scenario: what the ERP posts and what then has to happen, one step a line, in Chinese or English
// (docs/formats/joint-scenario.md). Faults: jointtest.*, each with file, line and what is allowed, all at once. Pure.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "schemas/catalog.h"

namespace tools::jointtest {

inline constexpr std::size_t most_scenario_bytes = std::size_t{64} << 10;
inline constexpr std::size_t most_steps = 200;
inline constexpr std::size_t most_changes = 40;  // of one post
inline constexpr std::size_t most_name_characters = 8;
inline constexpr std::chrono::hours longest_advance{24 * 31};

struct DocumentName {
  std::string type, name;  // CEB311Message, A1
  auto operator<=>(const DocumentName&) const = default;
};

enum class Changing { set, drop, taken };

// A field that differs from the document as it stands in its file.
struct Change {
  Changing how = Changing::set;
  std::size_t row = 0;  // of the list, from 1; 0: a field of the head
  std::string field;
  std::string value;  // set: the value; taken: the field of `from` it is taken from
  DocumentName from;
};

struct ExpectedStatus {
  std::string status;  // empty: any others, or none, may stand here
  std::string text;    // that returnInfo has to hold
};

// What the feed or the ledger has to show; empty members may be anything.
struct ExpectedPicture {
  std::string state, outcome, stage;
};

enum class Deed { post, gateway_refuses, others_send, arrange, answers, notifies, clock, told, ledger };

struct Step {
  std::size_t line = 0;
  std::string text;  // as it stands there
  Deed deed = Deed::post;
  DocumentName document;
  std::vector<Change> changes;            // post, gateway_refuses, others_send
  std::string code;                       // gateway_refuses: of a fault
  std::string triggers, answer;           // arrange: docs/formats/scenario.md; the text of the final status
  std::vector<ExpectedStatus> statuses;   // answers
  std::vector<std::string> notice_types;  // notifies
  std::chrono::seconds span{0};           // clock
  ExpectedPicture picture;                // told, ledger

  bool posts() const { return deed == Deed::post || deed == Deed::gateway_refuses || deed == Deed::others_send; }
  // Whether only the simulator can do it.
  bool needs_simulator() const { return deed == Deed::arrange || deed == Deed::clock; }
};

struct Scenario {
  std::filesystem::path file;
  std::string zh, en;       // its title
  std::string channel;      // the only profile that it holds for; empty: every one
  std::string enterprise;   // the e-commerce enterprise that declares; empty: the plan's
  std::vector<Step> steps;  // at least one

  std::string name() const { return file.stem().string(); }
  std::vector<std::string> types() const;  // of the documents that are posted, each once
};

base::Result<Scenario> read_scenario(const std::filesystem::path& file, const schemas::Catalog& catalog);
base::Result<Scenario> parse_scenario(std::string_view text, const std::filesystem::path& file,
                                      const schemas::Catalog& catalog);

}  // namespace tools::jointtest

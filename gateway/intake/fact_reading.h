// Reads what POST /v1/facts reports: for whom, which document, what is known of it, what customs said. Every fault of
// every fact at once. Immutable; safe from every thread.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gateway/http/message.h"
#include "gateway/intake/candidate.h"
#include "gateway/intake/judging.h"
#include "gateway/intake/reading.h"
#include "schemas/catalog.h"

namespace gateway::intake {

struct ReportedFact {
  Candidate candidate;  // its body holds what is known of the document
  std::string status;   // "" where it is not known
};

class FactReader {
 public:
  static constexpr std::size_t most_facts = 1'000;

  FactReader(const config::Settings& settings, const schemas::Catalog& catalog, const schemas::Judge& judge)
      : catalog_(catalog), reader_(settings, catalog), judging_(judge) {}

  // The response: nothing of the body can be taken (400, 413, 422). Faults of single facts are in their candidates.
  std::variant<std::vector<ReportedFact>, http::Response> read(const http::Caller& caller, std::string_view body) const;

 private:
  ReportedFact read_fact(const http::Caller& caller, const codecs::ceb::JsonNode& posted, std::string place) const;
  void read_names(Candidate& candidate, const http::Caller& caller, const codecs::ceb::JsonNode& posted) const;
  void read_document(Candidate& candidate, const codecs::ceb::JsonNode& posted) const;
  void read_status(ReportedFact& fact, const codecs::ceb::JsonNode& posted) const;

  const schemas::Catalog& catalog_;
  Reader reader_;
  Judging judging_;
};

}  // namespace gateway::intake

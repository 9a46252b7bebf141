// Reads what was posted, JSON or one CEB message, into candidates: form, enterprise, type, roles, key. What the ledger
// and the judge have to say comes later. Immutable; safe from every thread.
#pragma once

#include <string_view>
#include <variant>

#include "codecs/ceb/exact_json.h"
#include "gateway/http/caller.h"
#include "gateway/http/message.h"
#include "gateway/intake/candidate.h"

namespace gateway::intake {

class Reader {
 public:
  Reader(const config::Settings& settings, const schemas::Catalog& catalog) : settings_(settings), catalog_(catalog) {}

  // The response: nothing of the post can be taken (400, 403, 413, 422). Faults of single documents are in the
  // candidates.
  std::variant<Candidates, http::Response> read(const http::Caller& caller, std::string_view content_type,
                                                std::string_view body) const;
  // The member "document" of a JSON object, as the next version of `newest`; that it has its key is checked.
  std::variant<Candidates, http::Response> read_amendment(const http::Caller& caller, const ledger::Summary& newest,
                                                          std::string_view body) const;
  // The type and the enterprise of one document, into the candidate, each with its faults at `path`; together they tell
  // whether the enterprise may declare the type.
  void read_type(Candidate& candidate, const std::string& path) const;
  void read_enterprise(Candidate& candidate, const http::Caller& caller, const std::string& code,
                       const std::string& path) const;

 private:
  std::variant<Candidates, http::Response> read_json_post(const http::Caller& caller, std::string_view body) const;
  std::variant<Candidates, http::Response> read_xml_post(const http::Caller& caller, std::string_view body) const;
  Candidate read_item(const http::Caller& caller, const codecs::ceb::JsonNode& item, std::string place) const;
  void check_roles(Candidate& candidate, const std::string& path) const;
  void name_document(Candidate& candidate) const;

  const config::Settings& settings_;
  const schemas::Catalog& catalog_;
};

// Refuses every document whose key or guid stood earlier in the same post: which of the two is meant cannot be told.
void refuse_repeats(Candidates& candidates);

}  // namespace gateway::intake

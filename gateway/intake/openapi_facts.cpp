#include "gateway/intake/openapi_facts.h"

namespace gateway::intake {
namespace {

constexpr std::string_view about_facts =
    "documents that other enterprises send (payments, waybills): posted ones are compared with them, and an inventory "
    "that waits for its siblings counts them by their status. A fact belongs to the enterprise that it is reported "
    "for; "
    "the newer one takes the place of the one before. Forgotten a year after it was reported. All or nothing";

constexpr std::string_view schemas_of_facts = R"json({
  "Fact": {
    "type": "object",
    "required": ["type", "enterprise", "document"],
    "properties": {
      "type": {"$ref": "#/components/schemas/DeclarationType"},
      "enterprise": {"type": "string", "description": "for whose documents it counts"},
      "document": {"type": "object", "description": "what is known of it, by element names; at least the parts of its key"},
      "status": {"type": ["string", "null"], "description": "the last returnStatus of customs"}
    }
  },
  "FactPost": {
    "oneOf": [
      {"$ref": "#/components/schemas/Fact"},
      {"type": "array", "minItems": 1, "maxItems": 1000, "items": {"$ref": "#/components/schemas/Fact"}}
    ]
  },
  "FactResult": {
    "type": "object",
    "required": ["result", "type", "key", "number", "enterprise"],
    "properties": {
      "result": {"enum": ["added", "replaced", "known"]},
      "type": {"type": "string"},
      "key": {"type": "string"},
      "number": {"type": "string"},
      "enterprise": {"type": "string"}
    }
  },
  "FactResults": {
    "type": "array",
    "description": "in request order",
    "items": {"oneOf": [{"$ref": "#/components/schemas/FactResult"}, {"$ref": "#/components/schemas/NotTaken"}]}
  },
  "KnownFact": {
    "type": "object",
    "required": ["type", "key", "number", "enterprise", "status", "document", "client", "reported_at"],
    "properties": {
      "type": {"type": "string"},
      "key": {"type": "string"},
      "number": {"type": "string"},
      "enterprise": {"type": "string"},
      "status": {"type": "string", "description": "empty: not known"},
      "document": {"type": ["object", "null"], "description": "personal data is ***"},
      "client": {"type": "string"},
      "reported_at": {"type": "string", "format": "date-time"}
    }
  },
  "FactList": {
    "type": "object",
    "required": ["facts", "next"],
    "properties": {
      "facts": {"type": "array", "items": {"$ref": "#/components/schemas/KnownFact"}},
      "next": {"type": ["string", "null"], "description": "cursor of the next page"}
    }
  }
})json";

}  // namespace

std::vector<CallForm> fact_calls() {
  return {{"post",
           "/v1/facts",
           "postFacts",
           "submitter",
           "报告其他企业发送的单证",
           "Report documents that other enterprises have sent",
           {"partial"},
           "FactPost",
           {{"200", as_json, "FactResults"}},
           {"400", "401", "403", "413", "422", "503"},
           about_facts},
          {"get",
           "/v1/facts",
           "listFacts",
           "viewer",
           "列出报告过的单证",
           "What was reported, newest first",
           {"type", "key", "enterprise", "since", "until", "limit", "cursor"},
           {},
           {{"200", as_json, "FactList"}},
           {"400", "401", "503"}}};
}

std::string_view fact_schemas() { return schemas_of_facts; }

}  // namespace gateway::intake

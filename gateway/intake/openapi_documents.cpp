#include "gateway/intake/openapi_documents.h"

namespace gateway::intake {
namespace {

constexpr std::string_view components_of_documents = R"json({
  "DocumentCount": {
    "type": "object",
    "required": ["count", "more"],
    "properties": {
      "count": {"type": "integer", "description": "no further than 100000"},
      "more": {"type": "boolean", "description": "there are more than were counted"}
    }
  }
})json";

}  // namespace

std::vector<CallForm> document_calls() {
  return {{"get",
           "/v1/documents",
           "listDocuments",
           "viewer",
           "查询单证",
           "Documents, newest first",
           {"type", "key", "number", "states", "enterprise", "since", "until", "port", "outcome", "code said",
            "business number", "assigned to", "limit", "cursor", "personal"},
           "",
           {{"200", as_json, "DocumentList"}},
           {"400", "401", "503"}},
          {"get",
           "/v1/documents/count",
           "countDocuments",
           "viewer",
           "单证计数",
           "How many documents a list would show",
           {"type", "key", "number", "states", "enterprise", "since", "until", "port", "outcome", "code said",
            "business number", "assigned to"},
           "",
           {{"200", as_json, "DocumentCount"}},
           {"400", "401", "503"}},
          {"get",
           "/v1/documents/{id}",
           "getDocument",
           "viewer",
           "单证详情",
           "One document with its history",
           {"id", "version", "personal"},
           "",
           {{"200", as_json, "Document"}},
           {"400", "401", "404", "503"}},
          {"get",
           "/v1/documents/{id}/message",
           "getMessage",
           "viewer",
           "签名后的报文",
           "The exact signed XML, or what went over the wire",
           {"id", "version", "part", "personal"},
           "",
           {{"200", as_xml, ""}},
           {"400", "401", "404", "503"}},
          {"get",
           "/v1/documents/{id}/offers",
           "listOffers",
           "viewer",
           "下一步可做的操作，及已预填的单证",
           "What may be done next, each with its document prefilled",
           {"id"},
           "",
           {{"200", as_json, "OfferList"}},
           {"400", "401", "404", "503"}}};
}

std::string_view document_schemas() { return components_of_documents; }

}  // namespace gateway::intake

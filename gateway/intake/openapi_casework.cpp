#include "gateway/intake/openapi_casework.h"

namespace gateway::intake {
namespace {

constexpr std::string_view about_disclosure =
    "the act is recorded with its reason before anything is shown; if it cannot be recorded nothing is";
constexpr std::string_view about_assignment =
    "to a colleague, to \"erp\" (its clients are told by a notice and in the feed of changes; nothing moves), or null: "
    "to nobody any more";
constexpr std::string_view about_refusals =
    "of the newest 10,000 refused documents that fit; by goods a document stands in the group of each of its goods. "
    "The "
    "largest 200 groups";

constexpr std::string_view components_of_casework = R"json({
  "StoryEvent": {
    "type": "object",
    "required": ["at", "document", "type", "kind", "from", "to", "text", "by", "code", "explanation"],
    "properties": {
      "at": {"type": "string", "format": "date-time"},
      "document": {"type": "string", "description": "its id"},
      "type": {"type": "string"},
      "kind": {"enum": ["moved", "delivery", "receipt", "customs_notice", "erp_notice", "note", "disclosure"]},
      "from": {"type": ["string", "null"]},
      "to": {"type": ["string", "null"], "description": "a state; of a delivery its outcome, of a receipt its effect"},
      "text": {"type": "string"},
      "by": {"type": ["string", "null"], "description": "a person or a client; of a notice of customs its type"},
      "code": {"type": ["string", "null"], "description": "the returnStatus"},
      "explanation": {"type": ["object", "null"]}
    }
  },
  "Story": {
    "type": "object",
    "required": ["number", "documents", "events"],
    "properties": {
      "number": {"type": "string"},
      "documents": {"type": "array", "description": "of the sale, at most 50", "items": {"$ref": "#/components/schemas/Summary"}},
      "events": {"type": "array", "description": "oldest first, at most 1,000", "items": {"$ref": "#/components/schemas/StoryEvent"}}
    }
  },
  "NoteText": {
    "type": "object", "required": ["text"], "additionalProperties": false,
    "properties": {"text": {"type": "string", "minLength": 1, "maxLength": 2000}}
  },
  "DocumentNote": {
    "type": "object", "required": ["id", "at", "by", "text"],
    "properties": {
      "id": {"type": "string"}, "at": {"type": "string", "format": "date-time"}, "by": {"type": "string"}, "text": {"type": "string"}
    }
  },
  "DocumentNoteList": {
    "type": "object", "required": ["notes"],
    "properties": {"notes": {"type": "array", "description": "oldest first", "items": {"$ref": "#/components/schemas/DocumentNote"}}}
  },
  "CodeNoteText": {
    "type": "object", "required": ["text"], "additionalProperties": false,
    "properties": {"text": {"type": "string", "maxLength": 2000, "description": "empty: the note is deleted"}}
  },
  "CodeNote": {
    "type": "object", "required": ["code", "text", "by", "at"],
    "properties": {
      "code": {"type": "string"}, "text": {"type": "string"}, "by": {"type": "string"}, "at": {"type": "string", "format": "date-time"}
    }
  },
  "CodeNoteList": {
    "type": "object", "required": ["notes"],
    "properties": {"notes": {"type": "array", "items": {"$ref": "#/components/schemas/CodeNote"}}}
  },
  "AssignmentOrder": {
    "type": "object", "required": ["to", "reason"], "additionalProperties": false,
    "properties": {
      "to": {"type": ["string", "null"], "maxLength": 100},
      "reason": {"type": "string", "minLength": 5, "maxLength": 500}
    }
  },
  "Assignment": {
    "type": "object", "required": ["to", "by", "reason", "at"],
    "properties": {
      "to": {"type": ["string", "null"]}, "by": {"type": "string"}, "reason": {"type": "string"},
      "at": {"type": "string", "format": "date-time"}
    }
  },
  "DisclosureOrder": {
    "type": "object", "required": ["reason"], "additionalProperties": false,
    "properties": {
      "reason": {"type": "string", "minLength": 5, "maxLength": 500},
      "version": {"type": "integer", "minimum": 1, "description": "another than the newest"}
    }
  },
  "Disclosed": {
    "type": "object", "required": ["document", "receipts", "message", "envelope", "at"],
    "properties": {
      "document": {"type": "object"}, "receipts": {"type": "array", "items": {"type": "object"}},
      "message": {"type": ["string", "null"], "description": "the signed XML"}, "envelope": {"type": ["string", "null"]},
      "at": {"type": "string", "format": "date-time"}
    }
  },
  "RefusalGroup": {
    "type": "object",
    "required": ["group", "code", "type", "class", "goods", "count", "explanation", "advice", "examples", "assigned"],
    "properties": {
      "group": {"type": "string", "description": "the name it is called by"},
      "code": {"type": "string"}, "type": {"type": "string"},
      "class": {"type": "string", "description": "what kind of remedy it takes; empty where none is known"},
      "goods": {"type": ["object", "null"], "properties": {
        "itemNo": {"type": "string"}, "itemName": {"type": "string"}, "gcode": {"type": "string"}}},
      "count": {"type": "integer"},
      "explanation": {"$ref": "#/components/schemas/TwoLanguages"},
      "advice": {"$ref": "#/components/schemas/TwoLanguages"},
      "examples": {"type": "array", "maxItems": 3, "items": {"$ref": "#/components/schemas/Summary"}},
      "assigned": {"type": "object", "description": "how many by whom they were given to", "additionalProperties": {"type": "integer"}}
    }
  },
  "ListedExplanation": {
    "type": "object", "required": ["code", "type", "kind", "meaning", "advice", "whose"],
    "properties": {
      "code": {"type": "string"},
      "type": {"type": ["array", "null"], "items": {"type": "string"}, "description": "the types it holds for; null: types have nothing to do with it"},
      "kind": {"enum": ["status", "customs_code", "exchange_code", "message", "fault"]},
      "meaning": {"$ref": "#/components/schemas/TwoLanguages"},
      "advice": {"$ref": "#/components/schemas/TwoLanguages"},
      "whose": {"type": "string", "description": "side: enterprise, eport, customs, exchange, buyer, gateway, nobody"}
    }
  },
  "ExplanationList": {
    "type": "object", "required": ["explanations", "next"],
    "properties": {
      "explanations": {"type": "array", "items": {"$ref": "#/components/schemas/ListedExplanation"}},
      "next": {"type": ["string", "null"], "description": "cursor of the next page"}
    }
  },
  "TwoLanguages": {
    "type": "object", "required": ["zh", "en"], "properties": {"zh": {"type": "string"}, "en": {"type": "string"}}
  },
  "RefusalGroupList": {
    "type": "object", "required": ["groups", "more"],
    "properties": {
      "groups": {"type": "array", "description": "the largest first", "items": {"$ref": "#/components/schemas/RefusalGroup"}},
      "more": {"type": "boolean", "description": "older refusals were not looked at"}
    }
  },
  "ReconciliationRow": {
    "type": "object",
    "required": ["posted", "lodged", "released", "refused", "silent", "withdrawn"],
    "description": "each document stands in one of the columns behind posted",
    "properties": {
      "enterprise": {"type": "string"}, "port": {"type": "string"}, "type": {"type": "string"},
      "posted": {"type": "integer"}, "lodged": {"type": "integer"}, "released": {"type": "integer"},
      "refused": {"type": "integer"}, "silent": {"type": "integer", "description": "no final answer yet"},
      "withdrawn": {"type": "integer"}
    }
  },
  "Reconciliation": {
    "type": "object", "required": ["day", "rows", "total"],
    "properties": {
      "day": {"type": "string", "format": "date"},
      "rows": {"type": "array", "items": {"$ref": "#/components/schemas/ReconciliationRow"}},
      "total": {"$ref": "#/components/schemas/ReconciliationRow"}
    }
  }
})json";

std::vector<CallForm> calls_on_one_document() {
  return {{"get",
           "/v1/documents/{id}/story",
           "getStory",
           "viewer",
           "同一笔交易各单证的经过",
           "What happened to the documents of its sale, on one line of time",
           {"id", "personal"},
           {},
           {{"200", as_json, "Story"}},
           {"400", "401", "404", "503"}},
          {"get",
           "/v1/documents/{id}/notes",
           "listNotes",
           "viewer",
           "单证的备注",
           "Notes on a document",
           {"id"},
           {},
           {{"200", as_json, "DocumentNoteList"}},
           {"400", "401", "404", "503"}},
          {"post",
           "/v1/documents/{id}/notes",
           "addNote",
           "operator",
           "添加备注",
           "Add a note",
           {"id"},
           "NoteText",
           {{"201", as_json, "DocumentNote"}},
           {"400", "401", "403", "404", "422", "503"}}};
}

std::vector<CallForm> calls_on_who_may() {
  return {{"get",
           "/v1/documents/{id}/assignment",
           "getAssignment",
           "viewer",
           "单证由谁处理",
           "Who looks after a document",
           {"id"},
           {},
           {{"200", as_json, "Assignment"}},
           {"400", "401", "404", "503"}},
          {"post",
           "/v1/documents/{id}/assignment",
           "assign",
           "operator",
           "交给同事，或交还 ERP",
           "Give a document to a colleague, or back to its ERP",
           {"id"},
           "AssignmentOrder",
           {{"200", as_json, "Assignment"}},
           {"400", "401", "403", "404", "422", "503"},
           about_assignment},
          {"post",
           "/v1/documents/{id}/disclosure",
           "disclose",
           "operator",
           "查看个人信息原文（写明原因，留痕）",
           "Show personal data in clear, for a reason",
           {"id"},
           "DisclosureOrder",
           {{"200", as_json, "Disclosed"}},
           {"400", "401", "403", "404", "422", "503"},
           about_disclosure}};
}

}  // namespace

std::vector<CallForm> casework_calls() {
  auto calls = calls_on_one_document();
  const auto of_who_may = calls_on_who_may();
  calls.insert(calls.end(), of_who_may.begin(), of_who_may.end());
  const std::vector<CallForm> others{{"get",
                                      "/v1/code-notes",
                                      "listCodeNotes",
                                      "viewer",
                                      "代码的备注",
                                      "Notes on codes of customs",
                                      {"code noted"},
                                      {},
                                      {{"200", as_json, "CodeNoteList"}},
                                      {"400", "401", "503"}},
                                     {"put",
                                      "/v1/code-notes/{code}",
                                      "putCodeNote",
                                      "operator",
                                      "写代码的备注",
                                      "Write the note on a code",
                                      {"code"},
                                      "CodeNoteText",
                                      {{"200", as_json, "CodeNote"}},
                                      {"400", "401", "403", "409", "422", "503"}},
                                     {"get",
                                      "/v1/explanations",
                                      "searchExplanations",
                                      "viewer",
                                      "代码释义",
                                      "What codes mean and what to do",
                                      {"words sought", "type", "limit", "cursor"},
                                      {},
                                      {{"200", as_json, "ExplanationList"}},
                                      {"400", "401"}},
                                     {"get",
                                      "/v1/refusals",
                                      "listRefusals",
                                      "viewer",
                                      "退单分组",
                                      "Refused documents in groups",
                                      {"grouped by", "type", "enterprise", "port", "since", "until", "personal"},
                                      {},
                                      {{"200", as_json, "RefusalGroupList"}},
                                      {"400", "401", "503"},
                                      about_refusals},
                                     {"get",
                                      "/v1/reconciliation",
                                      "reconcile",
                                      "viewer",
                                      "每日对账",
                                      "How a day's documents stand",
                                      {"day", "enterprise", "port", "format of a table"},
                                      {},
                                      {{"200", as_json, "Reconciliation"}},
                                      {"400", "401", "503"}}};
  calls.insert(calls.end(), others.begin(), others.end());
  return calls;
}

std::string_view casework_schemas() { return components_of_casework; }

}  // namespace gateway::intake

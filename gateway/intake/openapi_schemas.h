// The JSON Schemas of what the API takes and answers, as one JSON text. They do not depend on the message types.
#pragma once

#include <string_view>

namespace gateway::intake {

inline constexpr std::string_view openapi_schemas = R"json({
  "Fault": {
    "type": "object",
    "description": "One thing that is wrong / 一处错误",
    "required": ["line", "path", "code", "severity", "zh", "en", "source"],
    "properties": {
      "line": {"type": "integer", "description": "from 1; 0: not known"},
      "path": {"type": "string", "description": "JSON Pointer into what was posted; for XML an XPath with positions"},
      "code": {"type": "string"},
      "severity": {"enum": ["error", "warning"]},
      "zh": {"type": "string"},
      "en": {"type": "string"},
      "source": {"type": "string", "description": "clause of the standard"}
    }
  },
  "Problem": {
    "type": "object",
    "description": "RFC 9457",
    "required": ["title", "status"],
    "properties": {
      "type": {"type": "string"},
      "title": {"type": "string"},
      "status": {"type": "integer"},
      "faults": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}}
    }
  },
  "Posted": {
    "type": "object",
    "required": ["type", "enterprise", "document"],
    "additionalProperties": false,
    "properties": {
      "type": {"$ref": "#/components/schemas/DeclarationType"},
      "enterprise": {"type": "string", "description": "code of the enterprise that transmits"},
      "document": {"type": "object", "description": "by the element names of the customs schema, see /v1/catalog/{type}; amounts as strings or numbers"}
    }
  },
  "Post": {
    "oneOf": [
      {"$ref": "#/components/schemas/Posted"},
      {"type": "array", "items": {"$ref": "#/components/schemas/Posted"}, "minItems": 1}
    ]
  },
  "Taken": {
    "type": "object",
    "required": ["id", "type", "key", "number", "version", "state", "href"],
    "properties": {
      "id": {"type": "string", "description": "belongs to the key, the same for all versions"},
      "type": {"type": "string"},
      "key": {"type": "string"},
      "number": {"type": "string"},
      "version": {"type": "integer"},
      "state": {"$ref": "#/components/schemas/State"},
      "href": {"type": "string"},
      "warnings": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}}
    }
  },
  "NotTaken": {
    "type": "object",
    "required": ["index", "faults"],
    "properties": {
      "index": {"type": "integer", "description": "in the post, from 0"},
      "faults": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}}
    }
  },
  "TakenList": {
    "type": "array",
    "description": "in request order",
    "items": {"oneOf": [{"$ref": "#/components/schemas/Taken"}, {"$ref": "#/components/schemas/NotTaken"}]}
  },
  "VerdictList": {
    "type": "array",
    "description": "in request order",
    "items": {
      "type": "object",
      "required": ["index", "type", "key", "valid", "faults"],
      "properties": {
        "index": {"type": "integer"},
        "type": {"type": "string"},
        "key": {"type": "string"},
        "valid": {"type": "boolean"},
        "faults": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}}
      }
    }
  },
  "Summary": {
    "type": "object",
    "required": ["id", "type", "key", "number", "enterprise", "port", "version", "state", "stage", "outcome", "reason", "created_at"],
    "properties": {
      "id": {"type": "string"},
      "type": {"type": "string"},
      "key": {"type": "string"},
      "number": {"type": "string"},
      "enterprise": {"type": "string"},
      "port": {"type": "string"},
      "version": {"type": "integer"},
      "state": {"$ref": "#/components/schemas/State"},
      "stage": {"type": "string", "description": "last customs status of this version; empty before the first"},
      "outcome": {"type": "string", "description": "lodged, released, closed, rejected, returned, detained, cancelled, refunded, or empty"},
      "reason": {"type": "string"},
      "created_at": {"type": "string", "format": "date-time"}
    }
  },
  "Document": {
    "allOf": [
      {"$ref": "#/components/schemas/Summary"},
      {
        "type": "object",
        "required": ["document", "timeline", "deliveries", "receipts", "explanation", "versions"],
        "properties": {
          "document": {"type": "object"},
          "timeline": {"type": "array", "items": {"type": "object", "properties": {
            "at": {"type": "string", "format": "date-time"}, "from": {"$ref": "#/components/schemas/State"},
            "to": {"$ref": "#/components/schemas/State"}, "reason": {"type": "string"}, "by": {"type": "string"}}}},
          "deliveries": {"type": "array", "items": {"type": "object", "properties": {
            "at": {"type": "string", "format": "date-time"},
            "outcome": {"enum": ["begun", "confirmed", "unreachable", "unknown", "refused"]}, "answer": {"type": "string"}}}},
          "receipts": {"type": "array", "items": {"type": "object", "properties": {
            "returnStatus": {"type": "string"}, "returnTime": {"type": "string", "description": "as customs writes it"},
            "returnInfo": {"type": "string"}, "at": {"type": "string", "format": "date-time"}, "effect": {"type": "string"}}}},
          "explanation": {"type": ["object", "null"], "description": "what the status that stopped it means and what to do",
            "properties": {"code": {"type": "string"}, "zh": {"type": "string"}, "en": {"type": "string"},
              "advice_zh": {"type": "string"}, "advice_en": {"type": "string"}}},
          "versions": {"type": "array", "items": {"$ref": "#/components/schemas/Summary"}}
        }
      }
    ]
  },
  "DocumentList": {
    "type": "object",
    "required": ["documents", "next"],
    "properties": {
      "documents": {"type": "array", "items": {"$ref": "#/components/schemas/Summary"}},
      "next": {"type": ["string", "null"], "description": "cursor of the next page"}
    }
  },
  "ChangeList": {
    "type": "object",
    "required": ["changes", "next"],
    "properties": {
      "changes": {"type": "array", "items": {"type": "object", "properties": {
        "cursor": {"type": "string"}, "at": {"type": "string", "format": "date-time"}, "id": {"type": "string"},
        "key": {"type": "string"}, "type": {"type": "string"}, "version": {"type": "integer"},
        "from": {"$ref": "#/components/schemas/State"}, "to": {"$ref": "#/components/schemas/State"},
        "stage": {"type": "string"}, "outcome": {"type": "string"}, "reason": {"type": "string"}}}},
      "next": {"type": "string", "description": "give it as ?after= next time"}
    }
  },
  "Action": {
    "type": "object",
    "required": ["action", "reason"],
    "additionalProperties": false,
    "properties": {
      "action": {"enum": ["replay", "hold", "release", "withdraw"]},
      "mode": {"enum": ["same-bytes"], "description": "of a replay"},
      "reason": {"type": "string", "minLength": 1, "maxLength": 500}
    }
  },
  "Readiness": {
    "type": "object",
    "required": ["ready", "ledger", "ports", "keys"],
    "properties": {
      "ready": {"type": "boolean"},
      "ledger": {"type": "object", "properties": {"writable": {"type": "boolean"}, "detail": {"type": "string"}}},
      "ports": {"type": "array", "items": {"type": "object", "properties": {
        "name": {"type": "string"}, "reachable": {"type": "boolean"}, "detail": {"type": "string"}}}},
      "keys": {"type": "array", "items": {"type": "object", "properties": {
        "enterprise": {"type": "string"}, "serial": {"type": "string"},
        "not_after": {"type": "string", "format": "date-time"}, "valid": {"type": "boolean"}}}}
    }
  },
  "CatalogList": {
    "type": "object",
    "properties": {"edition": {"type": "string"}, "types": {"type": "array", "items": {"type": "object"}}}
  },
  "CatalogType": {
    "type": "object",
    "properties": {"type": {"type": "string"}, "fields": {"type": "array", "items": {"type": "object"}}}
  }
})json";

}  // namespace gateway::intake

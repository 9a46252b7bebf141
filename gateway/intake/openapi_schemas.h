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
        "required": ["document", "timeline", "deliveries", "receipts", "notices", "explanation", "chain", "versions"],
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
          "notices": {"type": "array", "description": "what customs told of it unasked", "items": {"type": "object", "properties": {
            "type": {"type": "string"}, "returnStatus": {"type": "string"}, "returnTime": {"type": "string"},
            "returnInfo": {"type": "string"}, "at": {"type": "string", "format": "date-time"}, "effect": {"type": "string"}}}},
          "explanation": {"type": ["object", "null"], "description": "what the receipt that decides means and what to do: a fault with side, class and advice",
            "properties": {"line": {"type": "integer"}, "path": {"type": "string"}, "code": {"type": "string"},
              "severity": {"enum": ["error", "warning"]}, "zh": {"type": "string"}, "en": {"type": "string"},
              "source": {"type": "string"},
              "side": {"enum": ["enterprise", "eport", "customs", "exchange", "buyer", "gateway", "nobody"]},
              "class": {"enum": ["", "retry", "wait", "mend the data", "sign again", "certificate or card", "ask the port", "already there"]},
              "advice_zh": {"type": "string"}, "advice_en": {"type": "string"},
              "parts": {"type": "object", "additionalProperties": {"type": "string"}}}},
          "chain": {"type": "string", "description": "SM3 digest at the end of this version's chain, hexadecimal; empty where it is older than the chain"},
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
  "OfferList": {
    "type": "object", "required": ["offers"],
    "properties": {"offers": {"type": "array", "items": {"$ref": "#/components/schemas/Offer"}}}
  },
  "Offer": {
    "type": "object", "required": ["action", "type", "allowed", "zh", "en"],
    "properties": {
      "action": {"enum": ["declare", "change", "delete", "cancel", "refund"]},
      "type": {"$ref": "#/components/schemas/DeclarationType"},
      "allowed": {"type": "boolean", "description": "false: zh and en say why not now"},
      "zh": {"type": "string"}, "en": {"type": "string"},
      "document": {"type": "object", "description": "what to post, once the blanks are filled in"},
      "fill_in": {"type": "array", "items": {"type": "string", "description": "JSON Pointer of a blank in document"}}
    }
  },
  "UnexplainedCodes": {
    "type": "object",
    "required": ["codes"],
    "properties": {"codes": {"type": "array", "items": {"type": "object", "properties": {
      "type": {"type": "string"}, "code": {"type": "string"}, "times": {"type": "integer"},
      "first_seen": {"type": "string", "format": "date-time"}, "last_seen": {"type": "string", "format": "date-time"},
      "example": {"type": "string", "description": "the text it last came with, personal data masked"}}}}}
  },
  "Change": {
    "type": "object",
    "required": ["cursor", "at", "id", "key", "type", "version", "from", "to", "stage", "outcome", "reason"],
    "properties": {
      "cursor": {"type": "string"}, "at": {"type": "string", "format": "date-time"}, "id": {"type": "string"},
      "key": {"type": "string"}, "type": {"type": "string"}, "version": {"type": "integer"},
      "from": {"$ref": "#/components/schemas/State"}, "to": {"$ref": "#/components/schemas/State"},
      "stage": {"type": "string"}, "outcome": {"type": "string"}, "reason": {"type": "string"}
    }
  },
  "ChangeNotice": {
    "type": "object",
    "required": ["type", "timestamp", "data"],
    "properties": {
      "type": {"const": "document.changed"},
      "timestamp": {"type": "string", "format": "date-time", "description": "of the change"},
      "data": {"$ref": "#/components/schemas/Change"}
    }
  },
  "Notice": {
    "type": "object",
    "required": ["number", "webhook_id", "client", "enterprise", "state", "tries", "answer", "created_at", "due",
                 "ended_at", "change"],
    "properties": {
      "number": {"type": "integer"},
      "webhook_id": {"type": "string", "description": "the webhook-id of every attempt"},
      "client": {"type": "string"},
      "enterprise": {"type": "string"},
      "state": {"$ref": "#/components/schemas/NoticeState"},
      "tries": {"type": "integer", "description": "since it was made, or sent again by a person"},
      "answer": {"type": "string", "description": "to the last attempt, or why there was none"},
      "created_at": {"type": "string", "format": "date-time"},
      "due": {"type": ["string", "null"], "format": "date-time", "description": "of the next attempt"},
      "ended_at": {"type": ["string", "null"], "format": "date-time"},
      "change": {"$ref": "#/components/schemas/Change"}
    }
  },
  "NoticeState": {"enum": ["waiting", "heard", "unheard"]},
  "NoticeList": {
    "type": "object",
    "required": ["notices", "next"],
    "properties": {
      "notices": {"type": "array", "items": {"$ref": "#/components/schemas/Notice"}},
      "next": {"type": ["string", "null"], "description": "cursor of the next page"}
    }
  },
  "ResendOrder": {
    "type": "object",
    "required": ["client"],
    "additionalProperties": false,
    "properties": {
      "client": {"type": "string"},
      "state": {"enum": ["unheard", "heard"], "default": "unheard"},
      "since": {"type": "string", "format": "date-time", "description": "made at or after"},
      "until": {"type": "string", "format": "date-time", "description": "made before"},
      "limit": {"type": "integer", "minimum": 1, "maximum": 10000, "default": 10000}
    }
  },
  "Resent": {
    "type": "object",
    "required": ["resent"],
    "properties": {"resent": {"type": "integer", "description": "how many are told again"}}
  },
  "ChangeList": {
    "type": "object",
    "required": ["changes", "next"],
    "properties": {
      "changes": {"type": "array", "items": {"$ref": "#/components/schemas/Change"}},
      "next": {"type": "string", "description": "give it as ?after= next time"}
    }
  },
  "AllowedActions": {
    "type": "object",
    "required": ["actions"],
    "properties": {"actions": {"type": "array", "items": {
      "type": "object",
      "required": ["action", "mode", "to"],
      "properties": {
        "action": {"enum": ["replay", "hold", "release", "withdraw"]},
        "mode": {"enum": ["", "same-bytes", "sealed-again"], "description": "of a replay"},
        "to": {"$ref": "#/components/schemas/State"}
      }
    }}}
  },
  "Action": {
    "type": "object",
    "required": ["action", "reason"],
    "additionalProperties": false,
    "properties": {
      "action": {"enum": ["replay", "amend", "hold", "release", "withdraw"]},
      "mode": {"enum": ["same-bytes", "sealed-again", "amended"], "description": "of a replay; amended: an amend"},
      "document": {"type": "object", "description": "of an amend: the whole document as it shall be"},
      "reason": {"type": "string", "minLength": 1, "maxLength": 500}
    }
  },
  "SignOrder": {
    "type": "object",
    "required": ["enterprise"],
    "additionalProperties": false,
    "oneOf": [{"required": ["xml"]}, {"required": ["text"]}],
    "properties": {
      "enterprise": {"type": "string", "description": "whose key signs"},
      "xml": {"type": "string", "minLength": 1, "description": "a CEB message; a Signature in it is replaced; at most 1 MiB"},
      "text": {"type": "string", "minLength": 1, "description": "signed as the bytes of its UTF-8; at most 1 MiB"},
      "dialect": {"type": "string", "description": "of an xml; absent: that of the enterprise, its port, the kind of its key"},
      "digest": {"enum": ["sha1", "sha256"], "default": "sha1", "description": "of a text signed by an RSA key"}
    }
  },
  "Signed": {
    "oneOf": [
      {
        "type": "object",
        "description": "of an xml",
        "required": ["xml", "dialect", "certificate_number", "serial"],
        "properties": {
          "xml": {"type": "string", "description": "signed; the signature has been verified"},
          "dialect": {"type": "string"},
          "certificate_number": {"type": "string", "description": "the serial number as KeyName carries it"},
          "serial": {"type": "string", "description": "the same in lower case"}
        }
      },
      {
        "type": "object",
        "description": "of a text",
        "required": ["value", "algorithm", "certificate_number", "certificate"],
        "properties": {
          "value": {"type": "string", "description": "Base64; of SM2 r and s, 64 bytes, with user id 1234567812345678"},
          "algorithm": {"enum": ["sm2-sm3", "rsa-sha1", "rsa-sha256"]},
          "certificate_number": {"type": "string", "description": "the serial number as KeyName carries it"},
          "certificate": {"type": "string", "description": "DER in Base64"}
        }
      }
    ]
  },
  "Signing": {
    "type": "object",
    "required": ["number", "at", "client", "enterprise", "kind", "bytes", "sha256", "type", "serial", "outcome", "reason"],
    "properties": {
      "number": {"type": "integer"},
      "at": {"type": "string", "format": "date-time"},
      "client": {"type": "string"},
      "enterprise": {"type": "string"},
      "kind": {"enum": ["xml", "text"]},
      "bytes": {"type": "integer"},
      "sha256": {"type": "string", "description": "of what was given; the text itself is not kept"},
      "type": {"type": "string", "description": "of the message, or empty"},
      "dialect": {"type": "string", "description": "of an xml"},
      "algorithm": {"type": "string", "description": "of a text"},
      "serial": {"type": "string", "description": "of the certificate; empty where no key was tried"},
      "outcome": {"enum": ["made", "refused"]},
      "reason": {"type": "string", "description": "of a refusal"}
    }
  },
  "SigningList": {
    "type": "object",
    "required": ["signings", "next"],
    "properties": {
      "signings": {"type": "array", "items": {"$ref": "#/components/schemas/Signing"}},
      "next": {"type": ["string", "null"], "description": "cursor of the next page"}
    }
  },
  "VerifyOrder": {
    "type": "object",
    "required": ["xml"],
    "additionalProperties": false,
    "properties": {"xml": {"type": "string", "description": "the signed message, every byte as it is"}}
  },
  "Verification": {
    "type": "object",
    "required": ["valid", "dialect", "certificate", "steps", "causes", "faults"],
    "properties": {
      "valid": {"type": "boolean"},
      "dialect": {"type": "string", "description": "whose algorithms these are, or empty"},
      "certificate": {"type": ["object", "null"], "properties": {
        "serial": {"type": "string"}, "subject": {"type": "string"}, "issuer": {"type": "string"},
        "not_before": {"type": "string", "format": "date-time"}, "not_after": {"type": "string", "format": "date-time"},
        "key": {"enum": ["SM2", "RSA"]},
        "eport": {"type": ["object", "null"], "description": "what the E-Port's extensions say of the company"}}},
      "steps": {"type": "array", "items": {"type": "object", "properties": {
        "name": {"type": "string"}, "verdict": {"enum": ["good", "bad", "not_checked"]},
        "zh": {"type": "string"}, "en": {"type": "string"}}}},
      "causes": {"type": "array", "description": "why it does not hold, as far as that is known", "items": {"type": "object",
        "properties": {"name": {"type": "string"}, "zh": {"type": "string"}, "en": {"type": "string"}}}},
      "faults": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}},
      "canonical_signed_info": {"type": ["string", "null"], "description": "where it was asked for"},
      "canonical_document": {"type": ["string", "null"], "description": "where canonical=document was asked for"}
    }
  },
  "Readiness": {
    "type": "object",
    "required": ["ready", "ledger", "ports", "keys"],
    "properties": {
      "ready": {"type": "boolean"},
      "ledger": {"type": "object", "properties": {"writable": {"type": "boolean"}, "detail": {"type": "string"}}},
      "ports": {"type": "array", "items": {"type": "object", "properties": {
        "name": {"type": "string"}, "reachable": {"type": "boolean"}, "detail": {"type": "string"},
        "breaker": {"enum": ["closed", "open", "half_open"]}}}},
      "keys": {"type": "array", "items": {"type": "object", "properties": {
        "enterprise": {"type": "string"}, "key": {"type": "string"},
        "standing": {"enum": ["in_use", "waiting", "resting", "out_of_use", "relieved"]},
        "serial": {"type": "string"}, "not_after": {"type": "string", "format": "date-time"},
        "valid": {"type": "boolean"}, "days_left": {"type": "integer"},
        "ends": {"enum": ["far", "within_60_days", "within_30_days", "within_7_days", "ended"]},
        "another_company": {"type": "string", "description": "whose the certificate is, where not the enterprise's"},
        "why_zh": {"type": "string"}, "why_en": {"type": "string"}}}}
    }
  },
  "CatalogEntry": {
    "type": "object",
    "description": "A message type / 一种报文",
    "required": ["name", "title_zh", "title_en", "kind", "direction", "business_node", "key", "roles", "receipt", "schema", "href"],
    "properties": {
      "name": {"type": "string"},
      "title_zh": {"type": "string"},
      "title_en": {"type": "string"},
      "kind": {"enum": ["declaration", "receipt", "notice"]},
      "direction": {"enum": ["import", "export"]},
      "business_node": {"type": "string", "description": "the element that is a document"},
      "head": {"type": "string", "description": "empty where the fields stand directly in the business node"},
      "list": {"type": "string", "description": "empty where there is none"},
      "most_documents": {"type": "integer", "description": "in a message"},
      "most_rows": {"type": "integer", "description": "of the list in a document; absent where there is no limit"},
      "key": {"type": "array", "items": {"type": "string"}, "description": "the last one is the number"},
      "numbers": {"type": "array", "items": {"type": "string"}, "description": "fields that are kept searchable"},
      "masked": {"type": "array", "items": {"type": "string"}, "description": "personal data, masked in logs and on screens"},
      "roles": {"type": "array", "items": {"type": "string"}, "description": "of the enterprises that may send it"},
      "receipt": {"type": "string", "description": "the type that answers it, or empty"},
      "receipt_key": {"type": "array", "items": {"type": "string"}},
      "answers": {"type": "string", "description": "of a receipt: the declaration it answers"},
      "schema": {"type": "string", "description": "where the JSON Schema of its documents is"},
      "href": {"type": "string"}
    }
  },
  "CatalogField": {
    "type": "object",
    "required": ["path", "name", "title_zh", "kind", "required", "repeats", "clause", "masked"],
    "properties": {
      "path": {"type": "string", "description": "below the root element; @ begins an attribute"},
      "name": {"type": "string"},
      "title_zh": {"type": "string"},
      "kind": {"enum": ["container", "field", "attribute", "any", "signature"]},
      "required": {"type": "boolean"},
      "repeats": {"type": "boolean"},
      "most": {"type": "integer", "description": "of what repeats; absent where there is no limit"},
      "clause": {"type": "string"},
      "masked": {"type": "boolean"},
      "format": {"type": "string", "description": "C36 exactly, C1..60 from 1 to 60 characters; N19,5 digits and decimals; int"},
      "base": {"type": "string"},
      "code_table": {"type": "string", "description": "that the values come from, or empty"},
      "collapses_white_space": {"type": "boolean", "description": "blanks round the value do not count, inside it a run counts as one"},
      "length": {"type": "integer"},
      "min_length": {"type": "integer"},
      "max_length": {"type": "integer"},
      "total_digits": {"type": "integer"},
      "fraction_digits": {"type": "integer"},
      "fixed": {"type": "string"},
      "default": {"type": "string"}
    }
  },
  "CatalogStatus": {
    "type": "object",
    "description": "What a status of its receipts means. Blanks separate alternatives, * is any, A..B a range; the first row that fits holds",
    "required": ["status", "app_type", "app_status", "effect", "outcome", "zh", "en"],
    "properties": {
      "status": {"type": "string"},
      "app_type": {"type": "string"},
      "app_status": {"type": "string"},
      "effect": {"enum": ["pass", "settle", "refuse", "hold", "already_there"]},
      "outcome": {"type": "string"},
      "zh": {"type": "string"},
      "en": {"type": "string"}
    }
  },
  "CodeTableEntry": {
    "type": "object",
    "required": ["table", "zh", "en", "as_of", "source", "codes", "href"],
    "properties": {
      "table": {"type": "string"},
      "zh": {"type": "string"},
      "en": {"type": "string"},
      "as_of": {"type": "string", "format": "date", "description": "codes made since then are not in it"},
      "source": {"type": "string"},
      "codes": {"type": "integer", "description": "how many there are"},
      "href": {"type": "string"}
    }
  },
  "CodeTableList": {
    "type": "object",
    "required": ["tables"],
    "properties": {"tables": {"type": "array", "items": {"$ref": "#/components/schemas/CodeTableEntry"}}}
  },
  "CodeTable": {
    "type": "object",
    "required": ["table", "zh", "en", "as_of", "source", "codes"],
    "properties": {
      "table": {"type": "string"},
      "zh": {"type": "string"},
      "en": {"type": "string"},
      "as_of": {"type": "string", "format": "date"},
      "source": {"type": "string"},
      "codes": {"type": "array", "items": {"type": "object", "required": ["code", "zh", "en", "other"], "properties": {
        "code": {"type": "string"}, "zh": {"type": "string"}, "en": {"type": "string"},
        "other": {"type": "string", "description": "further names that it is found by"}}}},
      "href": {"type": "string"}
    }
  },
  "CatalogList": {
    "type": "object",
    "required": ["edition", "types"],
    "properties": {
      "edition": {"type": "string"},
      "types": {"type": "array", "items": {"$ref": "#/components/schemas/CatalogEntry"}}
    }
  },
  "CatalogType": {
    "allOf": [
      {"$ref": "#/components/schemas/CatalogEntry"},
      {
        "type": "object",
        "required": ["fields", "statuses"],
        "properties": {
          "fields": {"type": "array", "items": {"$ref": "#/components/schemas/CatalogField"}},
          "statuses": {"type": "array", "items": {"$ref": "#/components/schemas/CatalogStatus"}}
        }
      }
    ]
  }
})json";

}  // namespace gateway::intake

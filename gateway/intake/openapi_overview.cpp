#include "gateway/intake/openapi_overview.h"

namespace gateway::intake {
namespace {

constexpr std::string_view about_port_orders =
    "orders stand in the ledger: every gateway on it obeys, and a restart keeps them. To a paused port nothing is "
    "sent, "
    "nothing is sealed for it, and its receipts are still fetched. The caller has to be allowed all the enterprises "
    "that "
    "send by the port";

constexpr std::string_view schemas_of_overview = R"json({
  "Overview": {
    "type": "object",
    "required": ["at", "states", "today", "flow", "settle_seconds", "oldest_waiting", "waiting_for_person", "codes_today",
                 "alerts"],
    "properties": {
      "at": {"type": "string", "format": "date-time"},
      "states": {"type": "object", "additionalProperties": {"type": "integer"}, "description": "every state"},
      "today": {
        "type": "object",
        "description": "since midnight in China",
        "properties": {"posted": {"type": "integer"}, "sent": {"type": "integer"}, "settled": {"type": "integer"},
                       "refused": {"type": "integer"}}
      },
      "flow": {
        "type": "array", "minItems": 60, "maxItems": 60,
        "items": {
          "type": "object",
          "properties": {"minute": {"type": "string", "format": "date-time"}, "accepted": {"type": "integer"},
                         "sent": {"type": "integer"}, "settled": {"type": "integer"}, "refused": {"type": "integer"}}
        }
      },
      "settle_seconds": {
        "type": "array", "minItems": 60, "maxItems": 60,
        "description": "from acceptance to settlement, of those settled in the minute; less than a tenth off",
        "items": {
          "type": "object",
          "properties": {"minute": {"type": "string", "format": "date-time"}, "p50": {"type": ["number", "null"]},
                         "p90": {"type": ["number", "null"]}, "count": {"type": "integer"}}
        }
      },
      "oldest_waiting": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": {"port": {"type": "string"}, "id": {"type": "string"}, "key": {"type": "string"},
                         "state": {"$ref": "#/components/schemas/State"},
                         "since": {"type": "string", "format": "date-time"}}
        }
      },
      "waiting_for_person": {
        "type": "object",
        "description": "unmatched, unreadable and unheard_notices are counted up to 10,000",
        "properties": {"held": {"type": "integer"}, "refused": {"type": "integer"}, "unmatched": {"type": "integer"},
                       "unreadable": {"type": "integer"}, "unheard_notices": {"type": "integer"}}
      },
      "codes_today": {
        "type": "array", "maxItems": 50,
        "items": {
          "type": "object",
          "properties": {"code": {"type": "string"}, "type": {"type": "string"}, "count": {"type": "integer"},
                         "meaning": {"$ref": "#/components/schemas/InTwoLanguages"},
                         "advice": {"$ref": "#/components/schemas/InTwoLanguages"}}
        }
      },
      "alerts": {"type": "array", "items": {"$ref": "#/components/schemas/Alert"}}
    }
  },
  "InTwoLanguages": {"type": "object", "properties": {"zh": {"type": "string"}, "en": {"type": "string"}}},
  "Alert": {
    "type": "object",
    "required": ["id", "kind", "subject", "text", "began_at", "ended_at"],
    "properties": {
      "id": {"type": "string"},
      "kind": {"enum": ["port_unreachable", "port_paused", "key_out", "ledger_trouble", "receipts_silent", "held_growing",
                        "notices_unheard", "certificate_ends"]},
      "subject": {"type": "string", "description": "a port, a client, an enterprise and its key; empty: the gateway"},
      "text": {"$ref": "#/components/schemas/InTwoLanguages"},
      "began_at": {"type": "string", "format": "date-time"},
      "ended_at": {"type": ["string", "null"], "format": "date-time"}
    }
  },
  "AlertState": {"enum": ["open", "ended"]},
  "AlertList": {
    "type": "object",
    "required": ["alerts", "next"],
    "properties": {
      "alerts": {"type": "array", "items": {"$ref": "#/components/schemas/Alert"}},
      "next": {"type": ["string", "null"]}
    }
  },
  "PortOrder": {
    "type": "object",
    "additionalProperties": false,
    "required": ["action", "reason"],
    "properties": {
      "action": {"enum": ["pause", "resume", "set_concurrency"]},
      "most_at_once": {"type": "integer", "minimum": 1, "maximum": 1000, "description": "of set_concurrency"},
      "reason": {"type": "string", "minLength": 1, "maxLength": 500}
    }
  },
  "WatchedPort": {
    "type": "object",
    "properties": {
      "name": {"type": "string"}, "profile": {"type": "string"},
      "url": {"type": "string", "description": "without a login"},
      "reachable": {"type": "boolean", "description": "by the last exchange"},
      "detail": {"type": "string"},
      "breaker": {"enum": ["closed", "open", "half_open"]},
      "limit": {"type": "integer", "description": "deliveries at the same time, now"},
      "most_at_once": {"type": "integer", "description": "what that may become"},
      "under_way": {"type": "integer"},
      "failures": {"type": "integer", "description": "deliveries without an answer, since the start"},
      "waiting": {"type": "integer", "description": "documents"},
      "oldest_waiting": {"type": ["string", "null"], "format": "date-time"},
      "paused": {
        "type": ["object", "null"],
        "properties": {"by": {"type": "string"}, "reason": {"type": "string"},
                       "at": {"type": "string", "format": "date-time"}}
      },
      "batch_limit": {"type": "integer"}, "linger_ms": {"type": "integer"},
      "windows": {
        "type": "array",
        "description": "what a source of receipts is asked for next",
        "items": {
          "type": "object",
          "properties": {"source": {"type": "string"}, "dxp_id": {"type": "string"},
                         "from": {"type": "string", "format": "date-time"},
                         "to": {"type": "string", "format": "date-time"}}
        }
      },
      "last_errors": {
        "type": "array", "maxItems": 10,
        "items": {
          "type": "object",
          "properties": {"at": {"type": "string", "format": "date-time"},
                         "outcome": {"enum": ["unreachable", "unknown", "refused"]}, "answer": {"type": "string"}}
        }
      }
    }
  },
  "WatchedPortList": {
    "type": "object",
    "required": ["ports"],
    "properties": {"ports": {"type": "array", "items": {"$ref": "#/components/schemas/WatchedPort"}}}
  },
  "WatchedKey": {
    "type": "object",
    "properties": {
      "enterprise": {"type": "string"}, "name": {"type": "string"},
      "uri": {"type": "string", "description": "without a PIN"},
      "state": {"enum": ["signs", "rests", "out"]},
      "standing": {"enum": ["in_use", "waiting", "resting", "out_of_use", "relieved"]},
      "detail": {"$ref": "#/components/schemas/InTwoLanguages"},
      "from": {"type": ["string", "null"], "format": "date-time", "description": "when it takes over"},
      "signatures": {"type": "integer"}, "failures": {"type": "integer"},
      "latency_ms": {"type": "number"},
      "certificate": {
        "type": ["object", "null"],
        "properties": {"subject": {"type": "string"}, "issuer": {"type": "string"}, "serial": {"type": "string"},
                       "from": {"type": "string", "format": "date-time"},
                       "until": {"type": "string", "format": "date-time"}, "days_left": {"type": "integer"}}
      }
    }
  },
  "WatchedKeyList": {
    "type": "object",
    "required": ["keys"],
    "properties": {"keys": {"type": "array", "items": {"$ref": "#/components/schemas/WatchedKey"}}}
  },
  "ActKind": {
    "enum": ["replay", "hold", "release", "withdraw", "amend", "disclosure", "port", "match", "resend", "restore", "sign_in",
             "sign_in_refused", "user", "export", "note", "assignment", "correction", "approval"]
  },
  "Act": {
    "type": "object",
    "required": ["id", "at", "by", "kind", "subject", "enterprise", "reason", "digest"],
    "properties": {
      "id": {"type": "string", "description": "1, 2, 3 … without a gap"},
      "at": {"type": "string", "format": "date-time"},
      "by": {"type": "string"},
      "kind": {"$ref": "#/components/schemas/ActKind"},
      "subject": {"type": "string", "description": "the address beneath /v1 of what was acted on"},
      "enterprise": {"type": "string", "description": "whose it is; empty: nobody's, or several ones'"},
      "reason": {"type": "string"},
      "digest": {"type": "string", "description": "SM3 over the act before and this one, hexadecimal"}
    }
  },
  "ActList": {
    "type": "object",
    "required": ["acts", "next"],
    "properties": {
      "acts": {"type": "array", "items": {"$ref": "#/components/schemas/Act"}},
      "next": {"type": ["string", "null"]}
    }
  },
  "ActVerification": {
    "type": "object",
    "required": ["acts", "whole", "breaks"],
    "properties": {
      "acts": {"type": "integer"},
      "whole": {"type": "boolean"},
      "breaks": {
        "type": "array",
        "maxItems": 100,
        "items": {
          "type": "object",
          "required": ["id", "at"],
          "properties": {"id": {"type": "string"}, "at": {"type": "string", "format": "date-time"}}
        }
      }
    }
  }
})json";

}  // namespace

std::vector<CallForm> overview_calls() {
  return {{"get",
           "/v1/overview",
           "getOverview",
           "viewer",
           "一览：状态、流量、等待与告警",
           "How everything stands: states, flow, what waits, alerts; of the caller's enterprises",
           {},
           "",
           {{"200", as_json, "Overview"}},
           {"401", "503"}},
          {"get",
           "/v1/alerts",
           "listAlerts",
           "viewer",
           "告警的开始与结束",
           "Troubles that began and ended, newest first",
           {"state of an alert", "limit", "cursor"},
           "",
           {{"200", as_json, "AlertList"}},
           {"400", "401", "503"}},
          {"get",
           "/v1/ports",
           "listPorts",
           "viewer",
           "口岸的状况",
           "How each port is doing",
           {},
           "",
           {{"200", as_json, "WatchedPortList"}},
           {"401", "503"}},
          {"post",
           "/v1/ports/{name}/actions",
           "orderPort",
           "operator",
           "暂停、恢复口岸，或设定并发",
           "Pause a port, resume it, or set how much goes at the same time",
           {"name of a port"},
           "PortOrder",
           {{"200", as_json, "WatchedPort"}},
           {"400", "401", "403", "404", "422", "503"},
           about_port_orders},
          {"get",
           "/v1/keys",
           "listKeys",
           "viewer",
           "密钥与证书的状况",
           "How each key is doing, and its certificate",
           {},
           "",
           {{"200", as_json, "WatchedKeyList"}},
           {"401", "503"}}};
}

std::vector<CallForm> audit_calls() {
  return {{"get",
           "/v1/audit",
           "listActs",
           "operator",
           "操作审计：谁做了什么",
           "What persons did, newest first",
           {"done since", "done until", "done by", "kind of act", "acts on a document", "limit", "cursor"},
           "",
           {{"200", as_json, "ActList"}},
           {"400", "401", "403", "503"}},
          {"get",
           "/v1/audit/verification",
           "verifyActs",
           "operator",
           "核对操作审计是否完整",
           "Whether the record of acts is whole: their chain, from the first to the last",
           {},
           "",
           {{"200", as_json, "ActVerification"}},
           {"401", "403", "503"}}};
}

std::string_view overview_schemas() { return schemas_of_overview; }

}  // namespace gateway::intake

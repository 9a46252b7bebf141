#include "gateway/intake/openapi_orders.h"

namespace gateway::intake {
namespace {

constexpr std::string_view about_replays =
    "either a preview (dry_run, filter, action, mode, reason, limit) or the run of one (preview, pace; what else is "
    "said "
    "again has to be what was previewed). A filter that finds more than limit is refused with the count. A run moves "
    "exactly the documents of its preview; what moved meanwhile is passed over. A preview lasts an hour";

constexpr std::string_view schemas_of_orders = R"json({
  "ReplayFilter": {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": false,
    "properties": {
      "ids": {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 1000},
      "type": {"type": "string"},
      "key": {"type": "string", "description": "the whole key, or the number"},
      "number": {"type": "string"},
      "state": {"$ref": "#/components/schemas/State"},
      "enterprise": {"type": "string"},
      "port": {"type": "string"},
      "reason": {"type": "string", "description": "a part of the reason they are where they are"},
      "since": {"type": "string", "format": "date-time"},
      "until": {"type": "string", "format": "date-time"}
    }
  },
  "ReplayOrder": {
    "type": "object",
    "additionalProperties": false,
    "oneOf": [{"required": ["dry_run", "filter", "reason"]}, {"required": ["preview"]}],
    "properties": {
      "dry_run": {"const": true},
      "preview": {"type": "string", "description": "the id of a preview, which is to be run"},
      "filter": {"$ref": "#/components/schemas/ReplayFilter"},
      "action": {"enum": ["replay", "hold", "release", "withdraw"], "default": "replay"},
      "mode": {"enum": ["same-bytes", "sealed-again"], "description": "of a replay"},
      "reason": {"type": "string", "minLength": 1, "maxLength": 500},
      "limit": {"type": "integer", "minimum": 1, "maximum": 100000, "default": 1000},
      "pace": {"type": "integer", "minimum": 1, "maximum": 10000, "default": 50, "description": "documents a second"}
    }
  },
  "Replay": {
    "type": "object",
    "required": ["id", "state", "action", "mode", "reason", "by", "pace", "created_at", "matched", "pending", "moved",
                 "passed_over"],
    "properties": {
      "id": {"type": "string"},
      "state": {"enum": ["preview", "running", "done", "stopped"]},
      "action": {"enum": ["replay", "hold", "release", "withdraw"]},
      "mode": {"type": "string"},
      "reason": {"type": "string"},
      "by": {"type": "string"},
      "filter": {"$ref": "#/components/schemas/ReplayFilter"},
      "limit": {"type": "integer"},
      "pace": {"type": "integer"},
      "created_at": {"type": "string", "format": "date-time"},
      "expires_at": {"type": ["string", "null"], "format": "date-time"},
      "started_at": {"type": ["string", "null"], "format": "date-time"},
      "finished_at": {"type": ["string", "null"], "format": "date-time"},
      "stopped_by": {"type": "string"},
      "matched": {"type": "integer", "description": "found by the filter when it was previewed"},
      "pending": {"type": "integer", "description": "still to be moved"},
      "moved": {"type": "integer"},
      "passed_over": {"type": "integer", "description": "moved by something else since the preview"},
      "would": {"type": "object", "additionalProperties": {"type": "integer"}, "description": "by the state they go to"},
      "not_allowed": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": {"zh": {"type": "string"}, "en": {"type": "string"}, "count": {"type": "integer"}}
        }
      },
      "by_state": {"type": "object", "additionalProperties": {"type": "integer"}},
      "by_type": {"type": "object", "additionalProperties": {"type": "integer"}},
      "by_enterprise": {"type": "object", "additionalProperties": {"type": "integer"}},
      "examples": {"type": "array", "items": {"$ref": "#/components/schemas/ReplayExample"}},
      "examples_not_allowed": {"type": "array", "items": {"$ref": "#/components/schemas/ReplayExample"}}
    }
  },
  "ReplayExample": {
    "type": "object",
    "properties": {
      "id": {"type": "string"},
      "key": {"type": "string"},
      "state": {"$ref": "#/components/schemas/State"},
      "would": {"$ref": "#/components/schemas/State"},
      "zh": {"type": "string"},
      "en": {"type": "string"}
    }
  },
  "ReplayList": {
    "type": "object",
    "required": ["replays", "next"],
    "properties": {
      "replays": {"type": "array", "items": {"$ref": "#/components/schemas/Replay"}},
      "next": {"type": ["string", "null"]}
    }
  },
  "InboundState": {"enum": ["fresh", "applied", "unmatched", "foreign", "unreadable"]},
  "InboundRecord": {
    "type": "object",
    "required": ["digest", "state", "reason", "port", "source", "dxp_id", "received_at", "text"],
    "properties": {
      "digest": {"type": "string"},
      "state": {"$ref": "#/components/schemas/InboundState"},
      "reason": {"type": "string"},
      "port": {"type": "string"},
      "source": {"type": "string"},
      "dxp_id": {"type": "string"},
      "received_at": {"type": "string", "format": "date-time"},
      "text": {"type": "string", "description": "the beginning, long numbers masked"},
      "bytes": {"type": "string", "contentEncoding": "base64", "description": "of one record alone"},
      "matched_again": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": {
            "at": {"type": "string", "format": "date-time"},
            "by": {"type": "string"},
            "reason": {"type": "string"}
          }
        }
      }
    }
  },
  "InboundList": {
    "type": "object",
    "required": ["records", "next"],
    "properties": {
      "records": {"type": "array", "items": {"$ref": "#/components/schemas/InboundRecord"}},
      "next": {"type": ["string", "null"]}
    }
  },
  "InboundOrder": {
    "type": "object",
    "required": ["reason"],
    "additionalProperties": false,
    "properties": {
      "state": {"enum": ["unmatched", "unreadable", "foreign"], "default": "unmatched"},
      "limit": {"type": "integer", "minimum": 1, "maximum": 10000, "default": 1000},
      "reason": {"type": "string", "minLength": 1, "maxLength": 500}
    }
  },
  "InboundReason": {
    "type": "object",
    "required": ["reason"],
    "additionalProperties": false,
    "properties": {"reason": {"type": "string", "minLength": 1, "maxLength": 500}}
  },
  "InboundMatched": {
    "type": "object",
    "required": ["to_be_matched"],
    "properties": {"to_be_matched": {"type": "integer"}}
  }
})json";

}  // namespace

std::vector<CallForm> order_calls() {
  return {{"post",
           "/v1/replays",
           "postReplay",
           "operator",
           "预览或执行批量操作",
           "Preview or run an order for many documents",
           {},
           "ReplayOrder",
           {{"200", as_json, "Replay"}, {"202", as_json, "Replay"}},
           {"400", "401", "403", "404", "409", "422", "503"},
           about_replays},
          {"get",
           "/v1/replays",
           "listReplays",
           "operator",
           "批量操作列表",
           "The orders for many documents, newest first",
           {"limit", "cursor"},
           "",
           {{"200", as_json, "ReplayList"}},
           {"400", "401", "403", "503"}},
          {"get",
           "/v1/replays/{id}",
           "getReplay",
           "operator",
           "批量操作的进度",
           "One order and how far it is",
           {"id"},
           "",
           {{"200", as_json, "Replay"}},
           {"401", "403", "404", "503"}},
          {"post",
           "/v1/replays/{id}/stop",
           "stopReplay",
           "operator",
           "停止批量操作",
           "Stop an order; what was moved stays moved",
           {"id"},
           "",
           {{"200", as_json, "Replay"}},
           {"401", "403", "404", "409", "503"}}};
}

std::vector<CallForm> inbound_calls() {
  return {{"get",
           "/v1/inbound",
           "listInbound",
           "viewer",
           "从口岸收到的记录",
           "What came from ports, newest first",
           {"state of a record", "port", "source", "received since", "received until", "limit", "cursor"},
           "",
           {{"200", as_json, "InboundList"}},
           {"400", "401", "503"}},
          {"post",
           "/v1/inbound/match",
           "matchInbound",
           "operator",
           "重新匹配一类记录",
           "Have the records of a state matched anew",
           {},
           "InboundOrder",
           {{"200", as_json, "InboundMatched"}},
           {"400", "401", "403", "422", "503"}},
          {"get",
           "/v1/inbound/{digest}",
           "getInbound",
           "operator",
           "一条记录及其原文",
           "One record with its bytes",
           {"digest"},
           "",
           {{"200", as_json, "InboundRecord"}},
           {"401", "403", "404", "503"}},
          {"post",
           "/v1/inbound/{digest}/match",
           "matchInboundRecord",
           "operator",
           "重新匹配一条记录",
           "Have one record matched anew",
           {"digest"},
           "InboundReason",
           {{"200", as_json, "InboundRecord"}},
           {"400", "401", "403", "404", "409", "422", "503"}}};
}

std::string_view order_schemas() { return schemas_of_orders; }

}  // namespace gateway::intake

#include "gateway/intake/openapi_imports.h"

namespace gateway::intake {
namespace {

constexpr std::string_view about_imports =
    "documents that another system sent: they are never sent from here, but their receipts, changes and cancellations "
    "go "
    "on here. All or nothing. A row that is known already changes nothing, or adds what it tells of an imported "
    "document; "
    "the same key with another guid, or a guid of another document, is 409";

constexpr std::string_view schemas_of_imports = R"json({
  "ImportRow": {
    "type": "object",
    "required": ["type", "enterprise"],
    "description": "the document by key, by the parts of its key, or whole; further members by element name: the parts of the key and the related numbers of the type (orderNo, copNo …). Whole numbers may be JSON numbers and are taken by their own characters; an empty text or null is absent",
    "properties": {
      "type": {"$ref": "#/components/schemas/DeclarationType"},
      "enterprise": {"type": "string"},
      "key": {"type": "string", "description": "TYPE/PART/…/NUMBER"},
      "document": {"type": ["object", "null"], "description": "as it was sent; not judged anew"},
      "guid": {"type": "string", "description": "the document's; needed here or in document"},
      "message_guid": {"type": "string", "description": "the root's"},
      "appType": {"type": "string", "default": "1"},
      "appStatus": {"type": "string"},
      "appTime": {"type": "string", "description": "14 digits of China time; needed here or in document"},
      "sent_at": {"type": "string", "description": "China time in digits or RFC 3339; appTime if absent"},
      "preNo": {"type": "string"},
      "invtNo": {"type": "string"},
      "sumNo": {"type": "string"},
      "customs_guid": {"type": "string", "description": "re_elist_guid_cus"},
      "stage": {"type": "string", "description": "the last returnStatus; empty: nothing heard yet"},
      "returnTime": {"type": "string", "description": "of the stage; needed with it"},
      "returnInfo": {"type": "string"},
      "port": {"type": "string", "description": "the enterprise's if absent"},
      "version": {"type": "string", "default": "1"}
    }
  },
  "ImportRows": {
    "type": "array", "minItems": 1, "maxItems": 1000, "items": {"$ref": "#/components/schemas/ImportRow"}
  },
  "ImportResult": {
    "type": "object",
    "required": ["result", "type", "key", "number", "version", "state", "stage", "outcome"],
    "properties": {
      "result": {"enum": ["imported", "updated", "known"]},
      "id": {"type": "string", "description": "absent of a new one in a dry run"},
      "type": {"type": "string"},
      "key": {"type": "string"},
      "number": {"type": "string"},
      "version": {"type": "integer"},
      "state": {"$ref": "#/components/schemas/State"},
      "stage": {"type": "string"},
      "outcome": {"type": "string"},
      "href": {"type": "string"}
    }
  },
  "ImportResults": {
    "type": "array",
    "description": "in request order",
    "items": {"oneOf": [{"$ref": "#/components/schemas/ImportResult"}, {"$ref": "#/components/schemas/NotTaken"}]}
  }
})json";

}  // namespace

std::vector<CallForm> import_calls() {
  return {{"post",
           "/v1/imports",
           "postImport",
           "operator",
           "导入由其他系统发送的单证",
           "Take over documents that another system sent",
           {"partial", "dry_run"},
           "ImportRows",
           {{"200", as_json, "ImportResults"}},
           {"400", "401", "403", "409", "413", "422", "503"},
           about_imports}};
}

std::string_view import_schemas() { return schemas_of_imports; }

}  // namespace gateway::intake

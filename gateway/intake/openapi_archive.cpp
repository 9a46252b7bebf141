#include "gateway/intake/openapi_archive.h"

namespace gateway::intake {
namespace {

constexpr std::string_view schemas = R"json({
  "RestoreOrder": {
    "type": "object",
    "required": ["document", "reason"],
    "additionalProperties": false,
    "properties": {
      "document": {"type": "string", "minLength": 1, "description": "id, key or number of the archived document"},
      "reason": {"type": "string", "minLength": 1, "maxLength": 2000}
    }
  },
  "Restored": {
    "allOf": [
      {"$ref": "#/components/schemas/Summary"},
      {
        "type": "object",
        "required": ["file"],
        "properties": {"file": {"type": "string", "description": "the archive's file that it came from"}}
      }
    ]
  }
})json";

}  // namespace

std::vector<CallForm> archive_calls() {
  return {{"post",
           "/v1/archive/restore",
           "restoreArchived",
           "operator",
           "把归档的单证恢复到账本",
           "Bring an archived document back",
           {},
           "RestoreOrder",
           {{"200", "application/json", "Restored"}},
           {"400", "401", "403", "404", "409", "422", "500", "503"},
           "only where the settings name an archive"}};
}

std::string_view archive_schemas() { return schemas; }

}  // namespace gateway::intake

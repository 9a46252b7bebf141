#include "gateway/intake/openapi_accounts.h"

namespace gateway::intake {
namespace {

constexpr std::string_view about_password =
    "of a session by name and password; after a one-time code `old` is not needed. Every other session of the name "
    "ends";

constexpr std::string_view schemas_of_accounts = R"json({
  "SignInOrder": {
    "description": "a name and its password, or a client's bearer token, or a one-time code",
    "oneOf": [
      {"type": "object", "required": ["name", "password"], "additionalProperties": false,
       "properties": {"name": {"type": "string"}, "password": {"type": "string"}}},
      {"type": "object", "required": ["token"], "additionalProperties": false, "properties": {"token": {"type": "string"}}},
      {"type": "object", "required": ["code"], "additionalProperties": false, "properties": {"code": {"type": "string"}}}
    ]
  },
  "PasswordOrder": {
    "type": "object", "required": ["new"], "additionalProperties": false,
    "properties": {
      "old": {"type": "string"},
      "new": {"type": "string", "minLength": 12, "maxLength": 200}
    }
  },
  "Session": {
    "type": "object",
    "required": ["name", "role", "enterprises", "language", "csrf", "signed_in_at", "expires_at", "idle_expires_at", "by", "accounts"],
    "properties": {
      "name": {"type": "string"},
      "role": {"enum": ["viewer", "submitter", "operator", "approver", "admin"]},
      "enterprises": {"type": "array", "items": {"type": "string"}, "description": "their codes, or * for all"},
      "language": {"enum": [null, "zh", "en"], "description": "by Accept-Language"},
      "csrf": {"type": "string", "description": "goes as X-CSRF-Token with every call by the cookie that is no GET or HEAD"},
      "signed_in_at": {"type": "string", "format": "date-time"},
      "expires_at": {"type": "string", "format": "date-time"},
      "idle_expires_at": {"type": "string", "format": "date-time", "description": "if nothing comes until then"},
      "by": {"enum": ["password", "token", "code"]},
      "accounts": {"type": "integer", "description": "how many users there are"}
    }
  },
  "SessionList": {
    "type": "object",
    "required": ["sessions"],
    "properties": {
      "sessions": {
        "type": "array",
        "items": {
          "type": "object",
          "required": ["id", "name", "signed_in_at", "last_seen_at", "expires_at", "address", "agent", "current"],
          "properties": {
            "id": {"type": "string"},
            "name": {"type": "string"},
            "signed_in_at": {"type": "string", "format": "date-time"},
            "last_seen_at": {"type": "string", "format": "date-time"},
            "expires_at": {"type": "string", "format": "date-time"},
            "address": {"type": "string"},
            "agent": {"type": "string"},
            "current": {"type": "boolean"}
          }
        }
      }
    }
  },
  "UserList": {
    "type": "object",
    "required": ["users"],
    "properties": {
      "users": {
        "type": "array",
        "items": {
          "type": "object",
          "required": ["name", "role", "enterprises", "disabled", "created_at", "last_signed_in_at"],
          "properties": {
            "name": {"type": "string"},
            "role": {"type": "string"},
            "enterprises": {"type": "array", "items": {"type": "string"}},
            "disabled": {"type": "boolean"},
            "created_at": {"type": "string", "format": "date-time"},
            "last_signed_in_at": {"type": ["string", "null"], "format": "date-time"}
          }
        }
      }
    }
  }
})json";

std::vector<CallForm> session_calls() {
  return {{"post",
           "/v1/session",
           "signIn",
           "",
           "登录",
           "Sign in: a session and its cookie",
           {},
           "SignInOrder",
           {{"201", as_json, "Session"}},
           {"400", "401", "403", "422", "429", "503"}},
          {"get",
           "/v1/session",
           "getSession",
           "",
           "本次登录",
           "The session that the cookie stands for",
           {},
           "",
           {{"200", as_json, "Session"}},
           {"401", "503"}},
          {"delete",
           "/v1/session",
           "signOut",
           "viewer",
           "退出登录",
           "Sign out",
           {},
           "",
           {{"204", "", ""}},
           {"401", "403", "404", "503"}},
          {"post",
           "/v1/session/password",
           "changePassword",
           "viewer",
           "修改密码",
           "Change one's own password",
           {},
           "PasswordOrder",
           {{"204", "", ""}},
           {"400", "401", "403", "422", "429", "503"},
           about_password}};
}

}  // namespace

std::vector<CallForm> account_calls() {
  std::vector<CallForm> calls = session_calls();
  calls.insert(calls.end(), {{"get",
                              "/v1/sessions",
                              "listSessions",
                              "viewer",
                              "自己的登录；管理员可看所有人的",
                              "One's own sessions, or everybody's",
                              {"all"},
                              "",
                              {{"200", as_json, "SessionList"}},
                              {"400", "401", "403", "503"}},
                             {"delete",
                              "/v1/sessions",
                              "signOutEverywhere",
                              "viewer",
                              "在所有地方退出登录",
                              "End all of one's own sessions",
                              {},
                              "",
                              {{"204", "", ""}},
                              {"401", "403", "503"}},
                             {"delete",
                              "/v1/sessions/{id}",
                              "endSession",
                              "viewer",
                              "结束一个登录",
                              "End one session; an administrator anybody's",
                              {"id"},
                              "",
                              {{"204", "", ""}},
                              {"401", "403", "404", "503"}},
                             {"get",
                              "/v1/users",
                              "listUsers",
                              "admin",
                              "可以登录的用户",
                              "Who may sign in",
                              {},
                              "",
                              {{"200", as_json, "UserList"}},
                              {"401", "403", "503"}}});
  return calls;
}

std::string_view account_schemas() { return schemas_of_accounts; }

}  // namespace gateway::intake

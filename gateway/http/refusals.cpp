#include "gateway/http/refusals.h"

#include <utility>

namespace gateway::http {

namespace {

Response refusal(unsigned status, std::string title, std::string code, std::string zh, std::string en) {
  base::Fault fault;
  fault.code = std::move(code);
  fault.zh = std::move(zh);
  fault.en = std::move(en);
  return Response::problem(status, std::move(title), {std::move(fault)});
}

}  // namespace

Response malformed(const std::string& reason) {
  return refusal(400, "Bad Request", "http.malformed", "请求不符合 HTTP/1.1 格式：" + reason + "。",
                 "The request is not well-formed HTTP/1.1: " + reason + ".");
}

Response unauthorized() {
  Response response = refusal(401, "Unauthorized", "http.unauthorized",
                              "缺少令牌或令牌无效；请发送请求头 Authorization: Bearer TOKEN。",
                              "The token is missing or not known; send the header Authorization: Bearer TOKEN.");
  response.headers.set("WWW-Authenticate", "Bearer");
  return response;
}

Response forbidden() {
  return refusal(403, "Forbidden", "http.forbidden", "该令牌的角色无权进行此调用；请使用角色足够的令牌。",
                 "The role of this token does not allow this call; use a token whose role does.");
}

Response not_found() {
  return refusal(404, "Not Found", "http.not_found", "没有此地址；可用的地址见 /v1/openapi.json。",
                 "There is nothing at this path; /v1/openapi.json lists what there is.");
}

Response method_not_allowed(const std::vector<std::string>& allowed) {
  std::string list;
  for (const std::string& method : allowed) list += (list.empty() ? "" : ", ") + method;
  Response response = refusal(405, "Method Not Allowed", "http.method", "此地址只接受：" + list + "。",
                              "This path takes only: " + list + ".");
  response.headers.set("Allow", list);
  return response;
}

Response body_too_large(std::size_t limit_bytes) {
  const std::string limit = std::to_string(limit_bytes);
  return refusal(413, "Content Too Large", "http.body_limit", "请求体超过上限 " + limit + " 字节；请分多次发送。",
                 "The body is over the limit of " + limit + " bytes; send it in several parts.");
}

Response headers_too_large(std::size_t limit_bytes) {
  const std::string limit = std::to_string(limit_bytes);
  return refusal(431, "Request Header Fields Too Large", "http.header_limit", "请求头超过上限 " + limit + " 字节。",
                 "The header is over the limit of " + limit + " bytes.");
}

Response failed_inside() {
  return refusal(500, "Internal Server Error", "http.internal", "网关内部出错，请求未完成；详情见网关日志。",
                 "The gateway failed inside and the request was not completed; its log says why.");
}

Response busy() {
  Response response = refusal(503, "Service Unavailable", "http.busy", "网关繁忙，请稍后重试。",
                              "The gateway is busy; try again a little later.");
  response.headers.set("Retry-After", "1");
  return response;
}

}  // namespace gateway::http

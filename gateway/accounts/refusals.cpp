#include "gateway/accounts/refusals.h"

#include <utility>

#include "gateway/views/answers.h"

namespace gateway::accounts {

namespace {

http::Response refused(unsigned status, std::string title, base::Fault why) {
  return http::Response::problem(status, std::move(title), {std::move(why)});
}

}  // namespace

http::Response not_signed_in() {
  return refused(401, "not signed in",
                 views::fault("api.not_signed_in", "", "尚未登录，或登录已结束；请登录（POST /v1/session）。",
                              "Nobody is signed in here, or the session has ended: sign in (POST /v1/session)."));
}

http::Response no_account_yet(const std::string& settings) {
  const std::string command = "cebgate user add NAME --role admin --enterprise \"*\" --one-time --config " + settings;
  return refused(
      401, "no account yet",
      views::fault("api.no_account_yet", "",
                   "还没有任何账户。请在网关所在的机器上运行：" + command + "，然后用它给出的一次性登录码登录。",
                   "There is no account yet. On the gateway's machine run: " + command +
                       ", and sign in with the one-time code that it prints."));
}

http::Response sign_in_refused() {
  return refused(
      401, "sign-in refused",
      views::fault("api.sign_in_refused", "", "登录未成功：用户名与密码不符，或令牌、一次性登录码无效或已过期。",
                   "The sign-in was refused: name and password do not belong together, or the token or "
                   "one-time code is not good (any more)."));
}

http::Response locked_for(std::chrono::milliseconds time) {
  const std::string seconds = std::to_string(std::chrono::ceil<std::chrono::seconds>(time).count());
  auto response = refused(429, "sign-in locked",
                          views::fault("api.sign_in_locked", "",
                                       "登录失败次数过多，请在 " + seconds + " 秒后再试；管理员可签发一次性登录码。",
                                       "Too many sign-ins failed; try again in " + seconds +
                                           " seconds. An administrator can give a one-time code."));
  response.headers.set("Retry-After", seconds);
  return response;
}

http::Response forged() {
  return refused(403, "forged call",
                 views::fault("api.csrf", "header X-CSRF-Token",
                              "缺少防伪令牌或令牌不符；请把 GET /v1/session 的 csrf 放入请求头 X-CSRF-Token。",
                              "The token against forged calls is missing or not this session's: send `csrf` of GET "
                              "/v1/session as the header X-CSRF-Token."));
}

http::Response from_another_site() {
  return refused(
      403, "from another site",
      views::fault("api.foreign_site", "header Origin", "请求来自其他网站的页面，已拒绝；请从网关自己的控制台操作。",
                   "A page of another site made this call; use the gateway's own console."));
}

http::Response no_password() {
  return refused(403, "no password",
                 views::fault("api.no_password", "", "此调用方没有密码（以令牌登录或调用）；令牌在网关的设置中更换。",
                              "Who calls by a token has no password; tokens are changed in the gateway's settings."));
}

http::Response wrong_old_password() {
  return refused(403, "wrong password",
                 views::fault("api.old_password", "/old", "原密码不符。", "This is not the present password."));
}

http::Response admin_alone() {
  return refused(403, "for administrators",
                 views::fault("api.admin_alone", "?all", "只有管理员可以查看所有人的登录。",
                              "Only an administrator may see everybody's sessions."));
}

http::Response unknown_session() {
  return refused(404, "unknown session",
                 views::fault("api.unknown_session", "", "没有这个登录，或无权结束它。",
                              "There is no such session, or it is not the caller's to end."));
}

}  // namespace gateway::accounts

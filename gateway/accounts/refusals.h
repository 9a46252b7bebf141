// What those are told who may not in, each as a problem with what to do.
#pragma once

#include <chrono>
#include <string>

#include "gateway/http/message.h"

namespace gateway::accounts {

http::Response not_signed_in();                              // 401
http::Response no_account_yet(const std::string& settings);  // 401, with the command to run
http::Response sign_in_refused();                            // 401, whatever was wrong
http::Response locked_for(std::chrono::milliseconds time);   // 429 with Retry-After
http::Response forged();                                     // 403
http::Response from_another_site();                          // 403
http::Response no_password();                                // 403: who came by a token has none
http::Response wrong_old_password();                         // 403
http::Response admin_alone();                                // 403
http::Response unknown_session();                            // 404

}  // namespace gateway::accounts

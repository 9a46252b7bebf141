// The answers the listener gives by itself, each a problem with one fault that says what is allowed.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "gateway/http/message.h"

namespace gateway::http {

Response malformed(const std::string& reason);
Response unauthorized();
Response forbidden();
Response not_found();
Response method_not_allowed(const std::vector<std::string>& allowed);
Response body_too_large(std::size_t limit_bytes);
Response headers_too_large(std::size_t limit_bytes);
Response failed_inside();
Response busy();

}  // namespace gateway::http

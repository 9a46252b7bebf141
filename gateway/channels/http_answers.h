// What a port's answer over HTTP says of a message that was posted to it, where it does not say that it took it. Pure.
#pragma once

#include <string>
#include <string_view>

#include "gateway/channels/channel.h"
#include "gateway/http/client.h"

namespace gateway::channels {

std::string_view trimmed(std::string_view text);
std::string shortened(std::string_view utf8);              // to a thousand characters
std::string said_by_port(const http::Response& response);  // status and words, shortened

// 429 and 503: not now. Another 5xx: it may have been taken. Everything else: it was not.
Answer refused_by_status(const http::Response& response);
Answer not_answered(const http::Exchange& exchange);

}  // namespace gateway::channels

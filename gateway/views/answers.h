// What several calls answer alike, and the words of a fault in one line. Safe from every thread.
#pragma once

#include <boost/json/value.hpp>
#include <chrono>
#include <string>

#include "base/fault.h"
#include "gateway/http/message.h"

namespace gateway::views {

base::Fault fault(std::string code, std::string path, std::string zh, std::string en);
base::Fault warning(std::string code, std::string path, std::string zh, std::string en);

http::Response json_answer(unsigned status, const boost::json::value& value);
// 404, the same for a document that does not exist and for one that the caller may not see.
http::Response unknown_document();
// 503 with Retry-After.
http::Response busy(std::string zh, std::string en, std::chrono::seconds retry_after);

}  // namespace gateway::views

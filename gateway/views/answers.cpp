#include "gateway/views/answers.h"

#include <boost/json/serialize.hpp>
#include <utility>

namespace gateway::views {
base::Fault fault(std::string code, std::string path, std::string zh, std::string en) {
  base::Fault made;
  made.code = std::move(code);
  made.path = std::move(path);
  made.zh = std::move(zh);
  made.en = std::move(en);
  return made;
}

base::Fault warning(std::string code, std::string path, std::string zh, std::string en) {
  base::Fault made = fault(std::move(code), std::move(path), std::move(zh), std::move(en));
  made.severity = base::Severity::warning;
  return made;
}

http::Response json_answer(unsigned status, const boost::json::value& value) {
  return http::Response::json(status, boost::json::serialize(value));
}

http::Response unknown_document() {
  return http::Response::problem(404, "no such document",
                                 {fault("api.unknown_document", "", "没有这样的单证，或者无权查看。",
                                        "There is no such document, or this client may not see it.")});
}

http::Response busy(std::string zh, std::string en, std::chrono::seconds retry_after) {
  http::Response response =
      http::Response::problem(503, "too much is waiting", {fault("api.busy", "", std::move(zh), std::move(en))});
  response.headers.set("Retry-After", std::to_string(retry_after.count()));
  return response;
}

}  // namespace gateway::views

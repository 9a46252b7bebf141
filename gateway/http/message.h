// A request and a response as our own values, the same for the listener and the client.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/fault.h"

namespace gateway::http {

struct Headers {
  std::vector<std::pair<std::string, std::string>> fields;
  std::string_view get(std::string_view name) const;  // names ignore case; "" if absent
  void set(std::string name, std::string value);
};

class BodyStream;

// drop_connection: the request was taken, but the client is to see the connection break instead of an answer.
enum class Delivery { answer, drop_connection };

struct Response {
  unsigned status = 200;
  Headers headers;
  std::string body;
  Delivery delivery = Delivery::answer;
  std::shared_ptr<BodyStream> stream{};  // of the listener's: comes in place of `body`

  static Response json(unsigned status, std::string body);
  static Response text(unsigned status, std::string body, std::string content_type = "text/plain; charset=utf-8");
  // application/problem+json (RFC 9457) with every fault.
  static Response problem(unsigned status, std::string title, const base::Faults& faults = {});
};

// One fault as the contract prints it: {"line","path","code","severity","zh","en","source"}.
std::string fault_json(const base::Fault& fault);
std::string faults_json(const base::Faults& faults);

}  // namespace gateway::http

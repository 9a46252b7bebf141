#include "tools/platform/received.h"

#include <boost/json.hpp>

namespace tools::platform {
namespace {

namespace json = boost::json;

json::object signature_json(const SignatureVerdict& signature) {
  json::object object{{"valid", signature.valid}, {"dialect", signature.dialect}};
  if (!signature.reason.empty()) object["reason"] = signature.reason;
  return object;
}

json::array faults_json(const base::Faults& faults) {
  json::array array;
  for (const base::Fault& fault : faults) {
    array.push_back(json::object{
        {"line", fault.line}, {"path", fault.path}, {"code", fault.code}, {"zh", fault.zh}, {"en", fault.en}});
  }
  return array;
}

json::object message_json(const ReceivedMessage& message) {
  json::object object{{"guid", message.guid},
                      {"type", message.type},
                      {"dxp_id", message.dxp_id},
                      {"cop_code", message.cop_code},
                      {"keys", json::array(message.keys.begin(), message.keys.end())},
                      {"signature", signature_json(message.signature)},
                      {"at", base::rfc3339(message.at)},
                      {"deliveries", message.deliveries}};
  if (!message.faults.empty()) object["faults"] = faults_json(message.faults);
  return object;
}

}  // namespace

ReceivedMessage& ReceivedMessages::note(const Arrival& arrival, std::vector<std::string> keys) {
  const auto known = by_guid_.find(arrival.guid);
  if (known == by_guid_.end()) {
    if (!arrival.guid.empty()) by_guid_[arrival.guid] = messages_.size();
    messages_.emplace_back().at = arrival.at;
  }
  ReceivedMessage& message = known == by_guid_.end() ? messages_.back() : messages_[known->second];
  message.guid = arrival.guid;
  message.type = arrival.type;
  message.dxp_id = arrival.dxp_id;
  message.cop_code = arrival.cop_code;
  message.keys = std::move(keys);
  message.signature = arrival.signature;
  message.faults = arrival.faults;
  ++message.deliveries;
  return message;
}

std::string ReceivedMessages::json() const {
  json::array array;
  for (const ReceivedMessage& message : messages_) array.push_back(message_json(message));
  return json::serialize(array);
}

}  // namespace tools::platform

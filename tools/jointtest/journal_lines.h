// The lines of a run's journal as JSON, both ways. Bytes are Base64, times RFC 3339. What is missing is empty. Pure.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "tools/jointtest/journal.h"
#include "tools/jointtest/results.h"

namespace tools::jointtest {

boost::json::object run_line(const Progressed& whole);
boost::json::object step_json(const StepResult& step);
boost::json::object message_json(const MessageResult& message);
boost::json::object enterprise_json(const RunResult::Enterprise& enterprise);

Progressed read_run_line(const boost::json::object& line);
StepResult read_step(const boost::json::value& value);
MessageResult read_message(const boost::json::value& value);
RunResult::Enterprise read_enterprise(const boost::json::value& value);

// A member's text; "" where it is absent or no text.
std::string text_of(const boost::json::value& object, std::string_view name);
std::size_t number_of(const boost::json::value& object, std::string_view name);
const boost::json::array& array_of(const boost::json::value& object, std::string_view name);

std::string_view word(Verdict verdict);

}  // namespace tools::jointtest

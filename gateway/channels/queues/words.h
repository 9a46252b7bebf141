// What every kind of broker may be told of, as faults for people. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/fault.h"
#include "config/settings.h"

namespace gateway::channels::queues {

base::Fault broker_fault(std::string code, const std::string& address, std::string zh, std::string en);
base::Fault unreachable(const std::string& address, const std::string& detail);
// The user, or the file of the certificate that the broker reads one from.
std::string login_name(const config::Port& port);

base::Fault login_refused(const std::string& address, const std::string& user, const std::string& said);
base::Fault no_queue(const std::string& address, const std::string& queue, const std::string& said);
base::Fault too_large(const std::string& address, const std::string& queue, std::uint64_t bytes,
                      std::size_t most_bytes);

// Chinese and English in one line, for an answer.
std::string line(const base::Fault& fault);

}  // namespace gateway::channels::queues

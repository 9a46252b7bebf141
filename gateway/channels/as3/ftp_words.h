// How a connection to an FTP server is made, by the settings; and what becomes of libcurl's and the server's words when
// a call fails. Of this module alone. Any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <curl/curl.h>
#include <string>
#include <string_view>

#include "base/fault.h"
#include "config/settings.h"

namespace gateway::channels::as3 {

void set_connection_options(CURL* curl, const config::Port& port, std::chrono::milliseconds longest_connecting);

// Servers may ask that data connections resume the session of the control connection. libcurl does so with TLS 1.2;
// with TLS 1.3, whose tickets come late and hold once, for the first of them alone: then every call has a login of its
// own.
enum class Tls { resumed, anew };
void set_tls(CURL* curl, Tls tls);

// `said`: the server's last line.
base::Fault fault_of_call(const std::string& url, CURLcode code, const std::string& library, std::string_view said);
std::string words_of(const base::Faults& faults);  // of the first, in both languages
base::Fault too_large(const std::string& name, std::size_t most_bytes);

// Whether the line is a no (4yz, 5yz) that does not end the session (421).
bool is_refusal(std::string_view said);

}  // namespace gateway::channels::as3

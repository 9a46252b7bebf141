// The faults of keys behind a vendor's library, in words. `key` is the key's URI, which holds no secret.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/fault.h"
#include "signing/dialect.h"
#include "signing/gmt/code_names.h"

namespace signing::gmt {

base::Fault form_fault(std::string zh, std::string en);
base::Fault library_fault(std::string zh, std::string en);
base::Fault certificate_fault(std::string zh, std::string en);

base::Fault silent_fault(const std::string& key, std::chrono::milliseconds timeout);
base::Fault silent_fault(const std::string& key, const Answer& answer);  // the device timed out by itself
base::Fault absent_fault(const std::string& key, const Answer& answer);
base::Fault absent_fault(std::string zh, std::string en);
base::Fault pin_needed_fault(const std::string& key, const Answer& answer);
base::Fault pin_refused_fault(const std::string& key, const Answer& answer, std::optional<unsigned> tries_left);
base::Fault pin_spared_fault(const std::string& key);  // one try remains, and it is not spent
base::Fault locked_fault(const std::string& key);
base::Fault sign_fault(const std::string& key, const Answer& answer);
base::Fault misplaced_value_fault(const std::string& key);  // r or s has more than 32 bytes
base::Fault value_size_fault(const std::string& key, std::size_t bytes, std::size_t wanted_bytes);
base::Fault unproven_fault(const std::string& key, const std::string& serial);
base::Fault wrong_kind_fault(const std::string& key, KeyKind found);

}  // namespace signing::gmt

// The faults of AS2; their codes begin with "as2.", and disposition.h says what an MDN calls them.
#pragma once

#include <cstddef>
#include <string>

#include "base/fault.h"

namespace codecs::as2 {

base::Fault fault(std::string code, std::string zh, std::string en, std::string source = {});

base::Fault broken_mime(const std::string& zh, const std::string& en);  // as2.mime
base::Fault too_large(const std::string& what_zh, const std::string& what_en, std::size_t most_bytes);

// as2.agreement: what the agreement with the partner, or the caller, must say and does not.
base::Fault agreement_fault(std::string field, std::string zh, std::string en);

}  // namespace codecs::as2

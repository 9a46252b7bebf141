// How a message was taken, as an MDN says it (RFC 4130 §7.4.3, §7.5). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/fault.h"

namespace codecs::as2 {

struct Disposition {
  enum class Kind { processed, processed_with_warning, processed_with_error, failed };
  Kind kind = Kind::processed;
  std::string modifier;  // "decryption-failed"; empty where it was processed and no more is to be said

  bool operator==(const Disposition&) const = default;
};

// What the sender is told where reading its message gave these faults; there is at least one.
Disposition disposition_of(const base::Faults& faults);

std::string written_disposition(const Disposition& disposition);
std::optional<Disposition> read_disposition(std::string_view written);  // nothing where it cannot be read

}  // namespace codecs::as2

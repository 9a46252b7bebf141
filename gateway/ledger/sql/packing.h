// How the bytes of a message are kept: compressed (zstd, RFC 8878), and without the Base64 of the signed text that an
// envelope repeats. What comes back is what was given, byte for byte. Throws LedgerError for what is damaged.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gateway::ledger::sql {

enum class Packing : std::int64_t { none = 0, zstd = 1 };

struct MessageBytes {
  std::string signed_xml, envelope;
};

MessageBytes packed(std::string_view signed_xml, std::string_view envelope);
MessageBytes unpacked(Packing packing, const MessageBytes& kept);

}  // namespace gateway::ledger::sql

// The sections of the settings file, one function each: the section's reader -> its struct, every fault told to the
// reader. Relative paths start at `folder`.
#pragma once

#include <filesystem>

#include "config/settings.h"
#include "config/table_reader.h"

namespace config {

inline constexpr std::size_t most_id_characters_of_dxp = 16;  // SenderId, ReceiverId (报文规范 202205 §4.4)

Server read_server(TableReader reader, const std::filesystem::path& folder);
Ledger read_ledger(TableReader reader, const std::filesystem::path& folder);
Schemas read_schemas(TableReader reader, const std::filesystem::path& folder);
Signatures read_signatures(TableReader reader, const std::filesystem::path& folder);
std::optional<Archive> read_archive(TableReader reader, const std::filesystem::path& folder);
Console read_console(TableReader reader);
Dialect read_dialect(TableReader& reader);
Port read_port(TableReader& reader, const std::filesystem::path& folder, const std::vector<Dialect>& dialects);
Agreement read_agreement(TableReader reader, const std::filesystem::path& folder);  // of a port over AS2 or AS3
Enterprise read_enterprise(TableReader& reader, const std::filesystem::path& folder,
                           const std::vector<Dialect>& dialects);
std::vector<SigningKey> read_keys(TableReader& reader, const std::filesystem::path& folder);
Client read_client(TableReader& reader);
std::optional<Notifying> read_notifying(TableReader& reader);  // of a client; nothing: it is not told

}  // namespace config

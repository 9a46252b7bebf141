#include "gateway/ledger/chain.h"

#include <algorithm>
#include <array>

#include "base/digest.h"

namespace gateway::ledger {

std::string digest_of(std::span<const std::string_view> fields) {
  std::string bytes;
  for (const std::string_view field : fields) {
    bytes.append(std::to_string(field.size())).append(":").append(field).append(",");
  }
  return base::sm3(bytes);
}

std::string link(std::string_view previous, std::string_view guid, const MoveRow& entry) {
  const std::string at = std::to_string(entry.at.time_since_epoch().count());
  return digest_of(std::array<std::string_view, 11>{"cebgate-chain-1", previous, guid, at, word(entry.from),
                                                    word(entry.to), entry.stage, entry.outcome, entry.reason, entry.by,
                                                    entry.evidence});
}

namespace {

bool is_chained(const ChainEntry& entry) { return !entry.digest.empty(); }

bool follows(const ChainEntry& entry, std::string_view guid, std::string_view previous) {
  return entry.digest == link(previous, guid, entry.move);
}

// Where nothing before it was chained, the chain begins here.
bool follows_version(const ChainEntry& first, std::string_view guid, std::span<const ChainedVersion> earlier) {
  for (auto before = earlier.rbegin(); before != earlier.rend(); ++before) {
    if (std::ranges::none_of(before->entries, is_chained)) continue;
    return std::ranges::any_of(before->entries, [&](const ChainEntry& entry) {
      return is_chained(entry) && follows(first, guid, entry.digest);
    });
  }
  return follows(first, guid, {});
}

}  // namespace

std::vector<ChainBreak> breaks(std::span<const ChainedVersion> versions) {
  std::vector<ChainBreak> found;
  for (std::size_t version = 0; version < versions.size(); ++version) {
    const auto& [guid, entries] = versions[version];
    bool has_begun = false;
    // What was accepted after a version that was chained from its first entry on was chained as well.
    const bool all_are_chained = std::ranges::any_of(versions.first(version), [](const ChainedVersion& earlier) {
      return !earlier.entries.empty() && is_chained(earlier.entries.front());
    });
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (!is_chained(entries[i])) {
        if (has_begun || all_are_chained) found.push_back({version, i, Break::not_chained});
        continue;
      }
      const bool is_in_place = has_begun ? follows(entries[i], guid, entries[i - 1].digest)
                                         : follows_version(entries[i], guid, versions.first(version));
      if (!is_in_place) found.push_back({version, i, Break::does_not_follow});
      has_begun = true;
    }
  }
  return found;
}

}  // namespace gateway::ledger

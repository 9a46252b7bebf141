// The Prometheus text of the gateway's measures, made from what is known at this moment. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/clock.h"
#include "gateway/ledger/records.h"
#include "gateway/operations/operations.h"

namespace gateway::operations {

struct Measured {
  ledger::Backlog backlog;
  std::span<const PortHealth> ports;
  std::span<const keys::KeyReport> keys;
  std::uint64_t accepted_total = 0;
  std::span<const ledger::NoticeBacklog> notice_backlog;
  std::span<const NoticeAttempts> notice_attempts;
  std::optional<ArchiveHealth> archive;
  base::Time now;
};

std::string prometheus_text(const Measured& measured);

}  // namespace gateway::operations

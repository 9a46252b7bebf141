// The record of what keys were asked to sign for other systems.
#pragma once

#include <cstdint>

#include "gateway/ledger/records.h"

namespace gateway::ledger {

class SigningsBook {
 public:
  virtual ~SigningsBook() = default;

  virtual std::int64_t record_signing(const Signing& signing) = 0;  // gives its number
  virtual SigningPage signings(const SigningQuery& query) = 0;
};

}  // namespace gateway::ledger

// The device of this shared object, and the entrance of each of its functions.
#pragma once

#include <cstdint>
#include <optional>

#include "tests/signing/gmt/software_device/software_device.h"

namespace tests::gmt {

SoftwareDevice& the_device();

// Counts the call, hangs as long as it is to, and holds the device from then on. The code it is to answer, if any.
struct Entrance {
  explicit Entrance(const char* function);
  std::unique_lock<std::mutex> lock;
  std::optional<std::uint32_t> answer;
};

}  // namespace tests::gmt

#include "tests/signing/gmt/software_device/device_state.h"

namespace tests::gmt {

SoftwareDevice& the_device() {
  static SoftwareDevice& device = *new SoftwareDevice;  // calls may come back when the program ends
  return device;
}

Entrance::Entrance(const char* function) : lock(the_device().mutex) {
  SoftwareDevice& device = the_device();
  device.calls.emplace_back(function);
  device.changed.notify_all();
  device.changed.wait(lock, [&] { return !device.hanging.contains(function); });
  const auto found = device.answers.find(function);
  if (found != device.answers.end()) answer = found->second;
}

extern "C" SoftwareDevice* give_software_device() { return &the_device(); }

}  // namespace tests::gmt

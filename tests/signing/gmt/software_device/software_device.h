// Smart keys and a crypto machine in software: what a test plugs in, sets up and spoils, and what it learns. It lives
// in the shared object that is opened as a vendor's library; take the mutex for every use.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace tests::gmt {

struct SoftContainer {
  std::string key_file;          // PEM
  std::string certificate_file;  // PEM; empty: the container holds none
};

struct SoftApplication {
  std::string pin = "135790";
  unsigned most_tries = 8, tries_left = 8;
  std::map<std::string, SoftContainer> containers{};
};

struct SoftToken {
  bool plugged = true;
  unsigned times_plugged = 1;  // a handle of an earlier time is invalid
  std::map<std::string, SoftApplication> applications{};
};

struct SoftMachine {
  std::string password{};                       // empty: it wants none
  std::map<unsigned, std::string> key_files{};  // PEM, by index
  unsigned times_started = 1;                   // a session of an earlier time is invalid
  bool reachable = true;
  bool opens_once = true;  // a second device is refused while one is open
};

enum class Layout { as_standard, misplaced };  // of SM2 values: misplaced ones fill the upper half of their fields

struct SoftwareDevice {
  std::mutex mutex;
  std::condition_variable changed;
  std::map<std::string, SoftToken> tokens{};
  SoftMachine machine{};
  Layout layout = Layout::as_standard;
  std::set<std::string> hanging{};                 // functions that do not return
  std::map<std::string, std::uint32_t> answers{};  // functions that do nothing but answer this
  unsigned gather = 1;                             // a signing call of the machine waits until so many are inside
  std::vector<std::string> calls{};                // every function called, in order
  unsigned inside = 0, most_inside = 0;            // signing calls of the machine
  unsigned open_handles = 0;                       // of both
};

using GiveSoftwareDevice = SoftwareDevice*();
inline constexpr const char* give_software_device_name = "give_software_device";

}  // namespace tests::gmt

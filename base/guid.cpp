#include "base/guid.h"

#include <algorithm>
#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <chrono>

namespace base {

std::string new_guid() {
  thread_local boost::uuids::random_generator make;
  boost::uuids::uuid guid = make();
  auto milliseconds = static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count());
  for (int byte = 5; byte >= 0; --byte, milliseconds >>= 8) {
    guid.data[byte] = static_cast<std::uint8_t>(milliseconds);
  }
  guid.data[6] = static_cast<std::uint8_t>((guid.data[6] & 0x0F) | 0x70);  // the version
  std::string text = boost::uuids::to_string(guid);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c; });
  return text;
}

}  // namespace base

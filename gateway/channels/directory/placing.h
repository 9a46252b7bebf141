// One message on its way into a folder that a vendor's client watches: written under a temporary name, flushed, and
// given its own name, which is always the same for the same message. put() blocks; give_up() may come from another
// thread meanwhile.
#pragma once

#include <atomic>
#include <filesystem>
#include <string>

#include "gateway/channels/channel.h"

namespace gateway::channels::directory {

std::string file_name(const Outgoing& message);  // CEB311Message-GUID.xml

class Placing {
 public:
  // confirmed: it is there and durable. unreachable: it is not, with the reason. unknown: only where the system itself
  // could not say what became of the renaming.
  Answer put(const std::filesystem::path& folder, const Outgoing& message);

  // Whether the client will not see it any more; otherwise it may.
  bool give_up();

 private:
  enum class Stage { writing, renaming, given_up };
  bool goes_on();  // to the renaming

  std::atomic<Stage> stage_{Stage::writing};
};

}  // namespace gateway::channels::directory

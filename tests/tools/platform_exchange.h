// One run of the simulator as those see it who bring messages by the data exchange platform, and such a message.
#pragma once

#include <string>
#include <vector>

#include "codecs/dxp/envelope.h"
#include "tests/tools/platform_documents.h"
#include "tests/tools/platform_signatures.h"
#include "tools/platform/inbox.h"

namespace tests::tools {

inline std::string wrapped(const std::string& xml) {
  codecs::dxp::Envelope envelope;
  envelope.head = {"MESSAGE-1", platform_dxp_id, {"PORT"}, *base::read_china_digits("20260131093000"), "CEB311Message"};
  envelope.data = xml;
  return codecs::dxp::write(envelope);
}

struct PlatformExchange {
  explicit PlatformExchange(const base::Clock& clock, std::size_t most_messages = 1000)
      : inspection(platform_catalog(), platform_judge(), platform_rules(),
                   *signing::Trust::from_files(std::vector{platform_authority().sm2_root()}), {}),
        customs(platform_catalog(), platform_judge(), platform_rules(), ::tools::platform::Scenario(), {}),
        inbox(inspection, customs, clock, most_messages) {}

  ::tools::platform::Inspection inspection;
  ::tools::platform::Customs customs;
  ::tools::platform::Inbox inbox;
};

}  // namespace tests::tools

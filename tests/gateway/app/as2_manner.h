// A site whose port is reached over AS2, by keys that are made once for each program.
#pragma once

#include "tests/gateway/app/site.h"

namespace tests::app {

struct As2Addresses {
  unsigned short platform, door;
};

Manner over_as2();
// `more`: what stands in the agreement beside names, keys and certificates.
Manner over_as2_at(const As2Addresses& addresses, const std::string& more);

}  // namespace tests::app

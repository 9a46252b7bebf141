// The E-Port's UKey, through the local client program that the E-Port gives out (WebSocket on 127.0.0.1, one signature
// at a time, about four a second). The key owns one I/O thread and one connection, which comes again by itself.
#pragma once

#include <memory>

#include "base/result.h"
#include "signing/key.h"
#include "signing/key_source.h"

namespace signing::ukey {

// ukey+ws://HOST:PORT with a loopback host. Blocks for two requests, each up to the source's timeout, and proves the
// key with one signature; so a wrong PIN costs one of the card's tries. Faults: key.read, key.form, key.certificate,
// key.kind, and those of Key::sign(). A key that has got key.pin or key.locked never sends the PIN again.
base::Result<std::shared_ptr<const Key>> open_ukey(const KeySource& source);

}  // namespace signing::ukey

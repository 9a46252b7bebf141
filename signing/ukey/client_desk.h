// Takes requests from every thread to the UKey client: over one connection, one after another in the order they came,
// as the client works. One request has `timeout` from its turn on, with connecting, resetting the reader and the second
// try; so a caller waits at most that long for each one before its own. Owns the I/O thread; its destructor ends every
// request with key.absent.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "signing/ukey/client_address.h"

namespace signing::ukey {

class ClientDesk {
 public:
  ClientDesk(ClientAddress address, base::Secret pin, std::chrono::milliseconds timeout);
  ~ClientDesk();
  ClientDesk(const ClientDesk&) = delete;
  ClientDesk& operator=(const ClientDesk&) = delete;

  // What the client answers in Data, never empty. Faults key.pin, key.locked, key.absent, key.silent, key.sign; after
  // one of the first two every request gets it again, at once and without a word to the client.
  using Reply = base::Result<std::vector<std::string>>;
  Reply certificate();
  Reply sign(std::string_view text);  // UTF-8

 private:
  struct Request;
  class Counter;
  Reply ask(Request request);

  std::unique_ptr<Counter> counter_;
  std::thread thread_;
};

}  // namespace signing::ukey

// TCP ports of loopback.
#pragma once

namespace tests {

unsigned short unused_port();  // one that nobody listens on, and that this program was not given before; throws
bool is_listening(int port);   // whether somebody takes connections there

}  // namespace tests

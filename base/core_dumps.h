// No core dump of this process, nor may one of the same user trace it or read its memory: copies of secrets also pass
// through OpenSSL, sockets and the vendors' libraries. For good; called first in a program. Throws std::system_error.
#pragma once

namespace base {

void forbid_core_dumps();

}  // namespace base

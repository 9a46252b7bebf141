// CompressedData (RFC 3274) over zlib (RFC 1950): Debian's OpenSSL can read its frame, but is built without zlib. What
// comes out is limited while it does. Safe from every thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"
#include "codecs/as2/cms.h"

namespace codecs::as2 {

// DER; the same bytes for the same content. Throws without memory.
std::string compress(std::string_view content);

// Faults: as2.decompression, as2.decompressed_size (it would be more than `most_bytes`).
base::Result<std::string> decompress(CMS_ContentInfo* compressed, std::size_t most_bytes);

}  // namespace codecs::as2

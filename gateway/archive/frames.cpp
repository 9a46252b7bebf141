#include "gateway/archive/frames.h"

#include <memory>
#include <stdexcept>
#include <zstd.h>

namespace gateway::archive {

namespace {

constexpr int level = 9;                                        // written once and kept for years
constexpr unsigned long long most_unpacked_bytes = 1ULL << 30;  // a damaged length must not take all memory

base::Fault damaged(const std::string& how) {
  return {"archive.damaged",
          "",
          "归档文件已损坏：" + how + "；请从备份恢复该文件。",
          "The archive file is damaged (" + how + "); restore it from a backup.",
          {}};
}

}  // namespace

std::string frame_of(std::string_view line) {
  const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  const std::string whole = std::string(line) + "\n";
  std::string frame(ZSTD_compressBound(whole.size()), '\0');
  const std::size_t size = ZSTD_compress2(context.get(), frame.data(), frame.size(), whole.data(), whole.size());
  if (ZSTD_isError(size) != 0) throw std::runtime_error(std::string("zstd: ") + ZSTD_getErrorName(size));
  frame.resize(size);
  return frame;
}

base::Result<std::string> line_in(std::string_view frame) {
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > most_unpacked_bytes) {
    return damaged("no frame");
  }
  std::string line(size, '\0');
  const std::size_t written = ZSTD_decompress(line.data(), line.size(), frame.data(), frame.size());
  if (ZSTD_isError(written) != 0) return damaged(ZSTD_getErrorName(written));
  if (written != line.size() || !line.ends_with('\n')) return damaged("no line");
  line.pop_back();
  return line;
}

}  // namespace gateway::archive

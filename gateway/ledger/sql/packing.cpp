#include "gateway/ledger/sql/packing.h"

#include <charconv>
#include <memory>
#include <zstd.h>

#include "base/base64.h"
#include "gateway/ledger/ledger_error.h"

namespace gateway::ledger::sql {

namespace {

constexpr int level = 1;  // three times as fast as level 3 for nearly the same size
// The first byte of a kept envelope: whether the Base64 of the signed text is missing behind the length that follows.
constexpr char whole_mark = 'w', cut_mark = 'c';

// What a message of 16 MiB is with room to spare: a damaged length must not take all memory.
constexpr unsigned long long most_bytes = 256ULL << 20;

[[noreturn]] void damaged() {
  throw LedgerError("账本中的报文已损坏，请从备份恢复 / a message in the ledger is damaged: restore a backup");
}

// Making a context takes longer than a message.
ZSTD_CCtx* writing_context() {
  thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
  return context.get();
}

ZSTD_DCtx* reading_context() {
  thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), ZSTD_freeDCtx);
  return context.get();
}

std::string compressed(std::string_view bytes) {
  std::string small(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size =
      ZSTD_compressCCtx(writing_context(), small.data(), small.size(), bytes.data(), bytes.size(), level);
  if (ZSTD_isError(size) != 0) throw LedgerError(std::string("zstd: ") + ZSTD_getErrorName(size));
  small.resize(size);
  return small;
}

std::string decompressed(std::string_view bytes) {
  const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  if (size > most_bytes) damaged();
  std::string whole(size, '\0');
  const std::size_t written =
      ZSTD_decompressDCtx(reading_context(), whole.data(), whole.size(), bytes.data(), bytes.size());
  if (written != whole.size()) damaged();
  return whole;
}

}  // namespace

MessageBytes packed(std::string_view signed_xml, std::string_view envelope) {
  const std::string repeated = base::base64(signed_xml);
  const auto at = repeated.empty() ? std::string_view::npos : envelope.find(repeated);
  std::string rest(1, whole_mark);
  if (at == std::string_view::npos) {
    rest += envelope;
  } else {
    rest[0] = cut_mark;
    rest.append(std::to_string(at)).append(":").append(envelope.substr(0, at));
    rest += envelope.substr(at + repeated.size());
  }
  return {compressed(signed_xml), compressed(rest)};
}

MessageBytes unpacked(Packing packing, const MessageBytes& kept) {
  if (packing == Packing::none) return kept;
  MessageBytes whole{decompressed(kept.signed_xml), {}};
  const std::string rest = decompressed(kept.envelope);
  if (rest.starts_with(whole_mark)) {
    whole.envelope = rest.substr(1);
    return whole;
  }
  std::size_t at = 0;
  const auto length = std::from_chars(rest.data() + 1, rest.data() + rest.size(), at);
  const std::size_t begin = static_cast<std::size_t>(length.ptr - rest.data()) + 1;
  if (length.ec != std::errc() || begin > rest.size() || at > rest.size() - begin) damaged();
  whole.envelope = rest.substr(begin, at) + base::base64(whole.signed_xml) + rest.substr(begin + at);
  return whole;
}

}  // namespace gateway::ledger::sql

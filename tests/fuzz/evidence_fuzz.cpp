// Any bytes as a zip of evidence, and as one of its files (which one, the first byte says): nothing is read beyond the
// limits, every fault has words, and what cannot be read does not hold.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/evidence/check.h"
#include "tests/fuzz/customs.h"
#include "tests/fuzz/require.h"
#include "tests/fuzz/small_evidence.h"

namespace {

namespace evidence = gateway::evidence;
using tests::fuzz::require;

constexpr evidence::ZipLimits limits{
    .files = 50, .file_bytes = std::size_t{1} << 18, .all_bytes = std::size_t{1} << 20, .packed_bytes = 1 << 16};

void look_at(const base::Faults& faults) {
  for (const base::Fault& fault : faults) {
    require(!fault.code.empty() && !fault.zh.empty() && !fault.en.empty(), "a fault has a code and words");
  }
}

void check(const std::vector<evidence::File>& files) {
  const auto checked = evidence::check(files, tests::fuzz::catalog(), {});
  look_at(checked.faults);
  const bool is_read = static_cast<bool>(evidence::read_package(files));
  require(is_read || !checked.holds(), "what cannot be read does not hold");
  if (is_read) require(!evidence::read_package(files)->evidence.versions.empty(), "what is read has a version");
}

void read(std::string_view bytes) {
  const auto files = evidence::read_zip(bytes, limits);
  if (!files) {
    require(!files.faults().empty(), "what is not read says why");
    return look_at(files.faults());
  }
  std::size_t all = 0;
  for (const evidence::File& file : *files) {
    require(evidence::is_plain_name(file.name), "a name that is read is plain");
    require(file.bytes.size() <= limits.file_bytes, "a file that is read keeps to its limit");
    all += file.bytes.size();
  }
  require(files->size() <= limits.files && all <= limits.all_bytes, "all of them keep to theirs");
  check(*files);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto whole = evidence::files_of(tests::fuzz::small_evidence(), {}, "202205");
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  read(bytes);
  if (bytes.empty()) return 0;
  auto files = whole;
  files[static_cast<unsigned char>(bytes.front()) % files.size()].bytes = bytes.substr(1);
  check(files);
  return 0;
}

// Any bytes as an XML message: judged, read and written. What was read is written and read again as the same value, and
// what the schema takes before that it takes after.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/xml.h"
#include "codecs/ceb/xml_codec.h"
#include "tests/fuzz/customs.h"
#include "tests/fuzz/require.h"

namespace {

using schemas::Level;
using schemas::SignatureDemand;
using tests::fuzz::catalog;
using tests::fuzz::judge;
using tests::fuzz::require;

std::string written(const codecs::ceb::Message& message) {
  return codecs::ceb::write_xml(*catalog().find(message.type), message);
}

bool is_valid(const base::XmlDocument& document) {
  return judge().judge(document, Level::schema, SignatureDemand::none_yet).valid();
}

void write_and_read_again(const base::XmlDocument& original, const codecs::ceb::Message& message) {
  const std::string xml = written(message);
  const auto document = base::XmlDocument::read(xml);
  require(static_cast<bool>(document), "what was written is well-formed");
  const auto again = codecs::ceb::read_xml(catalog(), xml);
  require(static_cast<bool>(again), "what was written can be read");
  require(written(*again) == xml, "what was written is read as the same value");
  if (is_valid(original)) require(is_valid(*document), "what the schema took it takes when written again");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto document = base::XmlDocument::read(text);
  const auto message = codecs::ceb::read_xml(catalog(), text);
  if (!document) return 0;
  const auto verdict = judge().judge(*document, Level::all, SignatureDemand::as_schema_says);
  for (const base::Fault& fault : verdict.faults) require(!fault.zh.empty() && !fault.en.empty(), "a fault says why");
  if (message) write_and_read_again(*document, *message);
  return 0;
}

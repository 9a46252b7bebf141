// Any bytes as a receipt listing of the Hainan platform, by every form: nothing is lost between the records, and no
// field holds what its record does not.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "codecs/hainan/listing.h"
#include "tests/fuzz/require.h"

namespace {

using codecs::hainan::ListingForm;
using tests::fuzz::require;

void read_fields(const ListingForm& form, const std::string& record) {
  const auto fields = codecs::hainan::read_record(form, record);
  if (!fields) return;
  std::size_t bytes = 0;
  for (const auto& [name, value] : *fields) {
    require(record.find("=" + value) != std::string::npos, "a value stands in its record");
    bytes += value.size();
  }
  require(bytes < record.size(), "no byte is in two fields");
  require(static_cast<bool>(codecs::hainan::read_record(form, codecs::hainan::write_record(form, *fields))),
          "what was written can be read");
}

void read_listing(const ListingForm& form, std::string_view text) {
  const auto records = codecs::hainan::split_listing(form, text);
  if (!records) return;
  const std::string listing = codecs::hainan::write_listing(*records);
  require(text.find(std::string_view(listing).substr(1, listing.size() - 2)) != std::string_view::npos,
          "the records are all there is");
  const auto again = codecs::hainan::split_listing(form, listing);
  require(again && *again == *records, "the same records are split again");
  for (const std::string& record : *records) read_fields(form, record);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const ListingForm& form : codecs::hainan::standard_listings()) {
    read_listing(form, text);
    read_fields(form, std::string(text));
  }
  return 0;
}

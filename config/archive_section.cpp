// What the section [archive] says of documents that leave the ledger.
#include "config/sections.h"
#include "config/values.h"

namespace config {

namespace {

constexpr std::string_view never = "never";
constexpr DurationRange after_range{std::chrono::seconds(1), std::chrono::hours(24 * 36500)};
constexpr DurationRange keep_range{std::chrono::seconds(1), std::chrono::hours(24 * 36500)};

}  // namespace

std::optional<Archive> read_archive(TableReader reader, const std::filesystem::path& folder) {
  reader.allow({"directory", "after", "keep"});
  Archive archive;
  archive.directory = absolute(folder, reader.required_text("directory"));
  const auto after = reader.text("after");
  if (after == never) {
    archive.after.reset();
  } else if (after) {
    reader.duration("after", *archive.after, after_range);
  }
  reader.duration("keep", archive.keep, keep_range);
  if (archive.after && archive.keep <= *archive.after) {
    reader.complain("keep", "settings.value", "keep 必须长于 after：归档文件须保留到文档归档之后。",
                    "keep has to be longer than after: a file is kept from before its documents come into it.");
  }
  return archive;
}

}  // namespace config

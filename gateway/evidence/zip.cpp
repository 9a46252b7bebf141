#include "gateway/evidence/zip.h"

#include <algorithm>
#include <memory>
#include <new>
#include <stdexcept>
#include <utility>
#include <zip.h>

namespace gateway::evidence {

namespace {

struct Close {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_source_t* source) const { zip_source_free(source); }
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
template <class Thing>
using Owned = std::unique_ptr<Thing, Close>;

base::Fault fault(std::string code, std::string path, std::string zh, std::string en) {
  return {.code = std::move(code), .path = std::move(path), .zh = std::move(zh), .en = std::move(en), .source = {}};
}

class Error {
 public:
  Error() { zip_error_init(&error_); }
  ~Error() { zip_error_fini(&error_); }
  Error(const Error&) = delete;
  Error& operator=(const Error&) = delete;
  zip_error_t* get() { return &error_; }
  std::string text() { return zip_error_strerror(&error_); }

 private:
  zip_error_t error_;
};

// The library fails here for want of memory alone.
template <class Thing>
Owned<Thing> had(Thing* thing) {
  if (thing == nullptr) throw std::bad_alloc();
  return Owned<Thing>(thing);
}

void done(int result, zip_t* archive) {
  if (result != 0) throw std::runtime_error(std::string("zip: ") + zip_strerror(archive));
}

std::string megabytes(std::size_t bytes) { return std::to_string(bytes >> 20) + " MiB"; }

void add(zip_t* archive, const File& file) {
  constexpr zip_uint16_t first_day = 1U << 5 | 1U;  // 1980-01-01, the first that a zip can name
  auto source = had(zip_source_buffer(archive, file.bytes.data(), file.bytes.size(), 0));
  const zip_int64_t index = zip_file_add(archive, file.name.c_str(), source.get(), ZIP_FL_ENC_UTF_8);
  if (index < 0) throw std::runtime_error(std::string("zip: ") + zip_strerror(archive));
  source.release();  // now the archive's
  const auto place = static_cast<zip_uint64_t>(index);
  done(zip_set_file_compression(archive, place, ZIP_CM_DEFLATE, 6), archive);
  done(zip_file_set_dostime(archive, place, 0, first_day, 0), archive);
  done(zip_file_set_external_attributes(archive, place, 0, ZIP_OPSYS_UNIX, 0100644U << 16), archive);
}

std::string bytes_of(zip_source_t* source) {
  zip_stat_t found;
  zip_stat_init(&found);
  if (zip_source_stat(source, &found) != 0 || zip_source_open(source) != 0) throw std::runtime_error("zip: no result");
  std::string bytes(found.size, '\0');
  const zip_int64_t read = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  if (read != static_cast<zip_int64_t>(bytes.size())) throw std::runtime_error("zip: the result is cut");
  return bytes;
}

bool fits(std::span<const File> files, const ZipLimits& limits) {
  std::size_t all = 0;
  for (const File& file : files) {
    all += file.bytes.size();
    if (file.bytes.size() > limits.file_bytes || all > limits.all_bytes) return false;
  }
  return files.size() <= limits.files;
}

base::Fault no_zip(const std::string& why) {
  return fault("evidence.zip", "", "不是完整的 zip 文件：" + why, "this is no whole zip file: " + why);
}

base::Fault not_opened(Error& error) {
  if (zip_error_code_zip(error.get()) != ZIP_ER_EXISTS) return no_zip(error.text());
  return fault("evidence.name", "", "zip 中有两个文件同名", "two files of the zip have one name");
}

class Reading {
 public:
  Reading(zip_t* archive, const ZipLimits& limits) : archive_(archive), limits_(limits) {}

  base::Result<std::vector<File>> read() {
    const auto count = static_cast<zip_uint64_t>(std::max<zip_int64_t>(zip_get_num_entries(archive_, 0), 0));
    if (count > limits_.files) {
      return fault("evidence.limits", "", "zip 中的文件过多，最多 " + std::to_string(limits_.files) + " 个",
                   "the zip has too many files, at most " + std::to_string(limits_.files));
    }
    for (zip_uint64_t i = 0; i < count && !is_over_; ++i) read_file(i);
    if (!faults_.empty()) return std::move(faults_);
    return std::move(files_);
  }

 private:
  void complain(std::string code, const std::string& name, std::string zh, std::string en) {
    faults_.push_back(fault(std::move(code), name, std::move(zh), std::move(en)));
  }

  void damaged(const std::string& name, const std::string& why) {
    complain("evidence.zip", name, "zip 中的这个文件已损坏：" + why, "this file of the zip is damaged: " + why);
  }

  void read_file(zip_uint64_t place) {
    zip_stat_t entry;
    zip_stat_init(&entry);
    if (zip_stat_index(archive_, place, ZIP_FL_ENC_RAW, &entry) != 0 || (entry.valid & ZIP_STAT_NAME) == 0) {
      return damaged(std::to_string(place), zip_strerror(archive_));
    }
    const std::string name = entry.name;
    if (!is_plain_name(name)) {
      return complain("evidence.name", name, "文件名只能由字母、数字、点、短横和下划线组成，不能带路径",
                      "a name may have letters, digits, dots, dashes and underscores, and no path");
    }
    if ((entry.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && entry.encryption_method != ZIP_EM_NONE) {
      return complain("evidence.encrypted", name, "文件已加密；证据文件从不加密，请取未加密的原件",
                      "the file is encrypted; evidence never is, so take the zip as it was made");
    }
    if ((entry.valid & ZIP_STAT_SIZE) != 0 && entry.size > allowed()) return over_the_limit(name);
    unpack(place, name);
  }

  std::size_t allowed() const { return std::min(limits_.file_bytes, bytes_left_); }

  void over_the_limit(const std::string& name) {
    const std::string one = megabytes(limits_.file_bytes), all = megabytes(limits_.all_bytes);
    complain("evidence.limits", name, "解压后过大：一个文件最多 " + one + "，全部最多 " + all,
             "unpacked it is too large: one file has at most " + one + ", all of them " + all);
    is_over_ = true;
  }

  // What the zip says of the size is not trusted.
  void unpack(zip_uint64_t place, const std::string& name) {
    const Owned<zip_file_t> opened(zip_fopen_index(archive_, place, 0));
    if (!opened) return damaged(name, zip_strerror(archive_));
    File file{name, {}};
    std::string block(std::size_t{1} << 16, '\0');
    zip_int64_t read = 0;
    while ((read = zip_fread(opened.get(), block.data(), block.size())) > 0) {
      file.bytes.append(block, 0, static_cast<std::size_t>(read));
      if (file.bytes.size() > allowed()) return over_the_limit(name);
    }
    if (read < 0) return damaged(name, zip_file_strerror(opened.get()));
    bytes_left_ -= file.bytes.size();
    files_.push_back(std::move(file));
  }

  zip_t* archive_;
  const ZipLimits& limits_;
  std::size_t bytes_left_ = limits_.all_bytes;
  bool is_over_ = false;
  std::vector<File> files_;
  base::Faults faults_;
};

}  // namespace

base::Fault too_large(const ZipLimits& limits) {
  return fault("evidence.too_large", "",
               "该单证的证据超过一个文件的上限（" + std::to_string(limits.files) + " 个文件、共 " +
                   megabytes(limits.all_bytes) + "、压缩后 " + megabytes(limits.packed_bytes) +
                   "）；签名报文和回执请分别查询（/message、/v1/inbound）",
               "the evidence of this document is more than one file takes (" + std::to_string(limits.files) +
                   " files, " + megabytes(limits.all_bytes) + " together, " + megabytes(limits.packed_bytes) +
                   " packed); ask for its message and its receipts by themselves (/message, /v1/inbound)");
}

bool is_plain_name(std::string_view name) {
  const auto is_letter_or_digit = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  const auto is_allowed = [&](char c) { return is_letter_or_digit(c) || c == '.' || c == '-' || c == '_'; };
  constexpr std::size_t longest_name = 200;
  return !name.empty() && name.size() <= longest_name && is_letter_or_digit(name.front()) &&
         std::ranges::all_of(name, is_allowed);
}

base::Result<std::string> write_zip(std::span<const File> files, const ZipLimits& limits) {
  if (!fits(files, limits)) return too_large(limits);
  Error error;
  auto source = had(zip_source_buffer_create(nullptr, 0, 0, error.get()));
  zip_source_keep(source.get());
  zip_t* opened = zip_open_from_source(source.get(), ZIP_TRUNCATE, error.get());
  if (opened == nullptr) zip_source_free(source.get());
  Owned<zip_t> archive = had(opened);
  for (const File& file : files) add(archive.get(), file);
  done(zip_close(archive.get()), archive.get());
  archive.release();
  std::string zip = bytes_of(source.get());
  if (zip.size() > limits.packed_bytes) return too_large(limits);
  return zip;
}

base::Result<std::vector<File>> read_zip(std::string_view zip, const ZipLimits& limits) {
  if (zip.empty()) return no_zip("0 bytes");
  if (zip.size() > limits.packed_bytes) {
    const std::string most = megabytes(limits.packed_bytes);
    return fault("evidence.limits", "", "zip 文件过大，最多 " + most, "the zip is too large, at most " + most);
  }
  Error error;
  auto source = had(zip_source_buffer_create(zip.data(), zip.size(), 0, error.get()));
  const Owned<zip_t> archive(zip_open_from_source(source.get(), ZIP_RDONLY | ZIP_CHECKCONS, error.get()));
  if (!archive) return not_opened(error);
  source.release();  // now the archive's
  return Reading(archive.get(), limits).read();
}

}  // namespace gateway::evidence

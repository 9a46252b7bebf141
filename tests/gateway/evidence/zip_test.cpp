// The zip of evidence: what is written is read back; what is foreign is held against its limits.
#include "gateway/evidence/zip.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>
#include <zip.h>

#include "tests/support/paths.h"

namespace tests {
namespace {

using gateway::evidence::File;
using gateway::evidence::read_zip;
using gateway::evidence::write_zip;
using gateway::evidence::ZipLimits;
using ::testing::HasSubstr;

std::string zip_of(const std::vector<File>& files) { return write_zip(files).value(); }

// Code and place of each fault.
std::string told(const base::Result<std::vector<File>>& read) {
  if (read) return "";
  std::string text;
  for (const base::Fault& fault : read.faults()) {
    EXPECT_FALSE(fault.zh.empty() || fault.en.empty()) << fault.code;
    text += (text.empty() ? "" : "; ") + fault.code + (fault.path.empty() ? "" : " ") + fault.path;
  }
  return text;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::string little_endian(std::uint32_t number) {
  std::string bytes;
  for (int i = 0; i < 4; ++i) bytes += static_cast<char>(number >> (8 * i) & 0xFFU);
  return bytes;
}

TEST(EvidenceZip, what_is_written_is_read_back_in_its_order) {
  std::string all_bytes;
  for (int i = 0; i < 256; ++i) all_bytes += static_cast<char>(i);
  const std::vector<File> files{{"b.txt", "two"}, {"a.bin", all_bytes}, {"empty-1.json", ""}};
  const auto read = read_zip(zip_of(files));
  ASSERT_EQ(told(read), "");
  ASSERT_EQ(read->size(), 3U);
  for (std::size_t i = 0; i < files.size(); ++i) {
    EXPECT_EQ((*read)[i].name, files[i].name);
    EXPECT_EQ((*read)[i].bytes, files[i].bytes);
  }
}

TEST(EvidenceZip, the_same_files_give_the_same_bytes_in_every_zone) {
  const std::vector<File> files{{"a.txt", "one"}, {"b.txt", std::string(100'000, 'x')}};
  const std::string here = zip_of(files);
  setenv("TZ", "America/New_York", 1);
  tzset();
  EXPECT_EQ(zip_of(files), here);
  unsetenv("TZ");
  tzset();
}

TEST(EvidenceZip, what_is_no_whole_zip_is_told_as_such) {
  const std::string whole = zip_of({{"a.txt", std::string(10'000, 'a')}, {"b.txt", "two"}});
  EXPECT_EQ(told(read_zip("")), "evidence.zip");
  EXPECT_EQ(told(read_zip("{\"no\":\"zip\"}")), "evidence.zip");
  for (std::size_t size = 1; size < whole.size(); ++size) {
    EXPECT_THAT(told(read_zip(whole.substr(0, size))), HasSubstr("evidence.zip")) << size;
  }
}

TEST(EvidenceZip, every_changed_byte_of_the_content_is_found) {
  const std::string content = "not so easily compressed: 0123456789abcdef";
  const std::string whole = zip_of({{"a.txt", content}});
  std::size_t found = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string changed = whole;
    changed[i] = static_cast<char>(changed[i] ^ 0x20);
    const auto read = read_zip(changed);
    if (!read || read->size() != 1 || (*read)[0].name != "a.txt") {
      ++found;
    } else {
      EXPECT_EQ((*read)[0].bytes, content) << "byte " << i;
    }
  }
  EXPECT_GT(found, content.size());
}

TEST(EvidenceZip, names_that_lead_elsewhere_or_come_twice_are_refused_each_by_name) {
  const std::string paths = zip_of({{"../up.txt", "x"},
                                    {"/etc/x", "x"},
                                    {"a/b.txt", "x"},
                                    {"..", "x"},
                                    {"c:x", "x"},
                                    {"a\\b", "x"},
                                    {".hidden", "x"},
                                    {"good.txt", "x"},
                                    {"名.txt", "x"}});
  EXPECT_EQ(told(read_zip(paths)),
            "evidence.name ../up.txt; evidence.name /etc/x; evidence.name a/b.txt; evidence.name ..; evidence.name "
            "c:x; evidence.name a\\b; evidence.name .hidden; evidence.name 名.txt");
  const std::string twice = replaced(zip_of({{"aaa.txt", "x"}, {"bbb.txt", "y"}}), "bbb.txt", "aaa.txt");
  EXPECT_EQ(told(read_zip(twice)), "evidence.name");
}

TEST(EvidenceZip, one_over_each_limit_is_refused_and_at_the_limit_is_not) {
  const std::vector<File> files{{"a", "12345"}, {"b", "12345"}, {"c", "1"}};
  const std::string zip = zip_of(files);
  const auto with = [](std::size_t count, std::size_t one, std::size_t all, std::size_t packed) {
    return ZipLimits{.files = count, .file_bytes = one, .all_bytes = all, .packed_bytes = packed};
  };
  EXPECT_EQ(told(read_zip(zip, with(3, 5, 11, zip.size()))), "");
  EXPECT_EQ(told(read_zip(zip, with(2, 5, 11, zip.size()))), "evidence.limits");
  EXPECT_EQ(told(read_zip(zip, with(3, 4, 11, zip.size()))), "evidence.limits a");
  EXPECT_EQ(told(read_zip(zip, with(3, 5, 10, zip.size()))), "evidence.limits c");
  EXPECT_EQ(told(read_zip(zip, with(3, 5, 11, zip.size() - 1))), "evidence.limits");
  EXPECT_TRUE(write_zip(files, with(3, 5, 11, zip.size())));
  for (const ZipLimits& limits : {with(2, 5, 11, zip.size()), with(3, 4, 11, zip.size()), with(3, 5, 10, zip.size()),
                                  with(3, 5, 11, zip.size() - 1)}) {
    EXPECT_EQ(write_zip(files, limits).faults().front().code, "evidence.too_large");
  }
}

TEST(EvidenceZip, a_bomb_is_not_unpacked_even_where_it_lies_about_its_size) {
  const ZipLimits limits;
  const std::string bomb = write_zip(std::vector<File>{{"a.txt", std::string(limits.file_bytes + 1, '\0')}},
                                     {.file_bytes = limits.file_bytes + 1})
                               .value();
  EXPECT_LT(bomb.size(), std::size_t{100'000});
  EXPECT_EQ(told(read_zip(bomb)), "evidence.limits a.txt");
  const auto size = static_cast<std::uint32_t>(limits.file_bytes + 1);
  EXPECT_NE(told(read_zip(replaced(bomb, little_endian(size), little_endian(10)))), "");
  const std::string several = write_zip(std::vector<File>{{"a.txt", std::string(limits.file_bytes, '\0')},
                                                          {"b.txt", std::string(limits.file_bytes, '\0')},
                                                          {"c.txt", std::string(limits.file_bytes, '\0')}},
                                        {.all_bytes = 3 * limits.file_bytes})
                                  .value();
  EXPECT_EQ(told(read_zip(several)), "evidence.limits c.txt");
}

TEST(EvidenceZip, an_encrypted_file_is_named_as_such) {
  const ScratchDirectory scratch;
  const std::string path = (scratch.path() / "encrypted.zip").string();
  int error = 0;
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE, &error);
  ASSERT_NE(archive, nullptr);
  const std::string content = "secret";
  const auto index = zip_file_add(archive, "a.txt", zip_source_buffer(archive, content.data(), content.size(), 0), 0);
  ASSERT_EQ(zip_file_set_encryption(archive, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, "password"), 0);
  ASSERT_EQ(zip_close(archive), 0);
  EXPECT_EQ(told(read_zip(read_file(path))), "evidence.encrypted a.txt");
}

}  // namespace
}  // namespace tests

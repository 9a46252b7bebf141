#include "base/secret.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <gtest/gtest.h>
#include <sstream>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <type_traits>
#include <unistd.h>
#include <utility>

#include "tests/support/paths.h"

namespace {

const void* watched_pages = nullptr;
std::string given_back;

}  // namespace

// Stands before the C library's: what is in the watched pages at the moment they are given back.
extern "C" int munmap(void* pages, std::size_t size) noexcept {
  if (pages == watched_pages) given_back.assign(static_cast<const char*>(pages), size);
  return static_cast<int>(syscall(SYS_munmap, pages, size));
}

namespace {

const void* page_of(const base::Secret& secret) { return secret.reveal().data(); }

// The line VmFlags of the mapping that holds `address`, with a space behind each flag.
std::string flags_of(const void* address) {
  std::istringstream maps(tests::read_file("/proc/self/smaps"));
  const auto wanted = reinterpret_cast<std::uintptr_t>(address);
  bool inside = false;
  for (std::string line; std::getline(maps, line);) {
    std::uintptr_t begin = 0, end = 0;
    char dash = 0;
    std::istringstream range(line);
    if (range >> std::hex >> begin >> dash >> end && dash == '-') inside = begin <= wanted && wanted < end;
    if (inside && line.starts_with("VmFlags:")) return line + " ";
  }
  return "";
}

bool has_flag(const void* address, const std::string& flag) {
  return flags_of(address).find(" " + flag + " ") != std::string::npos;
}

// Sanitizers leave it out, containers may forbid it.
bool this_process_can_lock_memory() {
  void* page = mmap(nullptr, 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  const bool locked = mlock(page, 1) == 0 && has_flag(page, "lo");
  munmap(page, 1);
  return locked;
}

TEST(Secret, IsGivenOnlyToWhoAsks) {
  const base::Secret secret("a password");
  EXPECT_EQ(secret.reveal(), "a password");
  EXPECT_FALSE(secret.empty());
  EXPECT_TRUE(base::Secret().empty());
  EXPECT_EQ(base::Secret("").reveal(), "");
}

TEST(Secret, IsCopiedOnlyWhereThatIsSaid) {
  EXPECT_FALSE(std::is_copy_constructible_v<base::Secret>);
  EXPECT_FALSE(std::is_copy_assignable_v<base::Secret>);
  const base::Secret secret("a password"), other = secret.copy();
  EXPECT_EQ(other.reveal(), "a password");
  EXPECT_NE(page_of(other), page_of(secret));
}

TEST(Secret, WipesTheTextThatItIsMadeOf) {
  std::string text(100, 'x');
  const char* const stood_at = text.data();
  const base::Secret secret(std::move(text));
  EXPECT_EQ(secret.reveal(), std::string(100, 'x'));
  EXPECT_EQ(std::string(stood_at, 100), std::string(100, '\0'));
}

TEST(Secret, LeavesNothingBehindWhenItMoves) {
  base::Secret first("short"), second(std::string(100, 'x'));
  base::Secret third(std::move(first));
  EXPECT_EQ(third.reveal(), "short");
  EXPECT_TRUE(first.empty());
  third = std::move(second);
  EXPECT_EQ(third.reveal(), std::string(100, 'x'));
  EXPECT_TRUE(second.empty());
}

TEST(Secret, IsWipedBeforeItsPagesAreGivenBack) {
  for (const std::size_t size : {1u, 4096u, 4097u, 100000u}) {
    base::Secret secret(std::string(size, 'x'));
    watched_pages = page_of(secret);
    secret = base::Secret("another");
    EXPECT_GE(given_back.size(), size);
    EXPECT_TRUE(std::ranges::all_of(given_back, [](char c) { return c == '\0'; })) << size;
    given_back.clear();
  }
  {
    const base::Secret secret("goes with its scope");
    watched_pages = page_of(secret);
  }
  EXPECT_FALSE(given_back.empty());
  EXPECT_EQ(given_back.find_first_not_of('\0'), std::string::npos);
  watched_pages = nullptr;
}

TEST(Secret, StaysOutOfCoreDumpsInLockedPages) {
  const base::Secret small("PIN"), large(std::string(100000, 'x'));
  const bool can_lock = this_process_can_lock_memory();
  for (const base::Secret* secret : {&small, &large}) {
    const char* last = secret->reveal().data() + secret->reveal().size() - 1;
    for (const void* place : {page_of(*secret), static_cast<const void*>(last)}) {
      EXPECT_TRUE(has_flag(place, "dd")) << flags_of(place);
      EXPECT_EQ(has_flag(place, "lo"), can_lock) << flags_of(place);
    }
  }
  EXPECT_FALSE(has_flag(&watched_pages, "dd"));
}

TEST(Secret, SharesItsPagesWithNobody) {
  const base::Secret first("one"), second("two");
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(page_of(first)) % 4096, 0u);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(page_of(second)) % 4096, 0u);
}

// Root may lock what it likes, so that its rights are laid down first.
[[noreturn]] void keep_a_secret_unlocked_and_leave() {
  const rlimit nothing{0, 0};
  setrlimit(RLIMIT_MEMLOCK, &nothing);
  if (geteuid() == 0 && setuid(65534) != 0) std::_Exit(2);
  const base::Secret secret("PIN");
  const bool kept = secret.reveal() == "PIN" && has_flag(page_of(secret), "dd");
  std::_Exit(kept && !has_flag(page_of(secret), "lo") ? 0 : 1);
}

TEST(Secret, IsKeptWhereMemoryMayNotBeLocked) {
  EXPECT_EXIT(keep_a_secret_unlocked_and_leave(), testing::ExitedWithCode(0), "");
}

TEST(Secret, IsReadStraightFromADescriptor) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  ASSERT_EQ(write(ends[1], "from a ", 7), 7);
  ASSERT_EQ(write(ends[1], "pipe", 4), 4);
  close(ends[1]);
  const auto secret = base::Secret::read(ends[0], 100);
  close(ends[0]);
  ASSERT_TRUE(secret);
  EXPECT_EQ(secret->reveal(), "from a pipe");
  EXPECT_FALSE(base::Secret::read(-1, 100));
}

TEST(Secret, IsReadFromAFileUpToTheLimit) {
  const tests::ScratchDirectory scratch;
  const auto file = scratch.path() / "pin";
  tests::write_file(file, "12345");
  EXPECT_EQ(base::Secret::read_file(file, 5)->reveal(), "12345");
  EXPECT_EQ(base::Secret::read_file(file, 4)->reveal(), "1234");
  EXPECT_FALSE(base::Secret::read_file(scratch.path() / "absent", 5));
  EXPECT_FALSE(base::Secret::read_file(scratch.path(), 5));
}

TEST(Secret, IsShortenedWithoutATrace) {
  base::Secret secret("12345\n");
  const char* const end = secret.reveal().data() + 5;
  secret.shorten(7);
  EXPECT_EQ(secret.reveal(), "12345\n");
  secret.shorten(5);
  EXPECT_EQ(secret.reveal(), "12345");
  EXPECT_EQ(*end, '\0');
}

TEST(Secret, IsComparedWhole) {
  EXPECT_TRUE(base::equal_in_constant_time("", ""));
  EXPECT_TRUE(base::equal_in_constant_time("token", "token"));
  EXPECT_FALSE(base::equal_in_constant_time("token", "tokem"));
  EXPECT_FALSE(base::equal_in_constant_time("token", "tokens"));
  EXPECT_FALSE(base::equal_in_constant_time("token", ""));
}

}  // namespace

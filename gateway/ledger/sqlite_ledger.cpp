#include "gateway/ledger/sqlite_ledger.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "gateway/ledger/sqlite_ledger_schema.h"

namespace gateway::ledger {

namespace {

constexpr int only_its_owner = 0600;
constexpr const char* page_cache =
    "PRAGMA cache_size = -32768";  // KiB: the inner pages of the indexes of millions of rows

int open_or_make(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, only_its_owner);
  if (descriptor >= 0) return descriptor;
  throw LedgerError(file.string() + ": 无法打开，请检查目录是否存在及其权限 / it cannot be opened (" +
                    std::strerror(errno) + "): does its folder exist, may this user write there?");
}

std::filesystem::path lock_beside(const std::filesystem::path& file) {
  auto lock = file;
  lock += ".lock";
  return lock;
}

// SQLite would make the file readable for others, as the umask says; its -wal and -shm files take over the mode.
const std::filesystem::path& made(const std::filesystem::path& file) {
  ::close(open_or_make(file));
  return file;
}

}  // namespace

FileLock::FileLock(const std::filesystem::path& file) : descriptor_(open_or_make(file)) {
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
  const int reason = errno;
  ::close(descriptor_);
  if (reason == EWOULDBLOCK) {
    throw LedgerError(
        file.string() +
        ": 账本已被另一个程序打开，请先停止它 / the ledger is open in another program: stop that one first");
  }
  throw LedgerError(file.string() + ": 无法加锁 / it cannot be locked (" + std::strerror(reason) + ")");
}

FileLock::~FileLock() { ::close(descriptor_); }

SqliteLedger::SqliteLedger(const std::filesystem::path& file)
    : lock_(lock_beside(file)), writer_(made(file)), reader_(file) {
  migrate(writer_);
  writer_.execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA journal_size_limit = 67108864");
  writer_.execute(page_cache);
  reader_.execute("PRAGMA query_only = ON");
  reader_.execute(page_cache);
}

void SqliteLedger::check() {
  write([](SqliteConnection& connection) {
    connection.prepare("UPDATE probe SET writes = writes + 1").run();
    return true;
  });
}

}  // namespace gateway::ledger

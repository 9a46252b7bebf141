#include "gateway/ledger/sqlite/sqlite_store.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <limits>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

#include "base/failpoint.h"
#include "base/guid.h"
#include "gateway/ledger/ledger_error.h"
#include "gateway/ledger/sqlite/sqlite_schema.h"

namespace gateway::ledger::sqlite {

namespace {

constexpr int only_its_owner = 0600;
// KiB: the inner pages of the indexes of millions of rows. A commit looks at all that the writer's holds, wherever a
// page of an index was split.
constexpr const char* writers_cache = "PRAGMA cache_size = -16384";
constexpr const char* readers_cache = "PRAGMA cache_size = -12288";
constexpr int readers = 2;
constexpr std::size_t most_together = 64;  // writes in one transaction

int open_or_make(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, only_its_owner);
  if (descriptor >= 0) return descriptor;
  throw LedgerError(file.string() + ": 无法打开，请检查目录是否存在及其权限 / it cannot be opened (" +
                    std::strerror(errno) + "): does its folder exist, may this user write there?");
}

// A descriptor that holds the lock; -1: another holds it.
int take_lock(const std::filesystem::path& file) {
  const int descriptor = open_or_make(file);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
  const int reason = errno;
  ::close(descriptor);
  if (reason == EWOULDBLOCK) return -1;
  throw LedgerError(file.string() + ": 无法加锁 / it cannot be locked (" + std::strerror(reason) + ")");
}

std::filesystem::path lock_beside(const std::filesystem::path& file) {
  auto lock = file;
  lock += ".lock";
  return lock;
}

// SQLite would make the file readable for others, as the umask says; its -wal and -shm files take over the mode.
const std::filesystem::path& made(const std::filesystem::path& file) {
  refuse_what_was_emptied(file);
  ::close(open_or_make(file));
  return file;
}

}  // namespace

FileLock::FileLock(const std::filesystem::path& file) : FileLock(take_lock(file)) {
  if (descriptor_ >= 0) return;
  throw LedgerError(
      file.string() +
      ": 账本已被另一个程序打开，请先停止它 / the ledger is open in another program: stop that one first");
}

std::unique_ptr<FileLock> FileLock::if_free(const std::filesystem::path& file) {
  const int descriptor = take_lock(file);
  return descriptor < 0 ? nullptr : std::unique_ptr<FileLock>(new FileLock(descriptor));
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

SqliteStore::SqliteStore(const std::filesystem::path& file, Presence presence)
    : lock_(presence == Presence::gateway ? std::make_unique<FileLock>(lock_beside(file))
                                          : FileLock::if_free(lock_beside(file))),
      writer_(made(file)),
      place_(base::new_guid()) {
  bring_up_to_date();
  // What a statement or a write of several may have to undo is kept in memory: in a file it would be written before
  // each change. References are not looked up with each row; PostgreSQL does, beneath the same statements.
  writer_.execute("PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864");
  writer_.execute(writers_cache);
  for (int i = 0; i < readers; ++i) {
    auto& reader = idle_readers_.emplace_back(std::make_unique<SqliteConnection>(file));
    reader->execute("PRAGMA query_only = ON");
    reader->execute(readers_cache);
  }
  if (presence == Presence::gateway) take_place();
}

// Beneath a gateway that runs the file stays as that program knows it.
void SqliteStore::bring_up_to_date() {
  if (lock_ != nullptr) return migrate(writer_);
  if (version_of(writer_) == newest_version()) return;
  writer_.refuse(
      "正在运行的网关与本程序版本不同，请用同一版本的程序 / the gateway that runs here is of another version than this "
      "program: use the one of the same version");
}

// The lock says that whoever had a place here before is gone.
void SqliteStore::take_place() {
  write([this](sql::SqlConnection& connection) {
    connection.prepare("DELETE FROM gateways").run();
    connection.prepare("INSERT INTO gateways (place, until) VALUES (?, ?)")
        .bind(place_, std::numeric_limits<std::int64_t>::max())
        .run();
    return true;
  });
}

void SqliteStore::write(const Work& work) {
  Task task;
  task.work = &work;
  std::unique_lock lock(queueing_);
  queue_.push_back(&task);
  task.turn.wait(lock, [&] { return task.done || (!writing_ && queue_.front() == &task); });
  if (!task.done) {
    std::vector<Task*> together;
    while (!queue_.empty() && together.size() < most_together) {
      together.push_back(queue_.front());
      queue_.pop_front();
    }
    writing_ = true;
    lock.unlock();
    write_together(together);
    lock.lock();
    writing_ = false;
    for (Task* const written : together) {
      written->done = true;
      if (written != &task) written->turn.notify_one();
    }
    if (!queue_.empty()) queue_.front()->turn.notify_one();
  }
  lock.unlock();
  if (task.error) std::rethrow_exception(task.error);
}

// Most often all of them are kept: noting what each changes, to undo it alone, would come to nothing.
void SqliteStore::write_together(const std::vector<Task*>& tasks) {
  if (!commit(tasks, Undo::together)) commit(tasks, Undo::each);
}

// False: one has to be undone, and with it all have been. What fails for all, a full disk or a commit that is not
// possible, is everybody's error.
bool SqliteStore::commit(const std::vector<Task*>& tasks, Undo undo) {
  try {
    writer_.prepare("BEGIN IMMEDIATE").run();
    for (Task* const task : tasks) {
      if (undo == Undo::each) {
        run_alone(*task);
      } else if (!run(*task)) {
        roll_back();
        return false;
      }
    }
    writer_.counts().write(writer_);
    base::failpoint("ledger.committing");
    writer_.prepare("COMMIT").run();
    base::failpoint("ledger.committed");
  } catch (...) {
    for (Task* const task : tasks) task->error = std::current_exception();
    roll_back();
  }
  return true;
}

void SqliteStore::roll_back() {
  writer_.counts().set({});
  if (!writer_.in_transaction()) return;  // some failures have rolled back by themselves
  try {
    writer_.prepare("ROLLBACK").run();
  } catch (const LedgerError&) {
    // The error is on its way to the callers; a transaction that cannot even be rolled back refuses the next BEGIN.
  }
}

// False: it has to be undone.
bool SqliteStore::run(Task& task) {
  const auto before = writer_.changes();
  try {
    return (*task.work)(writer_) || writer_.changes() == before;
  } catch (...) {
    return false;  // thrown again where it is run alone
  }
}

void SqliteStore::run_alone(Task& task) {
  const auto counted = writer_.counts().changes();
  writer_.prepare("SAVEPOINT one").run();
  bool keeps = false;
  try {
    keeps = (*task.work)(writer_);
  } catch (...) {
    if (!writer_.in_transaction()) throw;
    task.error = std::current_exception();
  }
  if (!keeps) {
    writer_.prepare("ROLLBACK TO one").run();
    writer_.counts().set(counted);
  }
  writer_.prepare("RELEASE one").run();
}

void SqliteStore::look(const std::function<void(sql::SqlConnection&)>& work) {
  std::unique_lock lock(reading_);
  given_back_.wait(lock, [this] { return !idle_readers_.empty(); });
  auto reader = std::move(idle_readers_.back());
  idle_readers_.pop_back();
  lock.unlock();
  std::exception_ptr error;
  try {
    reader->prepare("BEGIN").run();
    work(*reader);
  } catch (...) {
    error = std::current_exception();
  }
  try {
    if (reader->in_transaction()) reader->prepare("COMMIT").run();
  } catch (const LedgerError&) {
    if (!error) error = std::current_exception();
  }
  lock.lock();
  idle_readers_.push_back(std::move(reader));
  lock.unlock();
  given_back_.notify_one();
  if (error) std::rethrow_exception(error);
}

}  // namespace gateway::ledger::sqlite

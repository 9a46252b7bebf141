// The ledger's database in one SQLite file: WAL, full sync, mode 0600. A lock file beside it keeps a second program out
// and goes with the process, however that ends. One connection writes: whoever comes while it does is written together
// with the others who wait, in one transaction; where one of them is not to be kept, once more with a savepoint each.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "gateway/ledger/sql/store.h"
#include "gateway/ledger/sqlite/sqlite_connection.h"

namespace gateway::ledger::sqlite {

// Held as long as the object lives. Throws LedgerError if another program or object holds it.
class FileLock {
 public:
  explicit FileLock(const std::filesystem::path& file);
  static std::unique_ptr<FileLock> if_free(const std::filesystem::path& file);  // null: another holds it
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_ = -1;
};

// beside: a visitor that writes while a gateway may work with the file, and takes no place of a gateway's.
enum class Presence { gateway, beside };

class SqliteStore final : public sql::Store {
 public:
  explicit SqliteStore(const std::filesystem::path& file, Presence presence = Presence::gateway);

  void write(const Work& work) override;
  void look(const std::function<void(sql::SqlConnection&)>& work) override;
  void number_moves() override {}  // the file counts them as they are written
  bool is_alone() const override { return true; }
  std::string place() const override { return place_; }

  bool renew_place() override { return true; }
  bool take_turn(const std::string&) override { return true; }
  void on_news(std::function<void()>) override {}

 private:
  struct Task {
    const Work* work = nullptr;
    std::exception_ptr error;
    bool done = false;
    std::condition_variable turn;  // it is done, or the first of those who wait
  };

  enum class Undo { together, each };

  void bring_up_to_date();
  void take_place();
  void write_together(const std::vector<Task*>& tasks);
  bool commit(const std::vector<Task*>& tasks, Undo undo);
  void roll_back();
  bool run(Task& task);
  void run_alone(Task& task);

  std::unique_ptr<FileLock> lock_;  // null: a gateway holds it
  SqliteConnection writer_;
  std::string place_;

  std::mutex queueing_;
  std::deque<Task*> queue_;
  bool writing_ = false;

  std::mutex reading_;
  std::condition_variable given_back_;
  std::vector<std::unique_ptr<SqliteConnection>> idle_readers_;
};

}  // namespace gateway::ledger::sqlite

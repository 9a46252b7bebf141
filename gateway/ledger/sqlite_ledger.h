// The ledger in one SQLite file: WAL, full sync, mode 0600. A lock file beside it keeps a second program out and goes
// with the process, however that ends. One connection writes, one reads, each behind its own mutex; all calls are
// thread-safe.
#pragma once

#include <filesystem>
#include <mutex>

#include "gateway/ledger/ledger.h"
#include "gateway/ledger/sqlite_ledger_connection.h"

namespace gateway::ledger {

// Held as long as the object lives. Throws LedgerError if another program or object holds it.
class FileLock {
 public:
  explicit FileLock(const std::filesystem::path& file);
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

 private:
  int descriptor_ = -1;
};

class SqliteLedger final : public Ledger {
 public:
  explicit SqliteLedger(const std::filesystem::path& file);

  std::vector<std::optional<Standing>> newest(std::span<const std::string> keys) override;
  std::optional<Standing> newest_by_id(const std::string& id) override;
  std::optional<Idempotent> idempotent(const std::string& client, const std::string& key) override;
  std::optional<std::vector<Summary>> accept(std::span<const NewVersion> versions,
                                             const std::optional<IdempotencyKey>& idempotency, base::Time now) override;
  std::size_t waiting() override;

  std::vector<DueDocument> due_documents(const std::string& port, base::Time now, std::size_t most,
                                         const Turn& turn) override;
  bool seal(const SealedMessage& message, std::span<const Move> moves, base::Time now) override;
  std::vector<DueMessage> due_messages(const std::string& port, base::Time now, std::size_t most,
                                       const std::string& after) override;
  std::size_t bring_forward(const std::string& port, const Forward& forward, std::size_t most) override;
  std::optional<std::int64_t> begin_delivery(const std::string& message_guid, base::Time now) override;
  void finish_delivery(std::int64_t delivery, DeliveryOutcome outcome, const std::string& answer, base::Time now,
                       const Decide& next) override;
  std::vector<std::pair<std::int64_t, std::string>> open_deliveries() override;
  std::optional<base::Time> next_due() override;

  std::optional<base::Time> window(const WindowKey& key) override;
  std::optional<base::Time> earliest_unsettled_send(const std::string& port) override;
  std::size_t store_inbound(std::span<const InboundRecord> records, const WindowKey& key, base::Time window) override;
  std::vector<InboundRecord> fresh_inbound(std::size_t most) override;
  std::vector<DocumentRef> by_number(const std::string& kind, const std::string& value,
                                     const std::string& dxp_id) override;
  std::vector<DocumentRef> by_key_parts(const std::string& type, std::span<const std::optional<std::string>> parts,
                                        const std::string& dxp_id) override;
  std::optional<Standing> standing(const DocumentRef& ref) override;
  std::vector<std::pair<int, base::Time>> first_sends(const std::string& id) override;
  bool apply_receipt(const Applied& applied) override;
  void set_inbound(const std::string& digest, InboundState state, const std::string& reason,
                   std::span<const Number> numbers) override;
  bool is_foreign_number(const Number& number, const std::string& dxp_id) override;
  void retry_unmatched() override;

  bool move(const Move& move, base::Time now) override;
  bool unseal(const Move& move, base::Time now) override;
  std::optional<WholeDocument> document(const std::string& id, std::optional<int> version) override;
  std::optional<SealedMessage> message_of(const std::string& id, std::optional<int> version) override;
  Page list(const Query& query) override;
  std::vector<MoveRow> changes(std::int64_t after, std::span<const std::string> enterprises, std::size_t most) override;
  Backlog backlog() override;
  std::vector<UnexplainedCode> unexplained_codes() override;
  std::int64_t record_signing(const Signing& signing) override;
  SigningPage signings(const SigningQuery& query) override;
  void check() override;

 private:
  // The one door for writes. `work` says whether what it did shall be kept, as a bool or an optional; nothing of it is
  // if it throws.
  template <class Work>
  auto write(Work work) {
    const std::lock_guard lock(writing_);
    SqliteTransaction transaction(writer_, SqliteTransaction::Kind::write);
    auto result = work(writer_);
    if (result) transaction.commit();
    return result;
  }
  // One look at one moment, beside the writes.
  template <class Work>
  auto look(Work work) {
    const std::lock_guard lock(reading_);
    const SqliteTransaction transaction(reader_, SqliteTransaction::Kind::read);
    return work(reader_);
  }

  FileLock lock_;
  std::mutex writing_, reading_;
  SqliteConnection writer_, reader_;
};

}  // namespace gateway::ledger

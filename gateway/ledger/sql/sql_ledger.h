// The ledger in SQL that every kind of database understands; the store says how transactions are made there. Calls may
// come from several threads.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "gateway/ledger/ledger.h"
#include "gateway/ledger/sql/store.h"

namespace gateway::ledger::sql {

class SqlLedger final : public Ledger {
 public:
  explicit SqlLedger(std::unique_ptr<Store> store) : store_(std::move(store)) {}

  std::vector<std::optional<Standing>> newest(std::span<const std::string> keys) override;
  std::optional<Standing> newest_by_id(const std::string& id) override;
  std::optional<Idempotent> idempotent(const std::string& client, const std::string& key) override;
  std::optional<std::vector<Summary>> accept(std::span<const NewVersion> versions,
                                             const std::optional<IdempotencyKey>& idempotency, base::Time now) override;
  std::size_t waiting() override;

  std::vector<DueDocument> due_documents(const std::string& port, base::Time now, std::size_t most,
                                         std::span<const std::string> busy) override;
  std::vector<DocumentRef> claim(std::span<const DocumentRef> documents) override;
  bool seal(const SealedMessage& message, std::span<const Move> moves, base::Time now) override;
  std::vector<DueMessage> due_messages(const std::string& port, base::Time now, std::size_t most) override;
  std::optional<std::int64_t> begin_delivery(const std::string& message_guid, base::Time now) override;
  void finish_delivery(std::int64_t delivery, DeliveryOutcome outcome, const std::string& answer, base::Time now,
                       const Decide& next) override;
  std::vector<std::pair<std::int64_t, std::string>> abandoned_deliveries() override;
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
  std::optional<SentMessage> sent_message(const std::string& guid, const std::string& dxp_id) override;
  std::vector<Written> apply_receipts(std::span<const Applied> receipts) override;
  void set_inbound(const std::string& digest, InboundState state, const std::string& reason,
                   std::span<const Number> numbers) override;
  bool is_foreign_number(const Number& number, const std::string& dxp_id) override;
  std::size_t retry_unmatched() override;
  std::size_t move_silent(base::Time now, std::size_t most,
                          const std::function<Picture(const Standing&)>& next) override;

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

  bool renew_place() override { return store_->renew_place(); }
  bool take_turn(const std::string& work) override { return store_->take_turn(work); }
  void on_news(std::function<void()> news) override { store_->on_news(std::move(news)); }

 private:
  // `work` says whether what it did shall be kept, as a bool or an optional.
  template <class Work>
  auto write(Work work) {
    std::optional<std::invoke_result_t<Work, SqlConnection&>> result;
    store_->write([&](SqlConnection& connection) {
      result.emplace(work(connection));
      return static_cast<bool>(*result);
    });
    return std::move(*result);
  }
  template <class Work>
  auto look(Work work) {
    std::optional<std::invoke_result_t<Work, SqlConnection&>> result;
    store_->look([&](SqlConnection& connection) { result.emplace(work(connection)); });
    return std::move(*result);
  }

  std::unique_ptr<Store> store_;
};

}  // namespace gateway::ledger::sql

// The ledger in SQL that every kind of database understands; the store says how transactions are made there. Calls may
// come from several threads.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "gateway/ledger/ledger.h"
#include "gateway/ledger/sql/health.h"
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
                                         const Turn& turn) override;
  std::vector<DocumentRef> claim(std::span<const DocumentRef> documents) override;
  bool seal(const SealedMessage& message, std::span<const Move> moves, base::Time now) override;
  std::vector<DueMessage> due_messages(const std::string& port, base::Time now, std::size_t most,
                                       const std::string& after) override;
  std::string envelope_of(const std::string& message_guid) override;
  std::size_t bring_forward(const std::string& port, const Forward& forward, std::size_t most) override;
  std::size_t bring_back(base::Time latest, base::Time now, std::size_t most) override;
  std::optional<std::int64_t> begin_delivery(const std::string& message_guid, base::Time now) override;
  std::optional<std::int64_t> begun_delivery(const std::string& message_guid) override;
  void finish_delivery(std::int64_t delivery, const Ending& ending, base::Time now, const Decide& next) override;
  std::vector<std::pair<std::int64_t, std::string>> abandoned_deliveries() override;

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
  void put_off_silence(std::chrono::milliseconds by) override;
  std::size_t end_silence(base::Time latest, std::size_t most) override;
  std::size_t move_silent(base::Time now, std::size_t most,
                          const std::function<Picture(const Standing&)>& next) override;

  bool move(const Move& move, base::Time now) override;
  bool unseal(const Move& move, base::Time now) override;
  bool depart(const Departure& departure, base::Time now) override;
  std::optional<Bearings> bearings(const std::string& id) override;
  std::optional<WholeDocument> document(const std::string& id, std::optional<int> version) override;
  std::vector<std::string> bodies(std::span<const DocumentRef> documents) override;
  std::optional<SealedMessage> message_of(const std::string& id, std::optional<int> version) override;
  Page list(const Query& query) override;
  std::size_t count(const Query& query, std::size_t most) override;
  std::vector<MoveRow> changes(std::int64_t after, std::span<const std::string> enterprises, std::size_t most) override;
  std::int64_t newest_change() override;
  Backlog backlog() override;
  std::vector<UnexplainedCode> unexplained_codes() override;
  std::int64_t record_signing(const Signing& signing) override;
  SigningPage signings(const SigningQuery& query) override;
  void check() override;
  void on_health(std::function<void(const std::optional<std::string>&)> tell) override;

  std::optional<std::int64_t> keep_preview(const Replay& preview, base::Time now) override;
  void add_to_preview(std::int64_t id, std::span<const ReplayDocument> documents) override;
  std::optional<Replay> replay(std::int64_t id) override;
  std::vector<Replay> replays(std::int64_t before, std::size_t most) override;
  bool start_replay(std::int64_t id, std::int64_t pace, base::Time now) override;
  bool stop_replay(std::int64_t id, const std::string& by, base::Time now) override;
  std::optional<Replay> running_replay() override;
  std::vector<ReplayDocument> next_of_replay(std::int64_t id) override;
  bool carry_out(std::int64_t id, std::span<const ReplayAct> acts, base::Time now) override;

  std::vector<InboundRow> inbound(const InboundQuery& query) override;
  std::optional<InboundRow> inbound_record(const std::string& digest) override;
  std::size_t match_again(const InboundQuery& query, const InboundAct& act) override;
  bool match_again(const std::string& digest, const InboundAct& act) override;

  std::optional<Evidence> evidence(const std::string& id, std::size_t most_bytes) override;

  void begin_notices(const std::string& client) override;
  std::size_t make_notices(const std::string& client, std::span<const std::string> enterprises, std::size_t most,
                           base::Time now) override;
  std::size_t bring_back_notices(const std::string& client, base::Time latest, base::Time now) override;
  std::vector<Notice> due_notices(const std::string& client, base::Time now, std::size_t most) override;
  bool finish_notice(const NoticeEnd& end, base::Time now) override;
  NoticePage notices(const NoticeQuery& query) override;
  std::optional<Notice> notice(std::int64_t number) override;
  std::size_t resend_notices(const NoticeQuery& query, const Ordered& ordered) override;
  bool resend_notice(std::int64_t number, const Ordered& ordered) override;
  std::size_t prune_notices(NoticeState state, base::Time ended_before, std::size_t most) override;
  std::vector<NoticeBacklog> notice_backlog() override;

  Harvest finished_documents(const Retention& retention, const std::string& from, std::size_t looked_at) override;
  std::optional<LeavingMessage> kept_message(const std::string& guid) override;
  std::size_t take_out(const ArchiveFile& file, std::span<const WrittenDocument> documents,
                       const Retention& retention) override;
  void finish_file(const std::string& name) override;
  std::vector<ArchiveFile> archive_files() override;
  void drop_file(const std::string& name) override;
  std::vector<ArchivedDocument> archived_keys(std::span<const std::string> keys) override;
  std::vector<ArchivedDocument> archived(const std::string& name) override;
  std::optional<ArchivedDocument> archived_by(const Traces& traces) override;
  bool restore(const Restoration& restoration) override;
  Sweep sweep_inbound(base::Time before, std::int64_t after, std::size_t looked_at) override;

  std::optional<std::vector<std::string>> take_over(std::span<const Import> imports, base::Time now) override;
  std::optional<base::Time> catch_up(const WindowKey& key) override;
  void caught_up(const WindowKey& key, base::Time since) override;

  std::vector<KeptFact> keep_facts(std::span<const Fact> facts, base::Time now) override;
  FactPage facts(const FactQuery& query) override;
  std::vector<Standing> documents_with(const std::string& type, const Number& number) override;
  std::vector<Fact> facts_with(const std::string& enterprise, const std::string& type, const Number& number) override;
  std::vector<WaitingDocument> waiting_for_siblings(base::Time now, std::size_t most) override;
  bool wait_on(const Move& move, base::Time now) override;
  bool let_go(const Move& move, base::Time now) override;

  std::int64_t write_act(const Act& act) override;
  ActPage acts(const ActQuery& query) override;
  ActFindings verify_acts() override;

  std::vector<std::string> sale_of(const std::string& id, std::size_t most) override;
  Note add_note(const std::string& id, const Note& note, const Act& act) override;
  std::vector<Note> notes_of(const std::string& id) override;
  std::vector<CodeNote> code_notes() override;
  bool put_code_note(const CodeNote& note, const Act& act) override;
  void assign(const std::string& id, const Assignment& assignment, const std::string& told, const Act& act) override;
  std::optional<Assignment> assignment_of(const std::string& id) override;
  std::vector<Stand> stands(const StandQuery& query) override;

  std::vector<PortOrders> port_orders() override;
  PortOrders order_port(const PortCommand& command) override;
  PortWork port_work(const PortWorkQuery& query) override;
  Overview overview(const OverviewQuery& query) override;
  Flow flow_since(base::Time since) override;
  std::size_t prune_figures(base::Time now) override;
  bool begin_alert(const Alert& alert) override;
  bool end_alert(std::int64_t id, base::Time now) override;
  std::vector<Alert> alerts(const AlertQuery& query) override;
  std::vector<PortSilence> port_silences(const std::vector<SilenceQuery>& ports) override;
  std::size_t prune_alerts(base::Time ended_before) override;

  Added add_user(const User& user, const Act& act) override;
  std::optional<User> user(const std::string& name) override;
  std::vector<User> users() override;
  std::size_t count_users() override;
  bool set_password(const std::string& name, const std::string& hash, const std::string& kept, const Act& act) override;
  void renew_hash(const std::string& name, const std::string& from, const std::string& to) override;
  bool set_user_state(const std::string& name, UserState state, const Act& act) override;
  bool keep_code(const std::string& name, const std::string& digest, base::Time ends_at, const Act& act) override;
  std::optional<std::string> take_code(const std::string& digest, base::Time now) override;
  bool begin_session(const KeptSession& session, const SessionTimes& times, const Act& act) override;
  std::optional<SignedIn> signed_in(const std::string& digest) override;
  void see_session(const std::string& digest, base::Time now) override;
  bool end_session(const std::string& digest) override;
  std::size_t end_sessions(const std::string& name) override;
  std::vector<KeptSession> sessions(const std::optional<std::string>& name) override;
  std::optional<base::Time> begin_try(std::span<const Door> doors, base::Time now) override;
  void forget_tries(std::span<const Door> doors) override;

  bool renew_place() override;
  bool take_turn(const std::string& work) override;
  void on_news(std::function<void()> news) override { store_->on_news(std::move(news)); }

 private:
  // `work` says whether what it did shall be kept, as a bool or an optional.
  template <class Work>
  auto write(Work work) {
    std::optional<std::invoke_result_t<Work, SqlConnection&>> result;
    const auto keep = [&](SqlConnection& connection) {
      result.emplace(work(connection));
      return static_cast<bool>(*result);
    };
    health_.watch([&] { store_->write(keep); });
    if (static_cast<bool>(*result)) health_.has_written();
    return std::move(*result);
  }
  template <class Work>
  auto look(Work work) {
    std::optional<std::invoke_result_t<Work, SqlConnection&>> result;
    const auto read = [&](SqlConnection& connection) { result.emplace(work(connection)); };
    health_.watch([&] { store_->look(read); });
    return std::move(*result);
  }

  template <class Call>
  void watch_sharing(Call call) {
    health_.watch(call);
    if (!store_->is_alone()) health_.has_written();
  }
  void number_moves() {
    const auto number = [this] { store_->number_moves(); };
    health_.watch(number);
  }

  std::unique_ptr<Store> store_;
  Health health_;
};

}  // namespace gateway::ledger::sql

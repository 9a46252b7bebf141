// Everything of one document, for those who have to prove what happened.
#include "gateway/ledger/sql/rows.h"
#include "gateway/ledger/sql/sql_ledger.h"

namespace gateway::ledger::sql {

namespace {

// Of what belongs to any version of the document with this id.
constexpr std::string_view messages_of_key =
    "(SELECT p.message FROM message_documents p JOIN documents d ON d.row = p.document WHERE d.id = ?)";
constexpr std::string_view inbound_of_key =
    "(SELECT r.inbound FROM receipts r JOIN documents d ON d.row = r.document WHERE d.id = ?1 "
    "UNION SELECT i.row FROM moves m JOIN documents d ON d.row = m.document "
    "JOIN inbound i ON i.digest = substr(m.evidence, 8) WHERE d.id = ?1 AND m.evidence LIKE 'import %')";

class Reader {
 public:
  Reader(SqlConnection& connection, const std::string& id, std::size_t most_bytes)
      : connection_(connection), id_(id), bytes_left_(most_bytes) {}

  std::optional<Evidence> read() {
    read_versions();
    if (found_.versions.empty()) return std::nullopt;
    if (found_.is_whole) read_messages();
    if (found_.is_whole) read_deliveries();
    if (found_.is_whole) read_inbound();
    return std::move(found_);
  }

 private:
  // False: this is one too many.
  bool takes(std::size_t bytes) {
    found_.is_whole = bytes <= bytes_left_;
    bytes_left_ -= found_.is_whole ? bytes : 0;
    return found_.is_whole;
  }

  void read_versions() {
    auto rows = connection_.prepare("SELECT " + std::string(summary_columns) +
                                    ", d.guid, d.app_type, d.app_status, d.app_time, d.dxp_id, d.content_digest, "
                                    "b.body, coalesce(m.guid, ''), d.row FROM documents d "
                                    "JOIN document_bodies b ON b.document = d.row LEFT JOIN messages m ON m.row = "
                                    "d.message WHERE d.id = ? ORDER BY d.version");
    rows.bind(id_);
    while (rows.step()) {
      KeptVersion& version = found_.versions.emplace_back();
      version.summary = read_summary(rows);
      std::int64_t document = 0;
      rows.read(version.guid, version.app_type, version.app_status, version.app_time, version.dxp_id,
                version.content_digest, version.body, version.message, document);
      if (!takes(version.body.size()) || !read_entries(document, version) || !read_receipts(document, version)) return;
    }
  }

  bool read_entries(std::int64_t document, KeptVersion& version) {
    auto rows = connection_.prepare(
        "SELECT m.at, m.from_state, m.to_state, m.stage, m.outcome, m.reason, m.by, m.evidence, m.digest FROM moves m "
        "WHERE m.document = ? ORDER BY " +
        std::string(connection_.dialect().order_of_moves));
    rows.bind(document);
    while (rows.step()) {
      auto& [move, digest] = version.entries.emplace_back();
      rows.read(move.at, move.from, move.to, move.stage, move.outcome, move.reason, move.by, move.evidence, digest);
      if (!takes(move.reason.size() + move.evidence.size())) return false;
    }
    return true;
  }

  bool read_receipts(std::int64_t document, KeptVersion& version) {
    auto rows = connection_.prepare(
        "SELECT r.status, r.return_time, r.return_info, r.returned_at, r.at, r.effect, r.type, r.said, i.digest "
        "FROM receipts r JOIN inbound i ON i.row = r.inbound WHERE r.document = ? ORDER BY r.row");
    rows.bind(document);
    while (rows.step()) {
      auto& [row, inbound] = version.receipts.emplace_back();
      std::string said;
      rows.read(row.status, row.return_time, row.return_info, row.returned_at, row.at, row.effect, row.type, said,
                inbound);
      row.said = said_of(said);
      if (!takes(row.return_info.size())) return false;
    }
    return true;
  }

  void read_messages() {
    auto rows =
        connection_.prepare("SELECT row, guid, type, enterprise, port, dialect, sealed_at FROM messages WHERE row IN " +
                            std::string(messages_of_key) + " ORDER BY row");
    rows.bind(id_);
    while (rows.step()) {
      auto& [message, sealed_at] = found_.messages.emplace_back();
      std::int64_t row = 0;
      rows.read(row, message.guid, message.type, message.enterprise, message.port, message.dialect, sealed_at);
      MessageBytes bytes = read_bytes(connection_, row);
      if (!takes(bytes.signed_xml.size() + bytes.envelope.size())) return;
      message.signed_xml = std::move(bytes.signed_xml);
      message.envelope = std::move(bytes.envelope);
    }
  }

  void read_deliveries() {
    auto rows = connection_.prepare(
        "SELECT e.number, m.guid, e.at, e.outcome, e.answer, e.finished_at, e.proof FROM deliveries e "
        "JOIN messages m ON m.row = e.message WHERE e.message IN " +
        std::string(messages_of_key) + " ORDER BY e.number");
    rows.bind(id_);
    while (rows.step()) {
      KeptDelivery& delivery = found_.deliveries.emplace_back();
      std::string outcome;
      std::optional<std::string> proof;
      rows.read(delivery.number, delivery.message, delivery.row.at, outcome, delivery.row.answer, delivery.finished_at,
                proof);
      delivery.row.outcome = outcome_of(outcome);
      delivery.proof = proof.value_or("");
      if (!takes(delivery.row.answer.size() + delivery.proof.size())) return;
    }
  }

  void read_inbound() {
    auto rows =
        connection_.prepare("SELECT row, digest, port, source, dxp_id, bytes, received_at FROM inbound WHERE row IN " +
                            std::string(inbound_of_key) + " ORDER BY row");
    rows.bind(id_);
    while (rows.step()) {
      auto& [record, acts] = found_.inbound.emplace_back();
      std::int64_t row = 0;
      rows.read(row, record.digest, record.port, record.source, record.dxp_id, record.bytes, record.received_at);
      if (!takes(record.bytes.size())) return;
      acts = acts_of(connection_, row);
    }
  }

  SqlConnection& connection_;
  const std::string& id_;
  std::size_t bytes_left_;
  Evidence found_;
};

}  // namespace

std::optional<Evidence> SqlLedger::evidence(const std::string& id, std::size_t most_bytes) {
  return look([&](SqlConnection& connection) { return Reader(connection, id, most_bytes).read(); });
}

}  // namespace gateway::ledger::sql

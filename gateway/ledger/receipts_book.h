// What the receipts loop asks of the ledger: windows, raw records, and which document a receipt belongs to.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "gateway/ledger/records.h"

namespace gateway::ledger {

class ReceiptsBook {
 public:
  virtual ~ReceiptsBook() = default;

  virtual std::optional<base::Time> window(const WindowKey& key) = 0;
  virtual std::optional<base::Time> earliest_unsettled_send(const std::string& port) = 0;
  // Stores what is new (by digest) and the window together; gives the number of new records.
  virtual std::size_t store_inbound(std::span<const InboundRecord> records, const WindowKey& key,
                                    base::Time window) = 0;
  virtual std::vector<InboundRecord> fresh_inbound(std::size_t most) = 0;
  // By any of our guids (root or document) or learnt numbers; with several matches all are given. An empty dxp_id: of
  // every sender.
  virtual std::vector<DocumentRef> by_number(const std::string& kind, const std::string& value,
                                             const std::string& dxp_id) = 0;
  // By the parts of a key; a part that the receipt leaves out is nothing and matches any.
  virtual std::vector<DocumentRef> by_key_parts(const std::string& type,
                                                std::span<const std::optional<std::string>> parts,
                                                const std::string& dxp_id) = 0;
  virtual std::optional<Standing> standing(const DocumentRef& ref) = 0;
  // First delivery of each version of the document that was begun, oldest version first.
  virtual std::vector<std::pair<int, base::Time>> first_sends(const std::string& id) = 0;
  // What the message with this root guid holds, ours or one whose documents were taken over; nothing if it is none of
  // this sender's.
  struct SentMessage {
    std::string type;
    std::size_t documents = 0;             // that went in it
    std::vector<DocumentRef> still_in_it;  // those that have not been sealed anew since
  };
  virtual std::optional<SentMessage> sent_message(const std::string& guid, const std::string& dxp_id) = 0;
  // Writes receipt, numbers, picture and move, and marks the record applied; what is applied already changes nothing.
  struct Applied {
    std::string inbound_digest;
    ReceiptRow receipt;
    std::vector<Number> learnt;
    Move move;
    // What nobody explains is counted with it; of `times` and the moments nothing is read.
    std::optional<UnexplainedCode> unexplained = std::nullopt;
    std::string refused_for = {}, refused_type = {};  // the code and the declaration's type, where it refuses
    // Which of the things that the record says, where it says several: the record is then only marked by set_inbound.
    std::string part = {};
    std::string told = {};  // of a notice: what the feed of changes says; one that came before is not told again
    enum class Message { stays, refused, is_left };  // refused as a whole: its deliveries count no more
    Message message = Message::stays;
    enum class Wakes { nobody, those_that_wait };  // for documents of their sale, of which this is one
    Wakes wakes = Wakes::nobody;
    std::vector<std::string> codes = {};  // within its text; the document is found by them, and by its status
  };
  enum class Written { moved_on, yes, and_learnt };  // moved_on: read again; and_learnt: a number is new
  // In one transaction; each is written or not by itself, and no two are for one document.
  virtual std::vector<Written> apply_receipts(std::span<const Applied> receipts) = 0;
  bool apply_receipt(const Applied& one) { return apply_receipts({&one, 1}).front() != Written::moved_on; }
  // `numbers` of a foreign record are kept, so that its later records are foreign too.
  virtual void set_inbound(const std::string& digest, InboundState state, const std::string& reason,
                           std::span<const Number> numbers) = 0;
  virtual bool is_foreign_number(const Number& number, const std::string& dxp_id) = 0;
  // unmatched -> fresh, the newest `most_tried_again` of them; called when a number was learnt or a document accepted.
  static constexpr std::size_t most_tried_again = 10'000;
  virtual std::size_t retry_unmatched() = 0;  // how many
  // The clock was set forward by so much: whatever was sent may be silent that much longer.
  virtual void put_off_silence(std::chrono::milliseconds by) = 0;
  // What may be silent until after `latest` was sent by a clock that was ahead: it may be until then. Gives the number.
  virtual std::size_t end_silence(base::Time latest, std::size_t most) = 0;
  // Newest versions that are sent and whose time has come: `next` says what becomes of each. Gives how many.
  virtual std::size_t move_silent(base::Time now, std::size_t most,
                                  const std::function<Picture(const Standing&)>& next) = 0;
};

}  // namespace gateway::ledger

#include "tools/platform/as3_desk.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <utility>

#include "base/log.h"
#include "codecs/as2/message.h"
#include "codecs/as2/mime.h"
#include "gateway/channels/as3/posting.h"

namespace tools::platform {
namespace {

namespace as2 = codecs::as2;
namespace as3 = gateway::channels::as3;
namespace asio = boost::asio;
using gateway::channels::Outcome;

constexpr std::chrono::milliseconds between_looks{50}, between_halves{300};
constexpr std::size_t most_letters_uploaded = 500;  // of one round
constexpr std::size_t most_file_bytes = std::size_t{64} << 20;
constexpr std::size_t most_uploads_remembered = 100'000;

as2::Mic of_bytes_never_sent(const as2::Mic& mic) { return as2::mic_of(mic.digest, "not what was sent"); }

}  // namespace

As3Desk::As3Desk(As3Terms terms, std::vector<std::string> dxp_ids, Inbox& inbox, ReceiptBook& receipts,
                 const base::Clock& clock)
    : terms_(std::move(terms)),
      dxp_ids_(std::move(dxp_ids)),
      inbox_(inbox),
      receipts_(receipts),
      clock_(clock),
      partnership_(terms_.port.agreement, as2::ReceiptWay::in_response),
      sessions_(terms_.port) {}

base::Result<as2::Agreement> As3Desk::agreement_with(const std::string& dxp_id) {
  auto agreement = partnership_.of(dxp_id, clock_.now());
  if (!agreement) return agreement;
  agreement->carrier = as2::Carrier::as3;
  agreement->partner_id = config::named_for(agreement->partner_id, dxp_id);
  return agreement;
}

void As3Desk::round() {
  for (const std::string& dxp_id : dxp_ids_) take_from(dxp_id);
  answer_late_ones();
  for (const Letter& letter : receipts_.letters(Way::as3, clock_.now(), most_letters_uploaded)) hand_over(letter);
}

asio::awaitable<void> As3Desk::run() {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  for (;;) {
    round();
    timer.expires_after(between_looks);
    co_await timer.async_wait(asio::use_awaitable);
  }
}

void As3Desk::take_from(const std::string& dxp_id) {
  const auto agreement = agreement_with(dxp_id);
  if (!agreement) return complain(dxp_id, agreement.faults());
  auto session = sessions_.lend();
  const auto listing = session->list(config::named_for(terms_.port.ftp.in, dxp_id));
  if (!listing) return complain(dxp_id, listing.faults());
  for (const as3::Listed& file : listing->files) {
    if (as3::is_temporary(file.name)) continue;
    if (const auto done = take(*session, dxp_id, file.name, *agreement); !done) complain(file.name, done.faults());
  }
}

// What is not removed comes again.
base::Done As3Desk::take(Session& session, const std::string& dxp_id, const std::string& name,
                         const Agreement& agreement) {
  const std::string folder = config::named_for(terms_.port.ftp.in, dxp_id);
  auto bytes = session.download(folder, name, most_file_bytes);
  if (!bytes) return bytes.faults();
  as3::Incoming incoming = as3::open_file(*std::move(bytes), agreement);
  if (!incoming.faults.empty()) complain(name, incoming.faults);
  const auto reception = reception_of(incoming, dxp_id);
  if (!reception) return reception.faults();
  if (*reception == Reception::refused) return base::Nothing{};
  auto answered = answer(session, dxp_id, std::move(incoming), *reception, agreement);
  if (!answered) return answered;
  return session.remove(folder, name);
}

// One that comes again is answered, and not given to customs.
base::Result<Reception> As3Desk::reception_of(const as3::Incoming& incoming, const std::string& dxp_id) {
  if (incoming.kind != as3::Kind::message) return Reception::taken;
  const std::string key = dxp_id + " " + incoming.message_id;
  if (answered_.contains(key)) return Reception::taken;
  auto reception = inbox_.take({Way::as3, incoming.bytes, dxp_id});
  if (!reception || *reception == Reception::refused) return reception;
  if (answered_.size() >= most_uploads_remembered) answered_.clear();
  answered_.insert(key);
  return reception;
}

base::Done As3Desk::answer(Session& session, const std::string& dxp_id, as3::Incoming incoming, Reception reception,
                           const Agreement& agreement) {
  const bool is_asked_for = incoming.request.way != as2::ReceiptWay::none;
  if (incoming.kind == as3::Kind::receipt || !is_asked_for || reception == Reception::answer_lost) {
    return base::Nothing{};
  }
  if (reception == Reception::answer_wrong) incoming.mic = of_bytes_never_sent(incoming.mic.value());
  auto file = as3::answer_to(incoming, agreement);
  if (!file) return file.faults();
  if (reception != Reception::answer_late) return put(session, dxp_id, file->name, file->bytes);
  const std::chrono::duration<double> lateness(terms_.lateness_seconds);
  const auto due = clock_.now() + std::chrono::duration_cast<std::chrono::milliseconds>(lateness);
  late_.push_back({dxp_id, *std::move(file), due});
  return base::Nothing{};
}

void As3Desk::answer_late_ones() {
  std::erase_if(late_, [this](const Late& late) {
    if (clock_.now() < late.due) return false;
    auto session = sessions_.lend();
    const auto done = put(*session, late.dxp_id, late.file.name, late.file.bytes);
    if (!done) complain(late.file.name, done.faults());
    return bool(done);
  });
}

// The same Message-ID each time: one that comes again is known to the gateway.
void As3Desk::hand_over(const Letter& letter) {
  const auto agreement = agreement_with(letter.dxp_id);
  if (!agreement) return complain(letter.dxp_id, agreement.faults());
  const auto half = half_written_.find(letter.number);
  if (half != half_written_.end() && clock_.now() < half->second) return;
  const std::string name = file_name_of(letter) + ".as3", id = "<" + letter.id + "@platform>";
  auto message = as2::make_message({letter.bytes, "application/xml", letter.type + ".xml"}, id, *agreement);
  if (!message) return complain(name, message.faults());
  const std::string bytes = as2::Entity{std::move(message->headers), std::move(message->body)}.text();
  auto session = sessions_.lend();
  if (letter.handing == Handing::in_halves && half == half_written_.end()) {
    const auto done = session->upload(folder_of(letter.dxp_id), name, bytes.substr(0, bytes.size() / 2));
    if (!done) return complain(name, done.faults());
    half_written_[letter.number] = clock_.now() + between_halves;
    return;
  }
  if (const auto done = put(*session, letter.dxp_id, name, bytes); !done) return complain(name, done.faults());
  half_written_.erase(letter.number);
  receipts_.handed_over(letter);
}

base::Done As3Desk::put(Session& session, const std::string& dxp_id, const std::string& name,
                        const std::string& bytes) {
  as3::Posting posting;
  const auto answer = posting.put(session, folder_of(dxp_id), name, bytes);
  if (answer.outcome == Outcome::confirmed) return base::Nothing{};
  return base::Fault{"as3.unreachable", name, answer.text, answer.text, {}};
}

std::string As3Desk::folder_of(const std::string& dxp_id) const {
  return config::named_for(terms_.port.ftp.out, dxp_id);
}

void As3Desk::complain(const std::string& about, const base::Faults& faults) {
  std::string& last = complaints_[about];
  if (last == faults.front().en) return;
  last = faults.front().en;
  base::log(base::LogLevel::warning, "platform", about + ": " + last);
}

}  // namespace tools::platform

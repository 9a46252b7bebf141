#include "gateway/channels/as3/as3_channel.h"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <mutex>
#include <utility>

#include "codecs/as2/mime.h"
#include "gateway/channels/as3/ftp_words.h"
#include "gateway/channels/as3/in_folder.h"
#include "gateway/channels/as3/posting.h"
#include "gateway/channels/as3/verdict.h"
#include "gateway/offload/run_within.h"

namespace gateway::channels::as3 {

namespace asio = boost::asio;
using codecs::as2::SentMessage;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t threads = 4;           // and logins
constexpr std::size_t most_waiting = 10000;  // more than deliveries and DXPIDs at once
constexpr milliseconds longest_reading{5000};
constexpr const char* source_name = "in";

base::Fault slow_fault(const std::string& url) {
  return {"channel.timeout",
          url,
          "FTP 服务器 " + url + " 在限定时间内没有响应；请检查网络",
          "the FTP server " + url + " did not answer within the time allowed; look at the network",
          {}};
}

asio::awaitable<void> rest(milliseconds length) {
  asio::steady_timer timer(co_await asio::this_coro::executor, length);
  boost::system::error_code cut_short;
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, cut_short));
}

codecs::as2::ReceiptWay way_of(const config::Agreement& agreement) {
  return agreement.receipt_url.empty() ? codecs::as2::ReceiptWay::in_response : codecs::as2::ReceiptWay::to_url;
}

// A message that is on its way to the server, or there.
struct Placed {
  Answer answer;
  SentMessage sent;
  bool has_its_receipt = false;  // of an earlier try
};

}  // namespace

struct As3Channel::Box {
  Box(Folders folders, Sessions& sessions) : folder_out(folders.out), folder(std::move(folders), sessions) {}

  const std::string folder_out;
  std::mutex mutex;  // of the folder
  InFolder folder;
  Moment next_look;  // on the I/O thread
  bool is_settling = false;
};

namespace {

// What blocks: making the file, and placing it.
Placed place(Posting& posting, Sessions& sessions, InFolder& in, const std::string& out, const Outgoing& message,
             const codecs::as2::Agreement& agreement) {
  const std::string id = message_id_of(message);
  const codecs::as2::Payload payload{message.envelope, "application/xml", message.type + "-" + message.guid + ".xml"};
  auto made = codecs::as2::make_message(payload, id, agreement);
  if (!made) return {{Outcome::unreachable, words_of(made.faults())}, {}};
  SentMessage sent{id, made->mic};
  if (const auto receipt = in.receipt_of(id)) return {verdict_of(*receipt, sent, agreement.receipt), sent, true};
  const std::string file = codecs::as2::Entity{std::move(made->headers), std::move(made->body)}.text();
  auto session = sessions.lend();
  Answer answer = posting.put(*session, out, message.type + "-" + message.guid + ".as3", file);
  return {std::move(answer), std::move(sent)};
}

}  // namespace

As3Channel::As3Channel(const config::Port& port)
    : port_(port), partnership_(port.agreement, way_of(port.agreement)), sessions_(port), ftp_(threads, most_waiting) {}

As3Channel::~As3Channel() { sessions_.stop(); }

base::Result<codecs::as2::Agreement> As3Channel::agreement_of(const std::string& dxp_id) {
  const base::Time now = base::SystemClock().now();
  auto agreement = partnership_.of(dxp_id, now);
  ends_soon_ = partnership_.remark(now).line();
  if (agreement) agreement->carrier = codecs::as2::Carrier::as3;
  return agreement;
}

std::shared_ptr<As3Channel::Box> As3Channel::box_of(const std::string& dxp_id) {
  auto& box = boxes_[dxp_id];
  if (!box) {
    Folders folders{config::named_for(port_.ftp.in, dxp_id), config::named_for(port_.ftp.out, dxp_id),
                    port_.ftp.after_reading, port_.timeout};
    box = std::make_shared<Box>(std::move(folders), sessions_);
  }
  return box;
}

asio::awaitable<Answer> As3Channel::send(Outgoing message) {
  const std::string dxp_id = message.dxp_id;
  auto agreement = agreement_of(dxp_id);
  Answer answer;
  if (agreement) {
    auto delivery = deliver(box_of(dxp_id), *std::move(agreement), std::move(message));
    answer = co_await std::move(delivery);
  } else {
    answer = {Outcome::unreachable, words_of(agreement.faults())};
  }
  sending_troubles_[dxp_id] = answer.outcome == Outcome::unreachable ? answer.text : "";
  co_return answer;
}

asio::awaitable<Answer> As3Channel::deliver(std::shared_ptr<Box> box, Agreement agreement, Outgoing message) {
  const Moment end = steady_clock::now() + port_.timeout;
  const auto posting = std::make_shared<Posting>();
  auto put = [this, posting, box, agreement, what = std::move(message)] {
    return place(*posting, sessions_, box->folder, box->folder_out, what, agreement);
  };
  std::optional<Placed> placed = co_await offload::run_within(port_.timeout, ftp_, std::move(put));
  if (!placed) {
    const Outcome outcome = posting->give_up() ? Outcome::unreachable : Outcome::unknown;
    co_return Answer{outcome, words_of({slow_fault(port_.url)})};
  }
  const bool is_there = placed->answer.outcome == Outcome::confirmed;
  if (!is_there || placed->has_its_receipt) co_return std::move(placed->answer);
  auto receipt = confirmation(std::move(box), std::move(agreement), std::move(placed->sent), end);
  co_return co_await std::move(receipt);
}

// The server has it; the receipt says that the partner has.
asio::awaitable<Answer> As3Channel::confirmation(std::shared_ptr<Box> box, Agreement agreement, SentMessage sent,
                                                 Moment end) {
  std::string trouble;
  for (;;) {
    if (const auto receipt = box->folder.receipt_of(sent.message_id)) {
      co_return verdict_of(*receipt, sent, agreement.receipt);
    }
    const Moment now = steady_clock::now();
    if (now >= end) co_return not_answered(box->folder_out, trouble);
    if (now >= box->next_look) {
      const auto looked = co_await look(box, agreement);
      trouble = looked ? "" : words_of(looked.faults());
      continue;
    }
    co_await rest(std::chrono::ceil<milliseconds>(std::min(box->next_look, end) - now));
  }
}

// Of several at the same time one looks, and the others wait for what it finds.
asio::awaitable<base::Done> As3Channel::look(std::shared_ptr<Box> box, Agreement agreement) {
  box->next_look = steady_clock::now() + between_looks(*box);
  auto work = [box, agreement, longest = std::min(longest_reading, port_.timeout / 2)]() -> base::Done {
    const std::unique_lock lock(box->mutex, std::try_to_lock);
    if (!lock) return base::Nothing{};
    return box->folder.look(agreement, longest);
  };
  auto looked = co_await offload::run_within(port_.timeout, ftp_, std::move(work));
  if (!looked) co_return slow_fault(port_.url);
  if (const std::unique_lock lock(box->mutex, std::try_to_lock); lock) box->is_settling = box->folder.is_settling();
  box->next_look = steady_clock::now() + between_looks(*box);
  co_return std::move(*looked);
}

milliseconds As3Channel::between_looks(const Box& box) const {
  return box.is_settling ? directory::settled_after : std::min(port_.poll_interval, port_.timeout);
}

std::vector<Source> As3Channel::sources() const { return {{source_name, "", Supply::queue}}; }

asio::awaitable<base::Result<std::vector<Received>>> As3Channel::receive(Window window) {
  auto agreement = agreement_of(window.dxp_id);
  if (!agreement) receiving_troubles_[window.dxp_id] = words_of(agreement.faults());
  if (!agreement) co_return agreement.faults();
  const auto box = box_of(window.dxp_id);
  std::vector<Received> received;
  for (const Moment end = steady_clock::now() + longest_wait;;) {
    if (steady_clock::now() >= box->next_look) {
      const auto looked = co_await look(box, *agreement);
      receiving_troubles_[window.dxp_id] = looked ? "" : words_of(looked.faults());
      if (!looked) co_return looked.faults();
    }
    if (const std::unique_lock lock(box->mutex, std::try_to_lock); lock) {
      for (std::string& record : box->folder.give(most_records)) received.push_back({std::move(record), window.since});
      remarks_[window.dxp_id] = box->folder.remarks();
    }
    const Moment now = steady_clock::now();
    if (!received.empty() || now >= end) co_return received;
    co_await rest(std::chrono::ceil<milliseconds>(std::min(std::max(box->next_look, now), end) - now));
  }
}

// Without a time of its own: each of its calls has one, and the first that finds no server is the last.
asio::awaitable<void> As3Channel::acknowledge(Window window) {
  const auto box = boxes_.find(window.dxp_id);
  const auto agreement = agreement_of(window.dxp_id);
  if (box == boxes_.end() || !agreement) co_return;
  auto put_away = [one = box->second, agreement = *agreement] {
    const std::lock_guard lock(one->mutex);
    one->folder.put_away(agreement);
  };
  co_await ftp_.run(std::move(put_away));
  box->second->next_look = steady_clock::now();
}

Health As3Channel::health() const {
  if (receiving_troubles_.empty() && sending_troubles_.empty()) return {false, "not looked at yet"};
  Health health{true, ends_soon_.empty() ? "the FTP server answers" : ends_soon_};
  for (const auto& [dxp_id, remark] : remarks_) {
    if (!remark.empty()) health.detail = remark;
  }
  for (const auto* troubles : {&sending_troubles_, &receiving_troubles_}) {
    for (const auto& [dxp_id, trouble] : *troubles) {
      if (!trouble.empty()) health = {false, trouble};
    }
  }
  return health;
}

}  // namespace gateway::channels::as3

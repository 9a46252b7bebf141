#include "gateway/channels/directory/directory_channel.h"

#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <chrono>
#include <mutex>
#include <utility>

#include "gateway/channels/directory/arrivals.h"
#include "gateway/channels/directory/files.h"
#include "gateway/channels/directory/in_folder.h"
#include "gateway/channels/directory/placing.h"
#include "gateway/offload/run_within.h"

namespace gateway::channels::directory {

namespace asio = boost::asio;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t threads = 4;
constexpr std::size_t most_waiting = 10000;  // more than deliveries and DXPIDs at once
constexpr const char* source_name = "in";

std::string slow_words(const std::string& folder) {
  return "目录 " + folder + " 在限定时间内没有响应；请检查该磁盘 / the folder " + folder +
         " did not answer within the time allowed; look at its disk";
}

base::Fault slow_fault(const std::string& folder) {
  return {"channel.timeout", folder, slow_words(folder), slow_words(folder), {}};
}

struct Seen {
  base::Result<Look> look;
  std::string out_trouble;
};

base::Fault busy_fault(const std::filesystem::path& folder) {
  return {"channel.busy",
          folder.string(),
          "上一次读取目录 " + folder.string() + " 尚未结束；请检查该磁盘是否正常。",
          "the last look into the folder " + folder.string() + " has not come back yet; see whether its disk answers",
          {}};
}

std::vector<Received> received(std::vector<Incoming> files) {
  std::vector<Received> all;
  for (Incoming& one : files) all.push_back({std::move(one.bytes), one.written_at});
  return all;
}

}  // namespace

struct DirectoryChannel::Inbound {
  Inbound(const std::filesystem::path& in, std::filesystem::path beside, config::AfterReading after_reading,
          const asio::any_io_executor& executor)
      : path(in), out(std::move(beside)), folder(in, after_reading), arrivals(executor) {}

  std::filesystem::path path, out;
  std::mutex mutex;  // of the folder
  InFolder folder;
  Arrivals arrivals;
};

DirectoryChannel::DirectoryChannel(const config::Port& port) : port_(port), files_(threads, most_waiting) {}

DirectoryChannel::~DirectoryChannel() = default;

std::filesystem::path DirectoryChannel::out_of(const std::string& dxp_id) const {
  return config::named_for(port_.folders.out.string(), dxp_id);
}

std::filesystem::path DirectoryChannel::in_of(const std::string& dxp_id) const {
  return config::named_for(port_.folders.in.string(), dxp_id);
}

asio::awaitable<Answer> DirectoryChannel::send(Outgoing message) {
  const auto folder = out_of(message.dxp_id);
  const auto placing = std::make_shared<Placing>();
  auto put = [placing, folder, what = std::move(message)] { return placing->put(folder, what); };
  std::optional<Answer> answer = co_await offload::run_within(port_.timeout, files_, std::move(put));
  if (!answer) {
    const Outcome outcome = placing->give_up() ? Outcome::unreachable : Outcome::unknown;
    answer = Answer{outcome, slow_words(folder.string())};
  }
  sending_troubles_[folder.string()] = answer->outcome == Outcome::confirmed ? "" : answer->text;
  co_return std::move(*answer);
}

std::vector<Source> DirectoryChannel::sources() const { return {{source_name, "", Supply::queue}}; }

std::shared_ptr<DirectoryChannel::Inbound> DirectoryChannel::inbound_of(const std::string& dxp_id,
                                                                        const asio::any_io_executor& executor) {
  auto& inbound = inbound_[dxp_id];
  if (!inbound) {
    inbound = std::make_shared<Inbound>(in_of(dxp_id), out_of(dxp_id), port_.folders.after_reading, executor);
  }
  return inbound;
}

asio::awaitable<base::Result<std::vector<Received>>> DirectoryChannel::receive(Window window) {
  const auto executor = co_await asio::this_coro::executor;
  co_return co_await next_of(inbound_of(window.dxp_id, executor));
}

asio::awaitable<base::Result<std::vector<Received>>> DirectoryChannel::next_of(std::shared_ptr<Inbound> inbound) {
  const std::string path = inbound->path.string();
  for (const auto end = steady_clock::now() + longest_wait;;) {
    auto look = [inbound] {
      const std::unique_lock lock(inbound->mutex, std::try_to_lock);
      if (!lock) return Seen{busy_fault(inbound->path), ""};
      inbound->arrivals.watch(inbound->path);
      const auto closed = inbound->arrivals.names();
      auto found = inbound->folder.look(closed, most_records);
      return Seen{std::move(found), trouble_of(inbound->out).value_or("")};
    };
    auto seen = co_await offload::run_within(port_.timeout, files_, std::move(look));
    if (!seen) troubles_[path] = slow_words(path);
    if (!seen) co_return slow_fault(path);
    troubles_[inbound->out.string()] = seen->out_trouble;
    troubles_[path] = seen->look ? "" : seen->look.faults().front().en;
    if (!seen->look) co_return seen->look.faults();
    remarks_[path] = seen->look->remarks;
    if (!seen->look->files.empty()) co_return received(std::move(seen->look->files));
    const auto left = std::chrono::ceil<milliseconds>(end - steady_clock::now());
    if (left <= milliseconds(0)) co_return std::vector<Received>();
    co_await inbound->arrivals.wait(seen->look->is_settling ? std::min(left, settled_after) : left);
  }
}

asio::awaitable<void> DirectoryChannel::acknowledge(Window window) {
  const auto inbound = inbound_.find(window.dxp_id);
  if (inbound == inbound_.end()) co_return;
  auto put_away = [one = inbound->second] {
    const std::lock_guard lock(one->mutex);
    one->folder.put_away(base::SystemClock().now());
    return true;
  };
  co_await offload::run_within(port_.timeout, files_, std::move(put_away));
}

Health DirectoryChannel::health() const {
  if (troubles_.empty() && sending_troubles_.empty()) return {false, "not looked at yet"};
  Health health{true, "the folders can be used"};
  for (const auto& [folder, remark] : remarks_) {
    if (!remark.empty()) health.detail = remark;
  }
  for (const auto* troubles : {&sending_troubles_, &troubles_}) {
    for (const auto& [folder, trouble] : *troubles) {
      if (!trouble.empty()) health = {false, trouble};
    }
  }
  return health;
}

}  // namespace gateway::channels::directory

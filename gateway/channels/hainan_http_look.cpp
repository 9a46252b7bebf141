#include "gateway/channels/hainan_http_look.h"

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <charconv>

#include "base/clock.h"
#include "codecs/hainan/listing.h"
#include "gateway/channels/hainan_http_channel.h"
#include "gateway/http/client.h"
#include "gateway/http/target.h"

namespace gateway::channels {

namespace asio = boost::asio;

namespace {

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<unsigned> number_in(std::string_view digits) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

http::Exchange asked(const std::string& url, std::chrono::milliseconds longest) {
  http::Call call;
  call.url = url;
  call.timeout = longest;
  http::Exchange answer;
  std::exception_ptr failure;
  asio::io_context io;
  asio::co_spawn(io, http::send(std::move(call)), [&](const std::exception_ptr& error, http::Exchange exchange) {
    failure = error;
    answer = std::move(exchange);
  });
  io.run();
  if (failure) std::rethrow_exception(failure);
  return answer;
}

Sighting unreachable(const config::Port& port, const std::string& detail) {
  return {Sight::missing, "地址 " + port.url, "address " + port.url,
          "连接不上（" + detail + "）；请检查 url、网络和防火墙",
          "it cannot be reached (" + detail + "); check the url, the network and the firewall"};
}

// Those that the platform is known to have; of the others nobody has seen yet where it does.
bool is_known(const Source& source) {
  return source.receipt_type == "CEB312Message" || source.receipt_type == "CEB622Message";
}

Sighting missing(const Source& source, std::string zh, std::string en) {
  return {Sight::missing, "回执列表 " + source.name, "listing " + source.name, std::move(zh), std::move(en)};
}

std::optional<Sighting> trouble_in(const http::Response& response, const Source& source, const std::string& dxp_id) {
  if (response.status != 200) {
    const std::string said = "HTTP " + std::to_string(response.status);
    return missing(source, "对 DXPID " + dxp_id + " 回答 " + said + "；请检查 url 和 paths，或向平台核实",
                   "it answers " + said + " for DXPID " + dxp_id + "; check url and paths, or ask the platform");
  }
  const auto forms = codecs::hainan::standard_listings();
  const auto form = std::ranges::find(forms, source.receipt_type, &codecs::hainan::ListingForm::receipt_type);
  const auto records = codecs::hainan::split_listing(*form, response.body);
  if (records) return std::nullopt;
  return missing(source, "回答不是回执列表（" + records.faults().front().zh + "）；请检查 url 和 paths",
                 "the answer is no listing (" + records.faults().front().en + "); check url and paths");
}

class Looking {
 public:
  Looking(const config::Port& port, std::chrono::milliseconds longest) : port_(port), longest_(longest) {
    address_ = port.url.substr(0, port.url.find_last_not_of('/') + 1);
  }

  // False: nobody answers, so there is no use in asking on.
  bool ask(const Source& source, const std::vector<std::string>& dxp_ids) {
    for (const std::string& dxp_id : dxp_ids) {
      const base::Time before = clock_.now();
      const auto exchange = asked(
          address_ + source.name + "?dxpid=" + http::percent_encoded(dxp_id) + "&qryid=" + base::china_digits14(before),
          longest_);
      if (exchange.reach != http::Reach::answered) {
        view_.sightings.push_back(unreachable(port_, exchange.detail));
        return false;
      }
      const auto date = read_http_date(exchange.response.headers.get("Date"));
      if (date && !view_.clock) view_.clock = ClockReading{*date, before, clock_.now()};
      if (!is_good(exchange.response, source, dxp_id)) return true;
    }
    ++good_;
    return true;
  }

  View seen() && {
    if (good_ > 0) {
      const std::string count = std::to_string(good_);
      view_.sightings.push_back(
          {Sight::there, "回执列表", "listings", count + " 个可以查询", count + " of them answer"});
    }
    if (!absent_.empty()) {
      view_.sightings.push_back({Sight::hidden, "其他回执列表", "other listings",
                                 "平台没有：" + absent_ + "；这些回执从哪里取，要问平台",
                                 "the platform does not have " + absent_ + "; where such receipts come only it knows"});
    }
    return std::move(view_);
  }

 private:
  bool is_good(const http::Response& response, const Source& source, const std::string& dxp_id) {
    constexpr unsigned not_found = 404;
    if (response.status == not_found && !is_known(source)) {
      absent_ += (absent_.empty() ? "" : ", ") + source.name;
      return false;
    }
    auto trouble = trouble_in(response, source, dxp_id);
    if (trouble) view_.sightings.push_back(std::move(*trouble));
    return !trouble;
  }

  const config::Port& port_;
  std::chrono::milliseconds longest_;
  std::string address_;
  base::SystemClock clock_;
  View view_;
  std::size_t good_ = 0;
  std::string absent_;
};

}  // namespace

std::optional<base::Time> read_http_date(std::string_view text) {
  constexpr std::string_view form = "Sun, 06 Nov 1994 08:49:37 GMT";
  const bool is_of_form = text.size() == form.size() && text.substr(3, 2) == ", " && text[7] == ' ' &&
                          text[11] == ' ' && text[16] == ' ' && text[19] == ':' && text[22] == ':' &&
                          text.substr(25) == " GMT";
  if (!is_of_form) return std::nullopt;
  const auto* const month = std::ranges::find(months, text.substr(8, 3));
  const auto day = number_in(text.substr(5, 2)), year = number_in(text.substr(12, 4));
  const auto hour = number_in(text.substr(17, 2)), minute = number_in(text.substr(20, 2)),
             second = number_in(text.substr(23, 2));
  if (month == months.end() || !day || !year || !hour || !minute || !second) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(static_cast<unsigned>(month - months.begin()) + 1),
                                         std::chrono::day(*day)};
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
         std::chrono::seconds(*second);
}

View look_at_hainan_http(const config::Port& port, const std::vector<std::string>& dxp_ids,
                         std::chrono::milliseconds longest) {
  Looking looking(port, longest);
  for (const Source& source : HainanHttpChannel(port).sources()) {
    if (!looking.ask(source, dxp_ids)) break;
  }
  View view = std::move(looking).seen();
  view.sightings.push_back({Sight::hidden, "通道", "channel",
                            "该口岸没有登录；平台是否已为这些 DXPID 配置通道，要到第一份测试报文有了回执才知道",
                            "this port has no login; whether the platform has a channel for the DXPIDs only shows when "
                            "the first test message gets a receipt"});
  return view;
}

}  // namespace gateway::channels

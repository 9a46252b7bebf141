#include "gateway/views/ledger_trouble.h"

#include <chrono>
#include <string>

#include "gateway/ledger/ledger_error.h"
#include "gateway/views/answers.h"

namespace gateway::views {

namespace {

using ledger::Trouble;

constexpr std::chrono::seconds until_somebody_makes_room{30};
constexpr std::chrono::seconds until_it_is_back{5};

http::Response away_for(std::chrono::seconds time, const std::string& title, base::Fault why) {
  http::Response response = http::Response::problem(503, title, {std::move(why)});
  response.headers.set("Retry-After", std::to_string(time.count()));
  return response;
}

}  // namespace

std::optional<http::Response> ledger_trouble(const std::exception& error) {
  const auto* const trouble = dynamic_cast<const ledger::LedgerError*>(&error);
  if (trouble == nullptr || trouble->trouble() == Trouble::other) return std::nullopt;
  if (trouble->trouble() == Trouble::no_room) {
    return away_for(
        until_somebody_makes_room, "the disk is full",
        fault("ledger.no_room", "", "账本所在磁盘已满，本次请求的内容一概未保存；腾出空间后会自动恢复，请稍后重试。",
              "The disk of the ledger is full; nothing of this request was kept. It goes on by itself "
              "once there is room: try again later."));
  }
  return away_for(
      until_it_is_back, "the ledger cannot be used",
      fault("ledger.unusable", "", "账本暂时无法使用，无法确认本次请求是否已保存；恢复后请原样重试，不会重复受理。",
            "The ledger cannot be used at the moment, and whether this request was kept is not known; "
            "send the same again when it is back: nothing is taken twice."));
}

}  // namespace gateway::views

#include "tools/jointtest/report/answer_times.h"

#include <algorithm>
#include <map>

namespace tools::jointtest::report {

namespace {

using Durations = std::vector<std::chrono::milliseconds>;

struct Collected {
  std::size_t documents = 0;
  std::array<Durations, stations.size()> durations;
};

std::optional<base::Time> reached(const MessageResult& message, Station station) {
  switch (station) {
    case Station::sent:
      return message.sent;
    case Station::first_receipt:
      return first_receipt(message);
    case Station::settled:
      return message.settled;
  }
  return std::nullopt;
}

void collect(const MessageResult& message, Collected& collected) {
  ++collected.documents;
  if (!message.accepted) return;
  for (const Station station : stations) {
    const auto at = reached(message, station);
    if (at && *at >= *message.accepted) {
      collected.durations.at(static_cast<std::size_t>(station)).push_back(*at - *message.accepted);
    }
  }
}

std::optional<Figures> figures_of(Durations durations) {
  if (durations.empty()) return std::nullopt;
  std::ranges::sort(durations);
  const std::size_t middle = durations.size() / 2;
  const auto median = durations.size() % 2 == 1 ? durations[middle] : (durations[middle - 1] + durations[middle]) / 2;
  return Figures{durations.size(), durations.front(), median, durations.back()};
}

}  // namespace

Words title(Station station) {
  switch (station) {
    case Station::sent:
      return {"已发送", "sent"};
    case Station::first_receipt:
      return {"首个回执", "first receipt"};
    case Station::settled:
      return {"已办结", "settled"};
  }
  return {};
}

std::optional<base::Time> first_receipt(const MessageResult& message) {
  const auto first = std::ranges::min_element(message.receipts, {}, &ReceiptResult::at);
  if (first == message.receipts.end()) return std::nullopt;
  return first->at;
}

std::vector<TypeTimes> answer_times(const RunResult& run) {
  std::map<std::string, Collected> by_type;
  for (const CaseResult& one : run.cases) {
    for (const MessageResult& message : one.messages) collect(message, by_type[message.type]);
  }
  std::vector<TypeTimes> times;
  for (auto& [type, collected] : by_type) {
    TypeTimes of_it{type, collected.documents, {}};
    for (const Station station : stations) {
      const auto place = static_cast<std::size_t>(station);
      of_it.figures.at(place) = figures_of(std::move(collected.durations.at(place)));
    }
    if (std::ranges::any_of(of_it.figures, [](const auto& figures) { return figures.has_value(); })) {
      times.push_back(std::move(of_it));
    }
  }
  return times;
}

}  // namespace tools::jointtest::report

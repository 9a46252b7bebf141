#include "gateway/ledger/sql/figures.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "gateway/ledger/sql/connection.h"

namespace gateway::ledger::sql {

namespace {

constexpr double first_class_seconds = 0.05, class_ratio = 1.2;
constexpr int last_class = 120;  // years
constexpr std::chrono::hours china_ahead{8};

}  // namespace

std::string_view word(FigureOf span) { return span == FigureOf::minute ? "minute" : "day"; }

base::Time beginning_of(FigureOf span, base::Time at) {
  if (span == FigureOf::minute) return std::chrono::floor<std::chrono::minutes>(at);
  return base::Time(std::chrono::floor<std::chrono::days>(at + china_ahead)) - china_ahead;
}

int duration_class(std::chrono::milliseconds took) {
  const double seconds = static_cast<double>(took.count()) / 1000.0;
  if (seconds <= first_class_seconds) return 0;
  const double place = std::ceil(std::log(seconds / first_class_seconds) / std::log(class_ratio));
  return std::min(static_cast<int>(place), last_class);
}

double seconds_of(int duration_class) {
  return first_class_seconds * std::pow(class_ratio, static_cast<double>(duration_class) - 0.5);
}

void Figures::add(FigureOf span, base::Time at, const std::string& enterprise, std::string_view event, std::string of) {
  const auto begins_at = beginning_of(span, at).time_since_epoch().count();
  ++figures_[{word(span), begins_at, enterprise, std::string(event), std::move(of)}];
}

void Figures::write(SqlConnection& connection) {
  for (const auto& [figure, count] : std::exchange(figures_, {})) {
    const auto& [span, begins_at, enterprise, event, of] = figure;
    connection
        .prepare(
            "INSERT INTO figures (span, begins_at, enterprise, event, about, session, count) VALUES (?, ?, ?, ?, ?, " +
            std::string(connection.dialect().session) +
            ", ?) ON CONFLICT (span, begins_at, enterprise, event, about, session) "
            "DO UPDATE SET count = figures.count + excluded.count")
        .bind(span, begins_at, enterprise, event, of, count)
        .run();
  }
}

}  // namespace gateway::ledger::sql

#include "gateway/ledger/postgres/postgres_store.h"

#include <chrono>
#include <libpq-fe.h>
#include <poll.h>
#include <random>
#include <utility>

#include "base/failpoint.h"
#include "base/guid.h"
#include "gateway/ledger/ledger_error.h"
#include "gateway/ledger/postgres/postgres_schema.h"

namespace gateway::ledger::postgres {

namespace {

constexpr int connections = 6;
constexpr int most_tries = 8;  // of a transaction that others take back
constexpr std::chrono::milliseconds longest_rest{40};
constexpr std::chrono::milliseconds between_news{30};
constexpr std::chrono::seconds before_listening_again{2};

// Those that took each other back shall not meet again.
void rest() {
  thread_local std::mt19937_64 engine{std::random_device{}()};
  std::this_thread::sleep_for(
      std::chrono::milliseconds(std::uniform_int_distribution<long>(1, longest_rest.count())(engine)));
}

void take_back(PostgresConnection& connection) noexcept {
  connection.counts().set({});
  try {
    connection.execute("ROLLBACK");
  } catch (const std::exception&) {
    // A connection that is lost has taken it back by itself, and is revived before it is used again.
  }
}

std::string later_by(std::chrono::milliseconds time, const sql::SqlConnection& connection) {
  return std::string(connection.dialect().now) + " + " + std::to_string(time.count());
}

}  // namespace

class PostgresStore::Borrowed {
 public:
  explicit Borrowed(PostgresStore& store) : store_(store) {
    std::unique_lock lock(store_.borrowing_);
    store_.given_back_.wait(lock, [this] { return !store_.idle_.empty(); });
    connection_ = std::move(store_.idle_.back());
    store_.idle_.pop_back();
  }
  Borrowed(const Borrowed&) = delete;
  Borrowed& operator=(const Borrowed&) = delete;
  ~Borrowed() {
    const std::lock_guard lock(store_.borrowing_);
    store_.idle_.push_back(std::move(connection_));
    store_.given_back_.notify_one();
  }
  PostgresConnection& operator*() const { return *connection_; }

 private:
  PostgresStore& store_;
  std::unique_ptr<PostgresConnection> connection_;
};

PostgresStore::PostgresStore(std::string url, std::chrono::milliseconds place_lasts)
    : url_(std::move(url)), place_lasts_(place_lasts) {
  for (int i = 0; i < connections; ++i) idle_.push_back(std::make_unique<PostgresConnection>(url_));
  migrate(*idle_.front());
  take_place();
}

PostgresStore::~PostgresStore() {
  leaving_ = true;
  if (listener_.joinable()) listener_.join();
  try {
    write([this](sql::SqlConnection& connection) {
      connection.prepare("DELETE FROM gateways WHERE place = ?").bind(place_).run();
      return true;
    });
  } catch (const std::exception&) {
    // The place ends by itself.
  }
}

void PostgresStore::write_once(const Work& work) {
  const Borrowed connection(*this);
  (*connection).begin("BEGIN");
  try {
    if (!work(*connection)) return take_back(*connection);
    (*connection).counts().write(*connection);
    base::failpoint("ledger.committing");
    (*connection).execute("COMMIT");
    base::failpoint("ledger.committed");
    wrote_ = true;
  } catch (...) {
    take_back(*connection);
    throw;
  }
}

void PostgresStore::write(const Work& work) {
  for (int tries = 1;; ++tries) {
    try {
      return write_once(work);
    } catch (const TakenBack& taken_back) {
      if (tries == most_tries) {
        throw LedgerError(std::string("账本过于繁忙，请重试 / others write the same all the time, try again: ") +
                          taken_back.what());
      }
    }
    rest();
  }
}

void PostgresStore::look(const std::function<void(sql::SqlConnection&)>& work) {
  const Borrowed connection(*this);
  (*connection).begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  try {
    work(*connection);
    (*connection).execute("COMMIT");
  } catch (...) {
    take_back(*connection);
    throw;
  }
}

// Moves of transactions that run at the same time become visible in another order than they were written in: they are
// numbered as they become visible, or a reader that has passed on would miss one. Those of one document are in order.
void PostgresStore::number_moves() {
  bool has_fresh = false;
  look([&has_fresh](sql::SqlConnection& connection) {
    has_fresh = connection.prepare("SELECT 1 FROM moves WHERE cursor IS NULL AND told = 1 LIMIT 1").step();
  });
  if (!has_fresh) return;
  write([](sql::SqlConnection& connection) {
    connection.execute("SELECT pg_advisory_xact_lock(hashtext('cebgate.moves'))");
    connection
        .prepare(
            "WITH last AS (SELECT coalesce(max(cursor), 0) AS cursor FROM moves), "
            "fresh AS (SELECT row, row_number() OVER (ORDER BY row) AS place FROM moves "
            "WHERE cursor IS NULL AND told = 1 ORDER BY row LIMIT 100000) "
            "UPDATE moves SET cursor = last.cursor + fresh.place FROM last, fresh WHERE moves.row = fresh.row")
        .run();
    return true;
  });
}

std::string PostgresStore::place() const {
  const std::lock_guard lock(placing_);
  return place_;
}

void PostgresStore::take_place() {
  const std::string place = base::new_guid();
  write([&place, this](sql::SqlConnection& connection) {
    // Long gone: no delivery or turn of theirs can be in doubt any more.
    connection.prepare("DELETE FROM gateways WHERE until < " + later_by(-std::chrono::hours(24 * 30), connection))
        .run();
    connection.prepare("INSERT INTO gateways (place, until) VALUES (?, " + later_by(place_lasts_, connection) + ")")
        .bind(place)
        .run();
    return true;
  });
  const std::lock_guard lock(placing_);
  place_ = place;
}

bool PostgresStore::renew_place() {
  bool is_mine = false;
  write([&, mine = place()](sql::SqlConnection& connection) {
    is_mine = connection
                  .prepare("UPDATE gateways SET until = " + later_by(place_lasts_, connection) +
                           " WHERE place = ? AND until > " + std::string(connection.dialect().now))
                  .bind(mine)
                  .run() == 1;
    return is_mine;
  });
  if (!is_mine) take_place();
  return is_mine;
}

bool PostgresStore::take_turn(const std::string& work) {
  bool is_mine = false;
  write([&, mine = place()](sql::SqlConnection& connection) {
    is_mine =
        connection
            .prepare("INSERT INTO turns (work, place, until) VALUES (?, ?, " + later_by(place_lasts_, connection) +
                     ") ON CONFLICT (work) DO UPDATE SET place = excluded.place, until = excluded.until "
                     "WHERE turns.place = excluded.place OR turns.until < " +
                     std::string(connection.dialect().now))
            .bind(work, mine)
            .run() == 1;
    return is_mine;
  });
  return is_mine;
}

void PostgresStore::on_news(std::function<void()> news) {
  news_ = std::move(news);
  listener_ = std::thread([this] { listen(); });
}

void PostgresStore::listen() {
  while (!leaving_) {
    try {
      PostgresConnection connection(url_);
      connection.execute("LISTEN cebgate");
      listen_on(connection);
    } catch (const LedgerError&) {
      // The database is away; whoever needs it says so.
    }
    const auto again = std::chrono::steady_clock::now() + before_listening_again;
    while (!leaving_ && std::chrono::steady_clock::now() < again) std::this_thread::sleep_for(between_news);
  }
}

// Until the connection is lost (which throws) or the gateway leaves.
void PostgresStore::listen_on(PostgresConnection& connection) {
  while (!leaving_) {
    pollfd socket{.fd = PQsocket(connection.handle()), .events = POLLIN, .revents = 0};
    poll(&socket, 1, static_cast<int>(between_news.count()));
    if (PQconsumeInput(connection.handle()) == 0) connection.refuse("the connection is lost");
    const std::string mine = place();
    bool from_another = false;
    while (PGnotify* const notice = PQnotifies(connection.handle())) {
      from_another = from_another || mine != notice->extra;
      PQfreemem(notice);
    }
    if (from_another) news_();
    if (wrote_.exchange(false)) connection.execute("NOTIFY cebgate, '" + mine + "'");
  }
}

}  // namespace gateway::ledger::postgres

// Carries bytes to one port and brings bytes back; knows nothing of documents. Runs on the I/O thread; every wait has a
// deadline. Nothing is acknowledged before the caller says so.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace gateway::channels {

enum class Outcome { confirmed, unreachable, unknown, refused };

struct Answer {
  Outcome outcome = Outcome::unreachable;
  std::string text;     // what the port said, or why it could not be asked
  std::string proof{};  // what the port signed that it took, its bytes; empty where it signs nothing
};

// One message on its way out.
struct Outgoing {
  std::string envelope;    // the bytes
  std::string guid, type;  // of the message in it
  std::string dxp_id;      // whose it is
};

// How a source gives its records: a listing tells all since a time, again and again; a queue hands each over once and
// keeps it until it is acknowledged.
enum class Supply { listing, queue };

// One place at a port where receipts can be fetched.
struct Source {
  std::string name;
  std::string receipt_type;  // what its records are: "CEB312Message"; empty: any
  Supply supply = Supply::listing;
};

// What to fetch: what came for this DXPID from this source since then; a queue knows no since.
struct Window {
  std::string source, dxp_id;
  base::Time since;
};

struct Received {
  std::string bytes;     // one record, as it came
  base::Time marked_at;  // the port's own time of it; the window follows the newest
};

struct Health {
  bool reachable = false;
  std::string detail;
};

inline constexpr std::chrono::seconds longest_wait{1};
inline constexpr std::size_t most_records = 500;

class Channel {
 public:
  virtual ~Channel() = default;
  virtual boost::asio::awaitable<Answer> send(Outgoing message) = 0;
  virtual std::vector<Source> sources() const = 0;
  // A queue waits for its first record for up to longest_wait, gives at most most_records, and gives those again that
  // have not been acknowledged.
  virtual boost::asio::awaitable<base::Result<std::vector<Received>>> receive(Window window) = 0;
  // What receive() gave is durable now. Nothing to do for a listing.
  virtual boost::asio::awaitable<void> acknowledge(Window window) = 0;
  virtual Health health() const = 0;  // by the last exchange
};

}  // namespace gateway::channels

// What the simulator is told on its command line, and what is wrong with it, in words for people of both languages.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "config/settings.h"
#include "gateway/http/server.h"
#include "tools/platform/as2_desk.h"
#include "tools/platform/as3_desk.h"
#include "tools/platform/inspection.h"
#include "tools/platform/queue_desk.h"

namespace tools::platform {

As3Terms platforms_end();

struct Options {
  std::string listen = "127.0.0.1:8090";
  std::vector<std::filesystem::path> trust;
  std::vector<std::string> enterprises;
  std::filesystem::path scenario, state, schemas, directory;
  double pace_seconds = 0.2;
  std::int64_t clock_ahead_seconds = 0;
  std::vector<std::string> roles, companies;
  std::string seed;
  std::optional<double> single_limit, annual_limit;  // yuan, in place of those of the customs data
  bool known_inventories = false;                    // cancellations and refunds must name an inventory taken here
  bool codes = false;                                // the codes that it answers are printed, nothing is served
  config::Port broker;                               // without a url: none
  std::string amqp1_url, front;                      // likewise
  QueueNames queues;
  As2Terms as2;
  As3Terms as3 = platforms_end();
};

extern const char* const about;
void add_options(CLI::App& app, Options& options);

// Ends the start.
struct Refusal {
  std::string words;
};

template <class T>
T needed(base::Result<T> result) {
  if (result) return std::move(*result);
  std::string words;
  for (const base::Fault& fault : result.faults()) {
    const std::string where = fault.path.empty() ? "" : fault.path + ": ";
    words += where + fault.zh + "\n" + where + fault.en + "\n";
  }
  throw Refusal{words};
}

gateway::http::ServerOptions listener(const std::string& option, const std::string& listen);
Enterprises enterprises(const Options& options);
std::vector<std::string> dxp_ids_in(const std::vector<std::string>& given);

}  // namespace tools::platform

// What is asked of a run, read from the command line.
#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <sys/types.h>

#include "tools/bench/documents.h"
#include "tools/cebgate/language.h"

namespace tools::bench {

inline constexpr std::size_t most_documents = 10000000;  // of one run
inline constexpr std::size_t most_in_a_post = 1000, most_connections = 1000;

enum class Until { accepted, settled };
enum class Format { text, json };

struct Options {
  std::string url = "http://127.0.0.1:8080", token_file, trust;
  Enterprises enterprises;
  std::string mix = "CEB311Message";
  std::size_t array = 1, connections = 16;
  std::optional<std::size_t> documents;  // neither documents nor seconds: 1,000 documents
  std::optional<double> seconds;
  std::optional<double> rate;  // documents a second; none: each connection posts as soon as it was answered
  Until until = Until::settled;
  double settle_within_seconds = 120;  // after the last answer
  std::optional<pid_t> gateway;
  Format format = Format::text;
  std::string lang;
};

void add_options(CLI::App& app, Options& options, cebgate::Language language);

}  // namespace tools::bench

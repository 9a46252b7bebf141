// cebgate-bench: posts documents to a gateway as an ERP does and measures what becomes of them.
#include <cstdlib>
#include <iostream>

#include "tools/bench/options.h"
#include "tools/bench/report.h"
#include "tools/bench/run.h"
#include "tools/cebgate/exit_status.h"
#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/files.h"
#include "tools/cebgate/json_text.h"
#include "tools/cebgate/progress.h"

namespace {

using namespace tools::bench;
using tools::cebgate::Exit;

base::Secret token_of(const Options& options, tools::cebgate::Language language) {
  if (options.token_file.empty()) {
    const char* token = std::getenv("CEBGATE_TOKEN");
    return base::Secret(token == nullptr ? "" : token);
  }
  auto text = tools::cebgate::read_file(options.token_file);
  if (!text) {
    const base::Fault& fault = text.faults().front();
    throw Unusable(options.token_file + ": " + tools::cebgate::say(language, fault.zh, fault.en));
  }
  text->erase(text->find_last_not_of(" \t\r\n") + 1);
  return base::Secret(*std::move(text));
}

Exit measure(const Options& options, tools::cebgate::Language language) {
  constexpr std::size_t steps = 1000;
  const base::Secret token = token_of(options, language);
  std::optional<Outcome> outcome;
  {
    tools::cebgate::Progress bar(steps);
    std::size_t shown = 0;
    const auto show = [&bar, &shown](double part) {
      const auto now = static_cast<std::size_t>(part * static_cast<double>(steps));
      if (now <= shown) return;
      bar.advance(now - shown);
      shown = now;
    };
    outcome = run(options, token, show);
  }
  if (options.format == Format::json) {
    std::cout << tools::cebgate::pretty(report_json(*outcome, options));
  } else {
    std::cout << report_text(*outcome, options, language);
  }
  return outcome->is_good(options.until) ? Exit::good : Exit::fault;
}

}  // namespace

int main(int argc, char** argv) {
  const auto language = tools::cebgate::language_of(argc, argv, std::getenv("LANG"));
  Options options;
  CLI::App app("", "cebgate-bench");
  add_options(app, options, language);
  try {
    app.parse(argc, argv);
    return static_cast<int>(measure(options, language));
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : static_cast<int>(Exit::unusable);
  } catch (const std::exception& error) {
    std::cerr << "cebgate-bench: " << tools::cebgate::printable(error.what()) << "\n";
    return static_cast<int>(Exit::unusable);
  }
}

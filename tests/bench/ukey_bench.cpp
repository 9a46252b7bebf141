// What a UKey carries: a stand-in that takes 240 ms for a signature, and messages of a hundred orders, sealed as the
// gateway seals them. Aim: 350 documents a second (416 is what the card alone would let through).
#include <atomic>
#include <benchmark/benchmark.h>
#include <thread>
#include <vector>

#include "gateway/sealing/sealing.h"
#include "tests/bench/orders.h"
#include "tests/support/ukey_server.h"

namespace {

constexpr std::size_t documents_of_a_message = 100;
constexpr int messages = 12;

config::Settings settings_with(const std::filesystem::path& folder, const tests::UkeyServer& card) {
  config::Settings settings;
  settings.file = folder / "cebgate.toml";
  settings.ledger.url = "sqlite:" + (folder / "ledger.db").string();
  config::Port port;
  port.name = "hainan";
  port.batch_limit = documents_of_a_message;
  settings.ports.push_back(port);
  tests::write_file(folder / "pin", card.pin());
  std::filesystem::permissions(folder / "pin", std::filesystem::perms::owner_read);
  config::SigningKey key;
  key.uri = card.uri();
  key.pin = "file:" + (folder / "pin").string();
  config::Enterprise enterprise;
  enterprise.code = "4601960001";
  enterprise.name = "测试电商企业";
  enterprise.dxp_id = "DXPENT0000000001";
  enterprise.port = port.name;
  enterprise.keys.push_back(key);
  settings.enterprises.push_back(enterprise);
  return settings;
}

// One message more than the card signs at a time is under way, as in SigningPools.
void seal_with_ukey(benchmark::State& state) {
  const auto& orders = tests::bench::order();
  const tests::ScratchDirectory folder;
  const tests::UkeyServer card(orders.identity);
  const auto settings = settings_with(folder.path(), card);
  const base::SystemClock clock;
  const auto keys = gateway::keys::Keys::open(settings, clock).value();
  const auto sealer = gateway::sealing::Sealer::make(*keys, orders.catalog, orders.judge);
  const std::vector<std::string> bodies(documents_of_a_message, orders.json);
  for (auto _ : state) {
    std::atomic<int> left = messages, failed = 0;
    const auto work = [&] {
      while (left-- > 0) {
        const auto sealed =
            sealer->seal(settings.enterprises[0], settings.ports[0], "CEB311Message", bodies, clock.now());
        if (!sealed) ++failed;
      }
    };
    std::thread other(work);
    work();
    other.join();
    if (failed > 0) state.SkipWithError("a message was not sealed");
  }
  state.counters["documents_per_second"] = benchmark::Counter(
      static_cast<double>(documents_of_a_message) * messages * static_cast<double>(state.iterations()),
      benchmark::Counter::kIsRate);
}

BENCHMARK(seal_with_ukey)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(2);

}  // namespace

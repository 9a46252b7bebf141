// Every latency of a run, none rounded into a bucket; one float each, so that ten million take 40 MB. One thread.
#pragma once

#include <cstddef>
#include <vector>

namespace tools::bench {

struct Spread {
  std::size_t count = 0;
  double p50 = 0, p99 = 0, max = 0;  // milliseconds; 0 where there is none
};

class Latencies {
 public:
  void add(double milliseconds) { all_.push_back(static_cast<float>(milliseconds)); }
  Spread spread() const;  // by nearest rank

 private:
  std::vector<float> all_;
};

}  // namespace tools::bench

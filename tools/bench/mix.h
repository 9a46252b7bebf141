// How many documents of each type come in turn, evenly spread: "CEB311Message=7,CEB411Message=1". Values only.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tools::bench {

struct Share {
  std::string type;
  int weight = 1;
};

using Mix = std::vector<Share>;

inline constexpr int most_weight = 1000;

// Nothing where the text is no such list, or names a type without a template, or one twice.
std::optional<Mix> read_mix(std::string_view text);

// Types by their places in the mix, in smooth weighted round robin: after the sum of the weights each has had its
// share.
class Turns {
 public:
  explicit Turns(const Mix& mix);
  std::size_t next();

 private:
  std::vector<int> weights_, credits_;
  int sum_ = 0;
};

}  // namespace tools::bench

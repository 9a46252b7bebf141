#include "tools/bench/mix.h"

#include <algorithm>
#include <charconv>

#include "tools/bench/templates.h"

namespace tools::bench {

namespace {

std::optional<Share> read_share(std::string_view text) {
  const auto equals = text.find('=');
  Share share{std::string(text.substr(0, equals)), 1};
  if (!templates().contains(share.type)) return std::nullopt;
  if (equals == std::string_view::npos) return share;
  const char* end = text.data() + text.size();
  const auto [after, error] = std::from_chars(text.data() + equals + 1, end, share.weight);
  if (error != std::errc() || after != end || share.weight < 1 || share.weight > most_weight) return std::nullopt;
  return share;
}

}  // namespace

std::optional<Mix> read_mix(std::string_view text) {
  Mix mix;
  for (;;) {
    const auto comma = text.find(',');
    const auto share = read_share(text.substr(0, comma));
    if (!share) return std::nullopt;
    const auto same_type = [&share](const Share& other) { return other.type == share->type; };
    if (std::ranges::any_of(mix, same_type)) return std::nullopt;
    mix.push_back(*share);
    if (comma == std::string_view::npos) return mix;
    text.remove_prefix(comma + 1);
  }
}

Turns::Turns(const Mix& mix) : credits_(mix.size(), 0) {
  for (const Share& share : mix) {
    weights_.push_back(share.weight);
    sum_ += share.weight;
  }
}

std::size_t Turns::next() {
  for (std::size_t i = 0; i < weights_.size(); ++i) credits_[i] += weights_[i];
  const auto richest = std::ranges::max_element(credits_);
  *richest -= sum_;
  return static_cast<std::size_t>(richest - credits_.begin());
}

}  // namespace tools::bench

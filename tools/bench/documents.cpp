#include "tools/bench/documents.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <random>
#include <utility>

#include "tools/bench/buyers.h"
#include "tools/bench/templates.h"

namespace tools::bench {

namespace {

constexpr std::size_t run_length = 8;  // with two letters and eight digits a number keeps within copNo's 20 characters

std::string random_name() {
  constexpr std::string_view letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
  std::random_device device;
  std::uniform_int_distribution<std::size_t> any(0, letters.size() - 1);
  std::string name;
  while (name.size() < run_length) name += letters[any(device)];
  return name;
}

// Line breaks and indentation of the template; its texts have no two blanks in a row.
std::string compact(std::string_view text) {
  std::string compacted;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') {
      while (i + 1 < text.size() && text[i + 1] == ' ') ++i;
    } else {
      compacted += text[i];
    }
  }
  return compacted;
}

constexpr std::array<std::pair<std::string_view, char>, 6> variables{
    {{"{number}", 'n'}, {"{shop}", 's'}, {"{payer}", 'p'}, {"{carrier}", 'c'}, {"{buyer}", 'b'}, {"{today}", 't'}}};

// From another one in every run.
std::size_t first_buyer(std::string_view run) {
  std::size_t first = 0;
  for (const char letter : run) first = (first * 31 + static_cast<unsigned char>(letter)) % most_buyers;
  return first;
}

}  // namespace

Documents::Documents(Mix mix, Enterprises enterprises, std::string_view today)
    : mix_(std::move(mix)),
      enterprises_(std::move(enterprises)),
      run_(random_name()),
      first_buyer_(first_buyer(run_)),
      sales_(mix_.size(), 0),
      turns_(mix_) {
  for (const Share& share : mix_) templates_.push_back(pieces_of(compact(templates().at(share.type)), today));
}

Documents::Pieces Documents::pieces_of(std::string_view text, std::string_view today) {
  Pieces pieces(1);
  while (!text.empty()) {
    const auto variable = std::ranges::find_if(variables, [&](const auto& v) { return text.starts_with(v.first); });
    if (variable == variables.end()) {
      pieces.back().text += text.front();
      text.remove_prefix(1);
      continue;
    }
    text.remove_prefix(variable->first.size());
    if (variable->second == 't') {
      pieces.back().text += today;
    } else {
      pieces.back().variable = variable->second;
      pieces.emplace_back();
    }
  }
  return pieces;
}

void Documents::append(std::string& body, const Place& place) const {
  const std::string number = run_ + std::to_string(place.sale);
  const std::string& shop = enterprises_.shops[place.sale % enterprises_.shops.size()];
  for (const Piece& piece : templates_[place.type]) {
    body += piece.text;
    switch (piece.variable) {
      case 'n':
        body += number;
        break;
      case 'b':
        body += buyer_id(first_buyer_ + place.sale);
        break;
      case 's':
        body += shop;
        break;
      case 'p':
        body += enterprises_.payer.empty() ? shop : enterprises_.payer;
        break;
      case 'c':
        body += enterprises_.carrier.empty() ? shop : enterprises_.carrier;
        break;
      default:
        break;
    }
  }
}

std::string Documents::next_post(std::size_t count) {
  std::string body;
  for (std::size_t i = 0; i < count; ++i) {
    if (count > 1) body += i == 0 ? '[' : ',';
    const std::size_t type = turns_.next();
    append(body, Place{type, sales_[type]++});
  }
  if (count > 1) body += ']';
  return body;
}

std::optional<Place> Documents::place_of(std::string_view key) const {
  const auto at = key.rfind(run_);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view type = key.substr(0, key.find('/'));
  const auto share = std::ranges::find(mix_, type, &Share::type);
  const std::string_view digits = key.substr(at + run_.size());
  Place place{static_cast<std::size_t>(share - mix_.begin()), 0};
  const char* end = digits.data() + digits.size();
  const auto [after, error] = std::from_chars(digits.data(), end, place.sale);
  if (share == mix_.end() || error != std::errc() || after != end || place.sale >= sales_[place.type])
    return std::nullopt;
  return place;
}

}  // namespace tools::bench

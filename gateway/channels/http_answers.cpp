#include "gateway/channels/http_answers.h"

namespace gateway::channels {

namespace {

constexpr std::size_t most_answer_characters = 1000;

}  // namespace

std::string shortened(std::string_view utf8) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(utf8[i]) & 0xC0) != 0x80;
    if (begins && characters++ == most_answer_characters) return std::string(utf8.substr(0, i));
  }
  return std::string(utf8);
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  const auto first = text.find_first_not_of(space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

std::string said_by_port(const http::Response& response) {
  const std::string status = "HTTP " + std::to_string(response.status);
  const std::string_view said = trimmed(response.body);
  return shortened(said.empty() ? status : status + ": " + std::string(said));
}

Answer refused_by_status(const http::Response& response) {
  const unsigned status = response.status;
  if (status == 429 || status == 503) return {Outcome::unreachable, said_by_port(response)};
  if (status >= 500) return {Outcome::unknown, said_by_port(response)};
  return {Outcome::refused, said_by_port(response)};
}

Answer not_answered(const http::Exchange& exchange) {
  return {exchange.reach == http::Reach::unreachable ? Outcome::unreachable : Outcome::unknown, exchange.detail};
}

}  // namespace gateway::channels

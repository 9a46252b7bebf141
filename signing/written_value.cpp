#include "signing/written_value.h"

#include <algorithm>
#include <optional>

#include "base/base64.h"
#include "signing/signature_value.h"

namespace signing {

namespace {

constexpr std::size_t half_bytes = sm2_value_size / 2;
constexpr std::size_t most_written = 16384;  // characters; the value of the longest RSA key has a quarter of that

std::optional<unsigned> digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

std::optional<std::string> read_hexadecimal(std::string_view text) {
  if (text.empty() || text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const auto high = digit(text[i]), low = digit(text[i + 1]);
    if (!high || !low) return std::nullopt;
    bytes += static_cast<char>(*high * 16 + *low);
  }
  return bytes;
}

std::string turned_round(std::string_view bytes) { return {bytes.rbegin(), bytes.rend()}; }

// Right-aligned in 32 bytes; nothing where that loses something.
std::optional<std::string> number(std::string_view bytes) {
  while (!bytes.empty() && bytes.front() == '\0') bytes.remove_prefix(1);
  if (bytes.size() > half_bytes) return std::nullopt;
  return std::string(half_bytes - bytes.size(), '\0').append(bytes);
}

// r and s where each has lost or gained leading zeros: every place where the one can end and the other begin.
std::vector<std::string> padded_otherwise(std::string_view bytes) {
  std::vector<std::string> found;
  if (bytes.size() == sm2_value_size || bytes.size() < sm2_value_size - 2 || bytes.size() > 2 * sm2_value_size) {
    return found;
  }
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    const auto r = number(bytes.substr(0, cut)), s = number(bytes.substr(cut));
    if (r && s) found.push_back(*r + *s);
  }
  return found;
}

Reading with(const std::vector<Cause>& before, std::string bytes, std::string_view cause) {
  Reading reading{std::move(bytes), before};
  reading.causes.push_back(cause_named(cause));
  return reading;
}

void add_sm2(std::vector<Reading>& found, const Reading& read, ValueForm form) {
  if (auto pair = sm2_value_of_der(read.bytes)) {
    found.push_back(form == ValueForm::der ? Reading{*pair, read.causes} : with(read.causes, *pair, "der-value"));
  } else if (read.bytes.size() == sm2_value_size) {
    const std::string_view r(read.bytes.data(), half_bytes), s(read.bytes.data() + half_bytes, half_bytes);
    found.push_back(form == ValueForm::raw ? read : with(read.causes, read.bytes, "raw-value"));
    found.push_back(with(read.causes, std::string(s).append(r), "swapped-halves"));
    found.push_back(with(read.causes, turned_round(r) + turned_round(s), "little-endian-value"));
  } else {
    for (auto& value : padded_otherwise(read.bytes)) {
      found.push_back(with(read.causes, std::move(value), "value-padding"));
    }
  }
}

}  // namespace

std::vector<Reading> readings(std::string_view written, std::string_view element) {
  std::vector<Reading> found;
  const auto begin = written.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos || written.size() > most_written) return found;
  const auto text = written.substr(begin, written.find_last_not_of(" \t\r\n") + 1 - begin);
  const std::string name(element);
  const auto bytes = base::read_base64(text);
  if (bytes && !bytes->empty()) found.push_back({*bytes, {}});
  if (auto hex = read_hexadecimal(text)) found.push_back({*std::move(hex), {cause_named("hex-value", {name, name})}});
  if (!bytes) return found;
  if (auto hex = read_hexadecimal(*bytes)) {
    found.push_back({*std::move(hex), {cause_named("base64-of-hex", {name, name})}});
  } else if (auto twice = base::read_base64(*bytes); twice && !twice->empty()) {
    found.push_back({*std::move(twice), {cause_named("base64-twice", {name, name})}});
  }
  return found;
}

std::vector<Reading> value_readings(KeyKind kind, ValueForm form, std::string_view written) {
  std::vector<Reading> found;
  for (const Reading& read : readings(written, "SignatureValue")) {
    if (kind == KeyKind::sm2) {
      add_sm2(found, read, form);
    } else {
      found.push_back(read);
      found.push_back(with(read.causes, turned_round(read.bytes), "little-endian-value"));
    }
  }
  return found;
}

}  // namespace signing

#include "signing/ukey/refusal.h"

#include <algorithm>
#include <array>

namespace signing::ukey {

namespace {

constexpr std::size_t most_characters = 200;

// Resetting, opening the reader failed.
constexpr std::array<std::string_view, 2> reader_codes = {"50070", "50200"};
// 密码 is password and cryptography: these are no passwords.
constexpr std::array<std::string_view, 8> cryptographic = {"密码设备", "密码机",   "密码卡",   "密码钥匙",
                                                           "密码模块", "密码算法", "密码服务", "密码控件"};
constexpr std::array<std::string_view, 4> pin_words = {"密码", "口令", "PIN", "passw"};
constexpr std::array<std::string_view, 7> lock_words = {"锁定", "锁死", "锁卡", "已锁", "被锁", "locked", "blocked"};
// "…, locked after 2 more": not yet.
constexpr std::array<std::string_view, 5> not_yet = {"将", "次后", "再错", "will be", "before"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

template <class Words>
bool has_any(std::string_view text, const Words& words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// Whether `word` stands in the text with nothing of its own sort before or behind it.
template <class Same>
bool has_alone(std::string_view text, std::string_view word, Same same_sort) {
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const auto end = at + word.size();
    if ((at == 0 || !same_sort(text[at - 1])) && (end == text.size() || !same_sort(text[end]))) return true;
  }
  return false;
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  if (what.empty()) return;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

std::string joined(const std::vector<std::string>& errors) {
  std::string text;
  for (const auto& one : errors) text += (text.empty() ? "" : "; ") + one;
  return text;
}

// Also the control characters beyond ASCII, U+0080 to U+009F.
std::string without_control_characters(std::string_view text) {
  std::string kept;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 || byte == 0x7F) continue;
    if (byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) {
      ++i;
      continue;
    }
    kept += text[i];
  }
  return kept;
}

std::string first_characters(const std::string& text) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_continuation(text[i]) && ++characters > most_characters) return text.substr(0, i) + "…";
  }
  return text;
}

base::Fault refusal_fault(const char* code, std::string zh, std::string en) {
  return {.code = code, .path = {}, .zh = std::move(zh), .en = std::move(en), .source = {}};
}

}  // namespace

Refusal meaning_of(const Answer& refused) {
  std::string text = joined(refused.errors);
  if (std::ranges::any_of(reader_codes, [&](auto code) { return has_alone(text, code, is_digit); })) {
    return Refusal::reader;
  }
  for (const auto word : cryptographic) replace_all(text, word, " ");
  const std::string small = lower(text);
  const bool locked = has_any(small, lock_words) && !has_any(small, not_yet);
  if (locked) return Refusal::pin_locked;
  const bool pin = has_any(text, pin_words) || has_any(small, pin_words) || has_alone(small, "pin", is_letter);
  return pin ? Refusal::pin_wrong : Refusal::other;
}

std::string words_of(const Answer& refused, std::string_view pin) {
  std::string text = without_control_characters(joined(refused.errors));
  replace_all(text, pin, "****");
  return text.empty() ? "-" : first_characters(text);
}

base::Fault fault_of(Refusal meaning, const std::string& words) {
  switch (meaning) {
    case Refusal::pin_wrong:
      return refusal_fault(
          "key.pin",
          "UKey 口令（PIN）不正确（" + words + "）；为避免锁卡，程序不会再次发送该口令，请核对设置 pin 后重新启动",
          "the UKey refuses the PIN (" + words +
              "); it is not sent again lest the card be locked: correct the setting pin and start anew");
    case Refusal::pin_locked:
      return refusal_fault("key.locked", "UKey 已锁定（" + words + "）；请到电子口岸制卡中心解锁后重新启动",
                           "the UKey is locked (" + words + "); have it unlocked by the E-Port and start anew");
    case Refusal::reader:
      return refusal_fault(
          "key.absent", "UKey 读卡器复位后仍不可用（" + words + "）；请拔下 UKey（或卡）重新插入，必要时重启客户端控件",
          "the UKey's reader does not work, not even after a reset (" + words +
              "); unplug the card and plug it in again, and restart the client program if that is not enough");
    case Refusal::other:
      break;
  }
  return refusal_fault("key.sign", "UKey 客户端拒绝了请求（" + words + "）；请按其说明处理",
                       "the UKey client refused the request (" + words + "); do as it says");
}

}  // namespace signing::ukey

#include <algorithm>

#include "base/digest.h"
#include "base/guid.h"
#include "codecs/ceb/identity.h"

namespace codecs::ceb {

namespace {

// The three digits of the type and these make the 20 characters that copNo may have (报文规范 202205 §3.10).
constexpr std::size_t cop_no_digits = 17;

bool has_head_field(const schemas::MessageType& type, const Element& body, std::string_view name) {
  const Element* head = type.head.empty() ? &body : body.child(type.head);
  return head != nullptr && head->child(name) != nullptr;
}

void fill(const schemas::MessageType& type, Element& body, std::string_view name, std::string value) {
  const bool is_known = type.head_node().child(name) != nullptr;
  if (is_known && fills_in(type, name) && !has_head_field(type, body, name)) {
    set_head_field(type, body, name, std::move(value));
  }
}

// appTime counts whole seconds, and customs takes only a later one.
std::string app_time(const Filling& filling) {
  const auto now = std::chrono::floor<std::chrono::seconds>(filling.now);
  if (!filling.later_than) return base::china_digits14(now);
  const auto earliest = std::chrono::floor<std::chrono::seconds>(*filling.later_than) + std::chrono::seconds(1);
  return base::china_digits14(std::max(now, earliest));
}

std::string cop_no(const schemas::MessageType& type, const Element& body) {
  std::string digits = base::sha256_hex(canonical_content(type, body, {"copNo"})).substr(0, cop_no_digits);
  std::transform(digits.begin(), digits.end(), digits.begin(),
                 [](char c) { return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c; });
  return type.cop_no_prefix + digits;
}

}  // namespace

bool fills_in(const schemas::MessageType& type, std::string_view head_field) {
  if (head_field == "appStatus") return type.fills_app_status;
  if (head_field == "copNo") return !type.cop_no_prefix.empty();
  return head_field == "guid" || head_field == "appType" || head_field == "appTime";
}

void fill_in(const schemas::MessageType& type, Element& body, const Filling& filling) {
  fill(type, body, "guid", base::new_guid());
  fill(type, body, "appType", filling.app_type);
  fill(type, body, "appTime", app_time(filling));
  fill(type, body, "appStatus", "2");
  if (fills_in(type, "copNo")) fill(type, body, "copNo", cop_no(type, body));
}

}  // namespace codecs::ceb

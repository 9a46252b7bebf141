#include "config/settings.h"

#include <algorithm>
#include <cstdlib>
#include <set>

namespace config {

std::chrono::milliseconds Port::receipt_within_for(const std::string& type) const {
  const auto found = receipt_within_of.find(type);
  return found == receipt_within_of.end() ? receipt_within : found->second;
}

std::string named_for(std::string name, std::string_view dxp_id) {
  constexpr std::string_view place = "{dxp_id}";
  for (auto at = name.find(place); at != std::string::npos; at = name.find(place, at + dxp_id.size())) {
    name.replace(at, place.size(), dxp_id);
  }
  return name;
}

const std::string& Enterprise::port_for(const std::string& type) const {
  const auto found = ports.find(type);
  return found == ports.end() ? port : found->second;
}

const Enterprise* Settings::enterprise(std::string_view code) const {
  const auto found = std::ranges::find(enterprises, code, &Enterprise::code);
  return found == enterprises.end() ? nullptr : &*found;
}

const Port* Settings::port(std::string_view name) const {
  const auto found = std::ranges::find(ports, name, &Port::name);
  return found == ports.end() ? nullptr : &*found;
}

std::vector<std::string> Settings::dxp_ids_of(std::string_view port) const {
  std::set<std::string> ids;
  for (const Enterprise& one : enterprises) {
    const bool is_its_own = std::ranges::any_of(one.ports, [&](const auto& own) { return own.second == port; });
    if (one.port == port || is_its_own) ids.insert(one.dxp_id);
  }
  return {ids.begin(), ids.end()};
}

std::string_view word(Role role) { return role_words.at(static_cast<std::size_t>(role)); }

std::optional<Role> read_role(std::string_view word) {
  const auto* const found = std::ranges::find(role_words, word);
  return found == role_words.end() ? std::nullopt : std::optional(static_cast<Role>(found - role_words.begin()));
}

bool includes(Role has, Role needed) {
  if (has == needed || has == Role::admin || needed == Role::viewer) return true;
  return has == Role::approver && needed == Role::operator_;
}

std::filesystem::path schemas_directory(const Schemas& schemas) {
  if (schemas.directory) return *schemas.directory;
  if (const char* chosen = std::getenv("CEBGATE_SCHEMAS"); chosen != nullptr && *chosen != '\0') return chosen;
  std::error_code unreadable;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", unreadable);
  return (program.parent_path().parent_path() / "share" / "cebgate" / "schemas").lexically_normal();
}

}  // namespace config

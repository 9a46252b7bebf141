// What a user's name and a password have to be. Pure.
#pragma once

#include <string_view>

#include "base/fault.h"

namespace gateway::accounts {

inline constexpr std::size_t most_name_bytes = 64;
inline constexpr std::size_t least_password_characters = 12, most_password_characters = 200;

bool is_user_name(std::string_view name);
// Faults: api.user_name, api.weak_password; `path` is where the password stands.
base::Faults judge_user_name(std::string_view name);
base::Faults judge_password(std::string_view name, std::string_view password, std::string_view path);

}  // namespace gateway::accounts

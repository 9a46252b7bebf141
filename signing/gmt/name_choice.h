// Which of the names that a smart key lists is meant. Safe from every thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace signing::gmt {

enum class Listed { device, application, container };

// Each name ends with a NUL, the list with one more (GM/T 0016-2012 §7.1.4).
std::vector<std::string> names_in(std::string_view list);

// `wanted`, or where it is empty the only one there. Faults: key.form where several are there, or the wanted one is
// not, with those there; key.absent for a device.
base::Result<std::string> choose(Listed kind, const std::string& key, const std::string& wanted,
                                 const std::vector<std::string>& there);

}  // namespace signing::gmt

// The line that a loop writes about what went wrong in it. What the ledger tells of by itself gives none: the ledger's
// own line stands for all loops, however many they are and however often they try.
#pragma once

#include <exception>
#include <string>
#include <string_view>

namespace gateway::ledger {

bool is_told_by_the_ledger(const std::exception& error);
// about: what stands before the text of the error.
void log_trouble(std::string_view part, const std::string& about, const std::exception& error);

}  // namespace gateway::ledger

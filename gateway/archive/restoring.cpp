#include "gateway/archive/restoring.h"

#include <boost/json/parse.hpp>
#include <set>
#include <utility>

#include "base/log.h"

namespace gateway::archive {

namespace {

std::set<std::string> messages_of(const std::string& line) {
  std::set<std::string> guids;
  const boost::json::value document = boost::json::parse(line);
  for (const auto& version : document.at("versions").as_array()) {
    for (const auto& guid : version.at("messages").as_array()) guids.emplace(guid.as_string());
  }
  return guids;
}

}  // namespace

base::Done Restoring::bring_back(const ledger::ArchivedDocument& document, const std::string& by,
                                 const std::string& reason) const {
  auto line = directory_.read_line(document.file, document.place);
  if (!line) return line.faults();
  ledger::Restoration restoration{document.summary.id, std::move(line).value(), {}, by, reason, clock_.now()};
  const auto wanted = messages_of(restoration.line);
  if (!wanted.empty()) {
    const auto index = directory_.read_index(document.file);
    if (!index) return index.faults();
    for (const Entry& entry : index->entries) {
      if (entry.kind != Entry::Kind::message || !wanted.contains(entry.name)) continue;
      auto message = directory_.read_line(document.file, entry.place);
      if (!message) return message.faults();
      restoration.messages.push_back(std::move(message).value());
    }
  }
  if (!ledger_.restore(restoration)) return base::Nothing{};
  base::log(base::LogLevel::info, "archive", document.summary.id + " is restored from " + document.file);
  ledger_.retry_unmatched();
  return base::Nothing{};
}

}  // namespace gateway::archive

// The query parameters of one call, read with every fault at once; a name that the call does not know is a fault too,
// so that a misspelt filter never shows everything.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/fault.h"
#include "gateway/http/message.h"

namespace gateway::views {

class Parameters {
 public:
  // `place`: what stands before a name in the path of a fault.
  Parameters(const std::map<std::string, std::string>& query, std::vector<std::string_view> known,
             std::string place = "?");

  // Nothing for an absent or empty one.
  std::optional<std::string> text(const std::string& name) const;
  std::optional<base::Time> time(const std::string& name);
  std::optional<std::int64_t> number(const std::string& name, std::int64_t least, std::int64_t most);
  void refuse(const std::string& name, std::string zh, std::string en);

  const base::Faults& faults() const { return faults_; }

 private:
  const std::map<std::string, std::string>& query_;
  std::string place_;
  base::Faults faults_;
};

http::Response wrong_parameters(const Parameters& parameters);  // 400 with all of them

}  // namespace gateway::views

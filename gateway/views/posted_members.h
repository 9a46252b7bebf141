// The members of a small JSON object that was posted, read with every fault at once; a member that the call does not
// know is a fault too. Faults: json.syntax (nothing can be read), json.shape, api.member. Pure.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"
#include "gateway/http/message.h"

namespace gateway::views {

class PostedMembers {
 public:
  PostedMembers(std::string_view body, const std::vector<std::string_view>& known);

  struct Length {
    std::size_t least = 0, most = 0;  // characters
  };
  // Trimmed; "" where it is refused. What may be absent is asked for with has().
  std::string text(std::string_view name, Length length);
  std::optional<std::int64_t> number(std::string_view name, std::int64_t least, std::int64_t most);
  bool has(std::string_view name) const;  // and it is not null
  const boost::json::object& members() const { return members_; }
  void refuse(std::string_view name, std::string zh, std::string en);

  const base::Faults& faults() const { return faults_; }
  http::Response refusal() const;  // 400 or 422 with all of them

 private:
  boost::json::object members_;
  base::Faults faults_;
};

inline constexpr PostedMembers::Length reason_length{5, 500};

}  // namespace gateway::views

// An order for all documents that a filter finds: previewed, confirmed by the person, started, and watched to its end.
#pragma once

#include <array>
#include <boost/json/value.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "tools/cebgate/gateway_client.h"

namespace tools::cebgate {

struct ManyFilter {
  std::string_view name, zh, en;
  std::string value;
};

enum class Consent { ask, given, preview_only };

struct ManyOrder {
  std::array<ManyFilter, 8> filters{{{"type", "报文类型", "message type", ""},
                                     {"number", "单号", "the number", ""},
                                     {"state", "状态，如 held", "state, e.g. held", ""},
                                     {"enterprise", "企业代码", "code of the enterprise", ""},
                                     {"port", "口岸", "the port", ""},
                                     {"since", "此时间起受理（RFC 3339）", "made at or after (RFC 3339)", ""},
                                     {"until", "此时间前受理（RFC 3339）", "made before (RFC 3339)", ""},
                                     {"why", "当前原因中的文字", "a part of the reason they are where they are", ""}}};
  std::string action, mode, reason;
  std::int64_t limit = 0, pace = 0;  // 0: as the gateway has it
  Consent consent = Consent::ask;

  bool has_filter() const;
};

Exit carry_out(const GatewayClient& client, const ManyOrder& order, Format format, Language language);

// One order as the API shows it, for people.
void print_order(const boost::json::value& order, Language language);

}  // namespace tools::cebgate

#include "gateway/channels/agreements/look.h"

#include "base/clock.h"
#include "gateway/channels/agreements/partnership.h"

namespace gateway::channels::agreements {

std::vector<Sighting> look_at(const config::Agreement& agreement) {
  Partnership partnership(agreement, codecs::as2::ReceiptWay::in_response);
  const std::string zh = "与 " + agreement.partner_id + " 的约定", en = "agreement with " + agreement.partner_id;
  std::vector<Sighting> seen;
  const base::Time now = base::SystemClock().now();
  for (const base::Fault& fault : partnership.faults(now)) {
    const std::string file = fault.path.empty() ? "" : " " + fault.path;
    seen.push_back({Sight::missing, zh + file, en + file, fault.zh, fault.en});
  }
  if (!seen.empty()) return seen;
  const Partnership::Remark remark = partnership.remark(now);
  if (remark.empty()) {
    seen.push_back({Sight::there, zh, en, "密钥和证书可以使用，均在有效期内",
                    "keys and certificates can be used and are within their dates"});
  } else {
    seen.push_back({Sight::ending, zh, en, remark.zh, remark.en});
  }
  return seen;
}

}  // namespace gateway::channels::agreements

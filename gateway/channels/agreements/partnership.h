// What a port has agreed on with its partner over AS2 or AS3: the settings become an agreement of the codec, with its
// files opened and their dates held. What is wrong is told at every call and looked at again after a while, so that a
// file put right needs no restart. One thread; reads small files.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "codecs/as2/agreement.h"
#include "config/agreement.h"

namespace gateway::channels::agreements {

// What stands in `name` where `written` has {dxp_id}; empty where it has none and the two are equal. Nothing: another
// name.
std::optional<std::string> dxp_id_in(const std::string& written, std::string_view name);

inline constexpr std::chrono::seconds between_openings{5};  // of files with which something was wrong
inline constexpr std::chrono::days announced_ahead{30};     // ends of certificates

class Partnership {
 public:
  // `receipts`: how the partner is to answer; what it is to be signed with follows from the settings.
  Partnership(config::Agreement settings, codecs::as2::ReceiptWay receipts);

  // For the enterprise of this DXPID. Faults, every one: those of opening keys and certificates with their file as the
  // path (key.*), agreement.expired of one that may not be used at `now`.
  base::Result<codecs::as2::Agreement> of(std::string_view dxp_id, base::Time now);

  base::Faults faults(base::Time now);  // none: it can be used

  // Which certificates end within `announced_ahead`; empty: none, or the agreement cannot be used as it is.
  struct Remark {
    std::string zh, en;
    bool empty() const { return en.empty(); }
    std::string line() const { return empty() ? "" : zh + " / " + en; }
  };
  Remark remark(base::Time now);

  // Whose name it is; empty where the settings have one name for all, nothing where it is no name of ours.
  std::optional<std::string> dxp_id_of(std::string_view own_id) const { return dxp_id_in(settings_.own_id, own_id); }

 private:
  void open(base::Time now);

  config::Agreement settings_;
  codecs::as2::ReceiptWay receipts_;
  std::optional<base::Time> opened_at_;
  std::optional<base::Result<codecs::as2::Agreement>> opened_;
};

}  // namespace gateway::channels::agreements

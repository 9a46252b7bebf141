#include "tools/platform/line_troubles.h"

#include <variant>

#include "codecs/dxp/envelope.h"

namespace tools::platform {

LineHarm LineTroubles::harm_of(const std::string& content) {
  const auto begin = content.find("<?xml"), end = content.rfind('>');
  if (begin == std::string::npos || end == std::string::npos || end < begin) return LineHarm::none;
  const auto read = codecs::dxp::read(content.substr(begin, end + 1 - begin));
  const auto* envelope = read ? std::get_if<codecs::dxp::Envelope>(&*read) : nullptr;
  if (envelope == nullptr) return LineHarm::none;
  const Arrival arrival = inspection_.inspect(envelope->data, clock_.now());
  const LineHarm harm = customs_.harm_of(arrival);
  if (harm == LineHarm::none || !struck_.insert(arrival.guid).second) return LineHarm::none;
  return harm;
}

}  // namespace tools::platform

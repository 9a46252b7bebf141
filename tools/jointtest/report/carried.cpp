#include "tools/jointtest/report/carried.h"

#include <utility>

#include "base/xml.h"
#include "codecs/dxp/envelope.h"

namespace tools::jointtest::report {

std::optional<std::string> carried(std::string_view bytes) {
  if (bytes.find("DxpMsg") == bytes.npos || !base::XmlDocument::read(bytes)) return std::nullopt;
  auto content = codecs::dxp::read(bytes);
  if (!content) return std::nullopt;
  if (auto* envelope = std::get_if<codecs::dxp::Envelope>(&content.value())) return std::move(envelope->data);
  if (auto* routed = std::get_if<codecs::dxp::RoutedEnvelope>(&content.value())) {
    return std::move(routed->envelope.data);
  }
  return std::nullopt;
}

}  // namespace tools::jointtest::report

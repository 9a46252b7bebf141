// Envelopes of the data exchange platform as the commands take them: the message inside a DxpMsg or DxpMsgSv, where it
// stands, and the facts of the envelope for people and as JSON (names as in the XML).
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "base/fault.h"
#include "codecs/dxp/envelope.h"
#include "schemas/catalog.h"
#include "tools/cebgate/language.h"

namespace tools::cebgate {

bool is_envelope(const schemas::Catalog& catalog, std::string_view type);

// The envelope that holds a message; nothing of a DxpRep.
const codecs::dxp::Envelope* envelope_of(const codecs::dxp::Content& content);

// Faults of the message inside, told as places of the file: /dxp:DxpMsg/dxp:Data!/ceb:CEB311Message/…, the path in the
// message behind the "!". Lines of the message are none of the file and are left out.
base::Faults faults_inside(const codecs::dxp::Content& content, base::Faults faults);

// The root of what was inside an envelope is an envelope again.
base::Fault nested_envelope(std::string_view type);

std::string facts_of(const codecs::dxp::Content& content, Language language);  // one line
boost::json::object envelope_json(const codecs::dxp::Content& content);

}  // namespace tools::cebgate

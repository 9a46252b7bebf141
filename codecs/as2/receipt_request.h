// Which receipt (MDN) a message asks for (RFC 4130 §7.3). Pure.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "codecs/as2/header_fields.h"
#include "codecs/as2/mic.h"

namespace codecs::as2 {

enum class ReceiptWay { none, in_response, to_url };

struct ReceiptRequest {
  ReceiptWay way = ReceiptWay::none;
  std::string return_url;             // of to_url; as the partner wrote it: nothing may go to one not agreed on
  std::optional<Digest> signed_with;  // nothing: a plain receipt will do
};

// `recipient`: whom Disposition-Notification-To names.
Headers written_request(const ReceiptRequest& request, const std::string& recipient);

// Faults: as2.receipt_format (it cannot be read, or must have a form that we do not make), as2.receipt_digest (likewise
// with a digest).
base::Result<ReceiptRequest> read_receipt_request(const Headers& headers);

}  // namespace codecs::as2

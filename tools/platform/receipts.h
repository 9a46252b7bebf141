// One receipt as customs makes it: a document of the receipt type (CEB312 …), made from the declaration by the names
// that both shapes share, and its record in the Hainan listing. Pure.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "codecs/ceb/message.h"
#include "codecs/hainan/listing.h"
#include "schemas/catalog.h"
#include "schemas/judge.h"
#include "tools/platform/numbering.h"
#include "tools/platform/step.h"
#include "tools/platform/store.h"

namespace tools::platform {

struct Receipt {
  const schemas::MessageType* type = nullptr;  // CEB312Message
  codecs::ceb::Element body;                   // OrderReturn
  std::string customs_guid;
  base::Time created_at, returned_at;  // when the document came, when this was said of it
};

Receipt make_receipt(const schemas::MessageType& type, const Submission& document, const Step& step,
                     const PortNumbers& numbers, base::Time returned_at);

// The receipt as a CEB message, judged by its schema.
base::Faults faults_of(const Receipt& receipt, const schemas::Judge& judge);

// The record as the listing of /ceb312msg … prints it, shown from `received_at` on.
std::string listing_record(const codecs::hainan::ListingForm& form, const Receipt& receipt, const std::string& dxp_id,
                           base::Time received_at);

// The first so many characters of UTF-8 text.
std::string shortened(const std::string& text, std::size_t characters);

std::string garbled(const std::string& record);  // the same record with its text cut off in the middle

const codecs::hainan::ListingForm* listing_of(std::string_view receipt_type);  // nothing for a type that is not listed

}  // namespace tools::platform

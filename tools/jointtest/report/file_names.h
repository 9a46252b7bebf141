// The names of the messages' and receipts' files in the evidence: plain, and each one's own. Pure.
#pragma once

#include <cstddef>
#include <string>

#include "tools/jointtest/results.h"

namespace tools::jointtest::report {

// case-01-message-02-CEB311Message.xml; places count from 0.
std::string file_of_message(const MessageResult& message, std::size_t case_index, std::size_t index);
// case-01-message-02-receipt-03.xml, or .txt for what is no XML
std::string file_of_receipt(const ReceiptResult& receipt, std::size_t case_index, std::size_t message,
                            std::size_t index);

}  // namespace tools::jointtest::report

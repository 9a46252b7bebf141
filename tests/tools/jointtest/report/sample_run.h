// Runs as the report may get them: one like a day at the platform, and one whose every text is out to break the report.
// All persons are invented.
#pragma once

#include <string>

#include "schemas/catalog.h"
#include "tools/jointtest/results.h"

namespace tests::jointtest {

const schemas::Catalog& catalog();

// A time on 2026-01-31, China time.
base::Time at(std::chrono::milliseconds after_half_past_nine);

inline const std::string buyer = "测试甲", buyer_id = "990000199001010017", telephone = "10000000000",
                         address = "测试路1号";

// Signed messages of one order, as far as the report looks at them.
std::string order_xml(const std::string& number);
std::string inventory_xml(const std::string& number);
std::string order_receipt_xml(const std::string& number, const std::string& status, const std::string& text);
std::string listed_record(const std::string& number, const std::string& status, const std::string& text);
std::string in_envelope(const std::string& message, const std::string& type);

// One message of the case, accepted `began` after half past nine and settled by two receipts.
tools::jointtest::MessageResult order_message(const std::string& number, std::chrono::milliseconds began);

tools::jointtest::RunResult small_run();    // one of each verdict
tools::jointtest::RunResult full_run();     // every situation of the full plan
tools::jointtest::RunResult hostile_run();  // markup, control characters, bytes that are no UTF-8, in every text

}  // namespace tests::jointtest

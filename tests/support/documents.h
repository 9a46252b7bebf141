// Valid documents of one sale as the ERP posts them: the value of "document". They agree with each other in every
// number, amount and person; all persons are invented.
#pragma once

#include <string>
#include <vector>

namespace tests {

struct Sale {
  std::string number = "A1";  // the order's; the payment's is P-…, the waybill's W-…, the inventory's copNo C-…
  std::string ecommerce = "4601960001", payment = "4601960002", logistics = "4601960003";
};

std::string order_document(const Sale& sale);      // CEB311Message, paid 113.50
std::string payment_document(const Sale& sale);    // CEB411Message
std::string waybill_document(const Sale& sale);    // CEB511Message
std::string inventory_document(const Sale& sale);  // CEB621Message, bonded (1210) through 6409

// Of any of the 19 declarations: tests/scenarios/documents/TYPE.json.
std::string declaration(const std::string& type, const Sale& sale);
const std::vector<std::string>& declaration_types();
const std::string& declarant_of(const std::string& type, const Sale& sale);  // whose roles declare it

// {"type":…,"enterprise":…,"document":…}
std::string post(const std::string& type, const std::string& enterprise, const std::string& document);

}  // namespace tests

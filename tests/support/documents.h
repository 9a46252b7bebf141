// Valid documents of one sale as the ERP posts them: the value of "document". They agree with each other in every
// number, amount and person; all persons are invented.
#pragma once

#include <string>

namespace tests {

struct Sale {
  std::string number = "A1";  // the order's; the payment's is P-…, the waybill's W-…, the inventory's copNo C-…
  std::string ecommerce = "4601960001", payment = "4601960002", logistics = "4601960003";
};

std::string order_document(const Sale& sale);      // CEB311Message, paid 113.50
std::string payment_document(const Sale& sale);    // CEB411Message
std::string waybill_document(const Sale& sale);    // CEB511Message
std::string inventory_document(const Sale& sale);  // CEB621Message, bonded (1210) through 6409

// {"type":…,"enterprise":…,"document":…}
std::string post(const std::string& type, const std::string& enterprise, const std::string& document);

}  // namespace tests

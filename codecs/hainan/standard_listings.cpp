#include <algorithm>
#include <cctype>
#include <iterator>

#include "codecs/hainan/listing.h"

namespace codecs::hainan {

namespace {

using Meaning = decltype(ListingForm::meaning);

// What every record has; org_id is the platform's own.
Meaning with_common(Meaning own) {
  own.merge(Meaning{{"org_id", ""},
                    {"instm", "receivedAt"},
                    {"returnstatus", "returnStatus"},
                    {"returntime", "returnedAt"},
                    {"returntime2", "returnTime"},
                    {"returninfo", "returnInfo"},
                    {"trans_dxpid", "dxpId"}});
  return own;
}

std::string lower(std::string_view text) {
  std::string made(text);
  std::ranges::transform(made, made.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return made;
}

// Nobody has shown these listings yet: taken to be like the others, each name that of the receipt's field in lower
// case.
ListingForm by_analogy(const std::string& number, const std::vector<std::string_view>& fields) {
  Meaning own{{"re_guid", "guid"}, {"re_guid_cus", "customsGuid"}};
  for (const std::string_view field : fields) own.emplace(lower(field), field);
  return {.path = "/ceb" + number + "msg", .receipt_type = "CEB" + number + "Message", .meaning = with_common(own)};
}

std::vector<ListingForm> seen_listings() {
  return {{.path = "/ceb312msg",
           .receipt_type = "CEB312Message",
           .meaning = with_common(
               {{"re_order_guid", "guid"}, {"ebpcode", "ebpCode"}, {"ebccode", "ebcCode"}, {"orderno", "orderNo"}})},
          {.path = "/ceb412msg",
           .receipt_type = "CEB412Message",
           .meaning = with_common(
               {{"re_payment_guid", "guid"}, {"paycode", "payCode"}, {"paytransactionid", "payTransactionId"}})},
          {.path = "/ceb512msg",
           .receipt_type = "CEB512Message",
           .meaning = with_common(
               {{"re_logistics_guid", "guid"}, {"logisticscode", "logisticsCode"}, {"logisticsno", "logisticsNo"}})},
          {.path = "/ceb622msg",
           .receipt_type = "CEB622Message",
           .meaning = with_common({{"re_elist_guid", "guid"},
                                   {"re_elist_guid_cus", "customsGuid"},
                                   {"agentcode", "agentCode"},
                                   {"ebpcode", "ebpCode"},
                                   {"ebccode", "ebcCode"},
                                   {"preno", "preNo"},
                                   {"invtno", "invtNo"},
                                   {"customscode", "customsCode"},
                                   {"createtime", "createTime"}})}};
}

std::vector<ListingForm> supposed_listings() {
  return {by_analogy("304", {"ebpCode", "ebcCode", "orderNo"}),
          by_analogy("404", {"ebcCode", "orderNo", "payNo"}),
          by_analogy("506", {"logisticsCode", "logisticsNo"}),
          by_analogy("508", {"operatorCode", "logisticsCode", "copNo", "preNo", "billNo"}),
          by_analogy("510", {"logisticsCode", "copNo", "preNo"}),
          by_analogy("514", {"logisticsCode", "logisticsNo", "logisticsStatus"}),
          by_analogy("604", {"agentCode", "ebpCode", "ebcCode", "orderNo", "copNo", "preNo", "invtNo"}),
          by_analogy("606", {"agentCode", "copNo", "preNo", "invtNo"}),
          by_analogy("608", {"agentCode", "logisticsCode", "copNo", "preNo", "billNo"}),
          by_analogy("214", {"ebpCode", "ebcCode", "agentCode", "coElNo", "preNo", "invtNo"}),
          by_analogy("216", {"operatorCode", "logisticsCode", "logisticsNo", "coElNo", "preNo"}),
          by_analogy("624", {"customsCode", "agentCode", "ebpCode", "ebcCode", "copNo", "preNo", "invtNo"}),
          by_analogy("626", {"customsCode", "agentCode", "ebpCode", "ebcCode", "copNo", "preNo", "invtNo"}),
          by_analogy("702", {"agentCode", "ebcCode", "copNo", "preNo", "sumNo"}),
          by_analogy("712", {"customsCode", "operatorCode", "copNo", "preNo", "rkdNo"})};
}

}  // namespace

std::span<const ListingForm> standard_listings() {
  static const std::vector<ListingForm> listings = [] {
    std::vector<ListingForm> all = seen_listings();
    std::ranges::move(supposed_listings(), std::back_inserter(all));
    return all;
  }();
  return listings;
}

}  // namespace codecs::hainan

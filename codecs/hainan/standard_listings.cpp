#include "codecs/hainan/listing.h"

namespace codecs::hainan {

namespace {

using Meaning = std::map<std::string, std::string>;

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

}  // namespace

std::span<const ListingForm> standard_listings() {
  static const std::vector<ListingForm> listings{
      {.path = "/ceb312msg",
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
  return listings;
}

}  // namespace codecs::hainan

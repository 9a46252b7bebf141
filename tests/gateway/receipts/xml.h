// What the platform says over the data exchange platform, as CEB XML and DXP envelopes. Everything in it is invented.
#pragma once

#include <string>

namespace tests {

inline std::string ceb(const std::string& type, const std::string& inside) {
  return R"(<?xml version="1.0" encoding="UTF-8"?><ceb:)" + type +
         R"( xmlns:ceb="http://www.chinaport.gov.cn/ceb" guid="4CDE1CFD-EDED-46B1-946C-B8022E42FC00" version="1.0">)" +
         inside + "</ceb:" + type + ">";
}

inline std::string element(const std::string& name, const std::string& inside) {
  return "<ceb:" + name + ">" + inside + "</ceb:" + name + ">";
}

struct OrderReturn {
  std::string number, status, time, info = "info";
  std::string guid = "4CDE1CFD-EDED-46B1-946C-B8022E42FC01", ebp_code = "4601960001";
};

inline std::string order_return(const OrderReturn& said) {
  return element("OrderReturn", element("guid", said.guid) + element("ebpCode", said.ebp_code) +
                                    element("ebcCode", "4601960001") + element("orderNo", said.number) +
                                    element("returnStatus", said.status) + element("returnTime", said.time) +
                                    element("returnInfo", said.info));
}

inline std::string ceb900(const std::string& message_guid, const std::string& time,
                          const std::string& type = "CEB311Message") {
  return ceb("CEB900Message",
             element("MessageReturn", element("guid", "4CDE1CFD-EDED-46B1-946C-B8022E42FC02") +
                                          element("returnStatus", "-10") + element("returnInfo", "XSD 校验失败") +
                                          element("returnTime", time) + element("oriCopMsgId", message_guid) +
                                          element("oriMessageType", type) + element("oriBizMessage", "")));
}

inline std::string dxp_rep(const std::string& message_guid, const std::string& code) {
  return R"(<DxpRep ver="1.0" xmlns="http://www.chinaport.gov.cn/dxp"><RecevierId>DXPENT0000000001</RecevierId><Response>)"
         "<ResponseCode>" +
         code +
         "</ResponseCode><ResponseInfo>签名无效</ResponseInfo><NoticeTime>2026-01-31</NoticeTime><OriHead><CopMsgId>" +
         message_guid +
         "</CopMsgId><SenderId>DXPENT0000000001</SenderId><ReceiverIds><ReceiverId>DXPEDCCEB0000001</ReceiverId>"
         "</ReceiverIds><CreatTime>2026-01-31T09:30:00</CreatTime><MsgType>CEB311Message</MsgType></OriHead>"
         "</Response></DxpRep>";
}

inline std::string tax_sheet(const std::string& invt_no, const std::string& time) {
  return ceb("CEB816Message",
             element("Tax", element("TaxHeadRd", element("guid", "4CDE1CFD-EDED-46B1-946C-B8022E42FC03") +
                                                     element("returnTime", time) + element("invtNo", invt_no) +
                                                     element("taxNo", "T1") + element("customsTax", "0") +
                                                     element("valueAddedTax", "12.30") + element("status", "1"))));
}

inline std::string summary_result(const std::string& sum_no, const std::string& time, const std::string& rows) {
  return ceb(
      "CEB792Message",
      element("SummaryResult", element("SummaryResultHead", element("guid", "4CDE1CFD-EDED-46B1-946C-B8022E42FC04") +
                                                                element("sumNo", sum_no) + element("opDate", time) +
                                                                element("entryId", "E1") + element("decState", "9")) +
                                   rows));
}

inline std::string summary_row(const std::string& invt_no) {
  return element("SummaryResultList", element("invtNo", invt_no) + element("gnum", "1"));
}

}  // namespace tests

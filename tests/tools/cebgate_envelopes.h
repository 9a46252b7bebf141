// Messages of customs and the envelopes round them, for the program to work on; no real numbers or people.
#pragma once

#include <string>

#include "base/base64.h"

namespace tests::tools {

inline constexpr const char* dxp_namespace = " xmlns:dxp=\"http://www.chinaport.gov.cn/dxp\"";

inline std::string dxp_head(const std::string& sender = "DXPENT0000000001") {
  return "<dxp:CopMsgId>M1</dxp:CopMsgId><dxp:SenderId>" + sender +
         "</dxp:SenderId><dxp:ReceiverIds><dxp:ReceiverId>DXPEDCCEB0000001</dxp:ReceiverId></dxp:ReceiverIds>"
         "<dxp:CreatTime>2026-01-31T09:30:00</dxp:CreatTime><dxp:MsgType>CEB622Message</dxp:MsgType>";
}

// `data` as it stands in the XML.
inline std::string dxp_message_with(const std::string& data, const std::string& sender = "DXPENT0000000001") {
  return std::string("<dxp:DxpMsg ver=\"1.0\"") + dxp_namespace + ">\n<dxp:TransInfo>" + dxp_head(sender) +
         "</dxp:TransInfo>\n" + data + "</dxp:DxpMsg>";
}

inline std::string dxp_message(const std::string& inside, const std::string& sender = "DXPENT0000000001") {
  return dxp_message_with("<dxp:Data>" + base::base64(inside) + "</dxp:Data>", sender);
}

inline std::string dxp_routed(const std::string& dxp_msg) {
  return std::string("<dxp:DxpMsgSv ver=\"1.0\"") + dxp_namespace +
         "><dxp:SvNo Ver=\"1.0\"><dxp:MsgId>00000001202601310930000000000001</dxp:MsgId>"
         "<dxp:SendTime>2026-01-31T09:30:01</dxp:SendTime><dxp:EndNode>00000002</dxp:EndNode>"
         "<dxp:StaNode>00000001</dxp:StaNode></dxp:SvNo>" +
         dxp_msg + "</dxp:DxpMsgSv>";
}

inline std::string dxp_reply() {
  return std::string("<dxp:DxpRep ver=\"1.0\"") + dxp_namespace +
         "><dxp:RecevierId>DXPENT0000000001</dxp:RecevierId><dxp:Response><dxp:ResponseCode>1001</dxp:ResponseCode>"
         "<dxp:ResponseInfo>验签失败</dxp:ResponseInfo><dxp:NoticeTime>2026-01-31</dxp:NoticeTime><dxp:OriHead>" +
         dxp_head() + "</dxp:OriHead></dxp:Response></dxp:DxpRep>";
}

inline std::string ceb_message(const std::string& name, const std::string& inside) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ceb:" + name +
         " guid=\"311AF125-6FED-4603-8C5D-49B1FA4B4B9B\" version=\"1.0\" "
         "xmlns:ceb=\"http://www.chinaport.gov.cn/ceb\">\n" +
         inside + "\n</ceb:" + name + ">\n";
}

// The receipt of an inventory; `pre_no` as it stands in the XML.
inline std::string inventory_receipt(const std::string& pre_no = "<ceb:preNo>B20260131000000001</ceb:preNo>") {
  return ceb_message("CEB622Message",
                     "<ceb:InventoryReturn><ceb:guid>4CDE1CFD-EDED-46B1-946C-B8022E42FC94</ceb:guid>"
                     "<ceb:customsCode>6409</ceb:customsCode><ceb:ebpCode>4601960001</ceb:ebpCode>"
                     "<ceb:ebcCode>4601960001</ceb:ebcCode><ceb:agentCode>4601960001</ceb:agentCode>"
                     "<ceb:copNo>C1</ceb:copNo>" +
                         pre_no +
                         "<ceb:returnStatus>2</ceb:returnStatus><ceb:returnTime>20260131093000123</ceb:returnTime>"
                         "<ceb:returnInfo>新增申报成功</ceb:returnInfo></ceb:InventoryReturn>");
}

// The receipt of a message that the platform could not read, with that message in it.
inline std::string schema_receipt(const std::string& refused) {
  return ceb_message("CEB900Message",
                     "<ceb:MessageReturn><ceb:guid>4CDE1CFD-EDED-46B1-946C-B8022E42FC94</ceb:guid>"
                     "<ceb:returnStatus>-1</ceb:returnStatus><ceb:returnInfo>报文不符合格式</ceb:returnInfo>"
                     "<ceb:returnTime>20260131093000123</ceb:returnTime><ceb:oriCopMsgId>M1</ceb:oriCopMsgId>"
                     "<ceb:oriMessageType>CEB311Message</ceb:oriMessageType><ceb:oriBizMessage><![CDATA[" +
                         refused + "]]></ceb:oriBizMessage></ceb:MessageReturn>");
}

}  // namespace tests::tools

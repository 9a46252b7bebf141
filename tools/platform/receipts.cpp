#include "tools/platform/receipts.h"

#include <algorithm>

#include "base/xml.h"
#include "codecs/ceb/xml_codec.h"

namespace tools::platform {
namespace {

constexpr std::size_t longest_info = 1000;  // characters (报文规范 202205 §3.2.4, §3.10.4)

// Customs' own answers, from the entry of 120 on; E-Port's are 1 to 4 and the negative codes.
bool is_from_customs(const std::string& status) { return !status.starts_with('-') && status.size() >= 3; }

std::string value_of(const std::string& name, const Receipt& receipt, const Submission& document, const Step& step,
                     const PortNumbers& numbers) {
  const bool has_port_serial = receipt.type->business().child("preNo") != nullptr && is_from_customs(step.status);
  if (name == "guid") return has_port_serial ? numbers.port_guid : document.guid;
  if (name == "returnStatus") return step.status;
  if (name == "returnTime") return base::china_digits17(receipt.returned_at);
  if (name == "returnInfo") return shortened(step.info, longest_info);
  if (name == "preNo") return numbers.pre_no;
  // A cancellation or a refund names the inventory by the number that it has already.
  if (name == "invtNo" && numbers.invt_no.empty()) return field(document, name);
  const bool is_numbered = is_from_customs(step.status) && step.status != "100";
  if (name == "invtNo") return is_numbered ? numbers.invt_no : "";
  if (name == "sumNo") return is_numbered ? numbers.sum_no : "";
  return field(document, name);
}

}  // namespace

std::string shortened(const std::string& text, std::size_t characters) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins_character = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
    if (begins_character && ++seen > characters) return text.substr(0, i);
  }
  return text;
}

Receipt make_receipt(const schemas::MessageType& type, const Submission& document, const Step& step,
                     const PortNumbers& numbers, base::Time returned_at) {
  Receipt receipt{&type, {type.business().name, "", {}}, numbers.customs_guid, document.at, returned_at};
  for (const schemas::Node& node : type.business().children) {
    std::string value = value_of(node.name, receipt, document, step, numbers);
    if (!value.empty()) receipt.body.children.push_back({node.name, std::move(value), {}});
  }
  return receipt;
}

base::Faults faults_of(const Receipt& receipt, const schemas::Judge& judge) {
  codecs::ceb::Message message;
  message.type = receipt.type->name;
  message.guid = receipt.customs_guid;
  message.documents.push_back(receipt.body);
  const auto xml = base::XmlDocument::read(codecs::ceb::write_xml(*receipt.type, message));
  if (!xml) return xml.faults();
  return judge.judge(*xml, schemas::Level::schema, schemas::SignatureDemand::none_yet).faults;
}

std::string listing_record(const codecs::hainan::ListingForm& form, const Receipt& receipt, const std::string& dxp_id,
                           base::Time received_at) {
  std::map<std::string, std::string> fields;
  for (const codecs::ceb::Element& one : receipt.body.children) fields[one.name] = one.text;
  fields["returnTime"] = base::china_digits14(receipt.returned_at);
  fields["createTime"] = base::china_digits14(receipt.created_at);
  fields["customsGuid"] = receipt.customs_guid;
  fields["dxpId"] = dxp_id;
  fields["returnedAt"] = std::to_string(receipt.returned_at.time_since_epoch().count());
  fields["receivedAt"] = std::to_string(received_at.time_since_epoch().count());
  return codecs::hainan::write_record(form, fields);
}

std::string garbled(const std::string& record) { return record.substr(0, record.find("returninfo=")) + "returninf}"; }

const codecs::hainan::ListingForm* listing_of(std::string_view receipt_type) {
  const auto all = codecs::hainan::standard_listings();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.receipt_type == receipt_type; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace tools::platform

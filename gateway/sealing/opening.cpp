#include "gateway/sealing/opening.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

#include "codecs/hainan/listing.h"

namespace gateway::sealing {

namespace {

using Fields = std::map<std::string, std::string>;

base::Fault fault(std::string code, std::string zh, std::string en) {
  return {.code = std::move(code), .path = {}, .zh = std::move(zh), .en = std::move(en), .source = {}};
}

const codecs::hainan::ListingForm* form_of(const config::Port& port, const std::string& source) {
  for (const auto& form : codecs::hainan::standard_listings()) {
    const auto own = port.paths.find(form.receipt_type);
    if ((own == port.paths.end() ? form.path : own->second) == source) return &form;
  }
  return nullptr;
}

std::string take(Fields& fields, const std::string& name) {
  auto node = fields.extract(name);
  return node.empty() ? std::string() : node.mapped();
}

std::optional<base::Time> epoch(std::string_view milliseconds) {
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(milliseconds.data(), milliseconds.data() + milliseconds.size(), count);
  if (error != std::errc{} || end != milliseconds.data() + milliseconds.size()) return std::nullopt;
  return base::Time(std::chrono::milliseconds(count));
}

// returntime is the exact one; returntime2 the same in whole seconds; instm when the platform listed it.
std::optional<base::Time> returned_at(std::string_view returned, std::string_view digits, std::string_view received) {
  if (const auto exact = epoch(returned)) return exact;
  if (const auto seconds = base::read_china_digits(digits)) return seconds;
  return epoch(received);
}

bool is_guid_letter(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool is_guid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !is_guid_letter(text[i])) return false;
  }
  return true;
}

}  // namespace

// E-Port repeats the document's guid inside its sentence: 清单新增申报成功[GUID][…].
std::vector<std::string> guids_of(std::string_view guid, std::string_view info) {
  std::vector<std::string> guids;
  if (!guid.empty()) guids.emplace_back(guid);
  for (auto at = info.find('['); at != std::string_view::npos; at = info.find('[', at + 1)) {
    const auto found = info.substr(at + 1, 36);
    if (is_guid(found) && std::find(guids.begin(), guids.end(), found) == guids.end()) guids.emplace_back(found);
  }
  return guids;
}

bool is_listing(const config::Port& port, const std::string& source) { return form_of(port, source) != nullptr; }

base::Result<Opened> open_listing_record(const config::Port& port, const std::string& source,
                                         const std::string& bytes) {
  const auto* form = form_of(port, source);
  if (form == nullptr) {
    return fault("listing.source", "没有名为 " + source + " 的回执清单",
                 "there is no receipt listing called " + source);
  }
  auto fields = codecs::hainan::read_record(*form, bytes);
  if (!fields) return fields.faults();
  Opened opened;
  opened.receipt_type = form->receipt_type;
  opened.dxp_id = take(*fields, "dxpId");
  opened.status = take(*fields, "returnStatus");
  opened.return_info = take(*fields, "returnInfo");
  opened.guids = guids_of(take(*fields, "guid"), opened.return_info);
  const auto time = returned_at(take(*fields, "returnedAt"), take(*fields, "returnTime"), take(*fields, "receivedAt"));
  if (opened.status.empty()) return fault("listing.status", "回执没有回执状态", "the receipt has no returnStatus");
  if (!time) return fault("listing.time", "回执没有可读的回执时间", "the receipt has no readable time");
  opened.returned_at = *time;
  opened.return_time = base::china_digits17(*time);
  for (auto& [name, value] : *fields) {
    if (!value.empty() && value != "null") opened.parts.emplace(name, std::move(value));
  }
  return opened;
}

}  // namespace gateway::sealing

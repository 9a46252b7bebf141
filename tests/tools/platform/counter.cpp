#include "tests/tools/platform/counter.h"

#include <stdexcept>

#include "base/guid.h"
#include "codecs/ceb/identity.h"
#include "codecs/ceb/json_codec.h"
#include "tests/tools/platform_signatures.h"

namespace tests::tools {
namespace {

using ::tools::platform::Scenario;

constexpr std::chrono::hours until_all_is_due{2};

signing::Trust our_trust() { return *signing::Trust::from_files(std::vector{platform_authority().sm2_root()}); }

Scenario scenario_in(const std::string& text) {
  auto read = Scenario::parse(text);
  if (!read) throw std::runtime_error(read.faults().front().en);
  return std::move(*read);
}

}  // namespace

std::string unsigned_text(const std::string& type, const std::vector<codecs::ceb::Element>& documents) {
  return message_text(type, documents);
}

Counter::Counter(CounterTerms terms)
    : terms_(std::move(terms)),
      inspection_(platform_catalog(), platform_judge(), terms_.rules, our_trust(), terms_.enterprises),
      customs_(platform_catalog(), platform_judge(), terms_.rules, scenario_in(terms_.scenario), terms_.habits),
      inbox_(inspection_, customs_, clock_) {}

codecs::ceb::Element Counter::document(const std::string& type_name, const std::string& sale, const Changes& changes) {
  const schemas::MessageType& type = *platform_catalog().find(type_name);
  const auto json = codecs::ceb::read_json(declaration(type_name, {.number = sale}));
  codecs::ceb::Element body = codecs::ceb::read_document(type, *json, "")->body;
  codecs::ceb::set_head_field(type, body, "guid", base::new_guid());
  codecs::ceb::set_head_field(type, body, "appType", "1");
  const base::Time later = *base::read_china_digits("20260131093000") + std::chrono::seconds(++handed_in_);
  codecs::ceb::set_head_field(type, body, "appTime", base::china_digits14(later));
  codecs::ceb::set_head_field(type, body, "appStatus", "2");
  const std::string number = type.key_fields.back();
  if (codecs::ceb::head_field(type, body, number).empty()) codecs::ceb::set_head_field(type, body, number, "N-" + sale);
  for (const auto& [name, value] : changes) codecs::ceb::set_head_field(type, body, name, value);
  return body;
}

std::vector<Record> Counter::listed(const std::string& type) {
  const std::string& receipt = platform_catalog().find(type)->receipt;
  return records_of(receipt, customs_.receipts().records(platform_dxp_id, receipt, base::Time(), clock_.now()));
}

std::vector<std::string> Counter::bring(const std::string& type, const std::string& xml) {
  const std::size_t before = listed(type).size();
  if (!inbox_.take({Way::hainan, xml, ""})) throw std::runtime_error("it was not taken");
  clock_.advance(until_all_is_due);
  const auto all = listed(type);
  said_.assign(all.begin() + std::ptrdiff_t(before), all.end());
  return statuses_of(said_);
}

std::vector<std::string> Counter::hand_in(const std::string& type, const std::vector<codecs::ceb::Element>& documents) {
  return bring(type, signed_text(unsigned_text(type, documents)));
}

std::vector<std::string> Counter::hand_in(const std::string& type, const std::string& sale, const Changes& changes) {
  return hand_in(type, std::vector{document(type, sale, changes)});
}

std::string Counter::last(const std::string& field) const {
  const Record& record = said_.back();
  return record.contains(field) ? record.at(field) : "";
}

void Counter::hand_in_siblings(const std::string& sale, const Changes& order, const Changes& payment) {
  hand_in("CEB311Message", sale, order);
  hand_in("CEB411Message", sale, payment);
  hand_in("CEB511Message", sale);
}

}  // namespace tests::tools

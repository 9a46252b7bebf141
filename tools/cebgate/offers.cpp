#include "tools/cebgate/offers.h"

#include <map>
#include <string>

#include "tools/cebgate/fault_text.h"
#include "tools/cebgate/json_text.h"

namespace tools::cebgate {

namespace {

std::string action_word(const std::string& action, Language language) {
  static const std::map<std::string, std::string> chinese{
      {"declare", "申报"}, {"change", "变更"}, {"delete", "删除"}, {"cancel", "撤销"}, {"refund", "退货"}};
  const auto found = chinese.find(action);
  return found == chinese.end() ? action : say(language, found->second, action);
}

bool is_allowed(const boost::json::value& offer) {
  const auto* members = offer.if_object();
  const auto* allowed = members == nullptr ? nullptr : members->if_contains("allowed");
  return allowed != nullptr && allowed->is_bool() && allowed->get_bool();
}

std::string blanks(const boost::json::value& offer) {
  constexpr std::string_view document = "/document/";
  std::string names;
  for (const boost::json::value& pointer : array_of(offer, "fill_in")) {
    if (!pointer.is_string()) continue;
    std::string name(pointer.get_string());
    if (name.starts_with(document)) name.erase(0, document.size());
    names += (names.empty() ? "" : ", ") + name;
  }
  return names;
}

}  // namespace

void print_offers(std::ostream& out, const boost::json::value& answer, Language language) {
  for (const boost::json::value& offer : array_of(answer, "offers")) {
    std::string line = is_allowed(offer) ? say(language, "可以：", "next: ") : say(language, "暂不可：", "not now: ");
    line += action_word(text_of(offer, "action"), language) + "  " + text_of(offer, "type") + "  " +
            text_of(offer, say(language, "zh", "en"));
    out << "    " << printable(line) << "\n";
    const std::string open = blanks(offer);
    if (!open.empty()) out << "        " << say(language, "待填：", "to fill in: ") << printable(open) << "\n";
  }
}

}  // namespace tools::cebgate

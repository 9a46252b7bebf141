#include "gateway/intake/cross_words.h"

#include <algorithm>
#include <vector>

#include "codecs/ceb/identity.h"
#include "gateway/views/answers.h"

namespace gateway::intake {
namespace {

using codecs::ceb::Difference;
using codecs::ceb::OfSale;
using codecs::ceb::Side;

constexpr std::size_t few_characters = 6, shown_before = 3, shown_behind = 2;

std::vector<std::string> characters(std::string_view utf8) {
  std::vector<std::string> all;
  for (const char byte : utf8) {
    const bool goes_on = (static_cast<unsigned char>(byte) & 0xC0) == 0x80 && !all.empty();
    if (!goes_on) all.emplace_back();
    all.back() += byte;
  }
  return all;
}

bool is_private(const Side& side) {
  const auto& fields = side.document->type->private_fields;
  return !side.row && std::ranges::find(fields, side.field) != fields.end();
}

struct SideWords {
  std::string zh, en;
};

std::string field_words(const Side& side) { return place_in_words(side); }

SideWords side_words(const Side& side, const std::string& value) {
  const OfSale& document = *side.document;
  SideWords words{document.type->title_zh + " " + document.key + " 的 " + field_words(side),
                  field_words(side) + " of " + document.key};
  words.zh += value.empty() ? " 没有这一行" : " 是“" + value + "”";
  words.en += value.empty() ? " is no row of it" : " is \"" + value + "\"";
  return words;
}

// Values that look alike once they are shown in part.
SideWords where_they_part(const std::string& a, const std::string& b) {
  const auto one = characters(a), other = characters(b);
  const auto at = std::ranges::mismatch(one, other).in1 - one.begin() + 1;
  return {"（第 " + std::to_string(at) + " 个字符起不同）", " (they part at character " + std::to_string(at) + ")"};
}

SideWords sum_words(const codecs::ceb::Sale& sale, const Difference& difference) {
  if (difference.comparison->how != schemas::Comparing::sum) return {};
  SideWords words;
  if (!sale.sharing.empty()) {
    const std::string count = std::to_string(sale.sharing.size() + 1);
    words = {"（已知 " + count + " 份合计）", " (the sum of the " + count + " that are known)"};
  }
  if (difference.certainty == codecs::ceb::Certainty::less_so_far) {
    words.zh += "；可能还有其他订单由同一笔支付付款，请一并提交或报告";
    words.en += "; the payment may pay for others too: post or report them";
  }
  return words;
}

// Inside the document: /InventoryList/1/qty or /ceb:InventoryList[2]/ceb:qty.
std::string row_path(const Candidate& candidate, const Side& side) {
  const bool is_json = candidate.form == PostForm::json;
  const std::string& list = candidate.type->list;
  return candidate.document_path() +
         (is_json ? "/" + list + "/" + std::to_string(*side.row) + "/" + side.field
                  : "/ceb:" + list + "[" + std::to_string(*side.row + 1) + "]/ceb:" + side.field);
}

std::string path_of(const Candidate& candidate, const codecs::ceb::Sale& sale, const Difference& difference) {
  for (const Side* side : {&difference.left, &difference.right}) {
    if (side->document != &sale.subject()) continue;
    if (side->row) return row_path(candidate, *side);
    if (side->serial.empty()) return candidate.field_path(side->field);
  }
  return candidate.document_path();
}

std::string clause_of(const Side& side) {
  const schemas::Node* field = side.document->type->head_node().child(side.field);
  return field == nullptr ? side.document->type->head_node().clause : field->clause;
}

}  // namespace

std::string partly_shown(std::string_view utf8) {
  const auto all = characters(utf8);
  const bool is_short = all.size() <= few_characters;
  const std::size_t before = is_short ? 1 : shown_before, behind = is_short ? 0 : shown_behind;
  std::string shown;
  for (std::size_t i = 0; i < all.size(); ++i) shown += i < before || i + behind >= all.size() ? all[i] : "*";
  return shown;
}

base::Fault difference_fault(const Candidate& candidate, const codecs::ceb::Sale& sale, const Difference& difference) {
  const Side &left = difference.left, &right = difference.right;
  const bool hides = is_private(left) || is_private(right);
  const auto shown = [&](const Side& side) { return hides ? partly_shown(side.value) : side.value; };
  const SideWords a = side_words(left, shown(left)), b = side_words(right, shown(right));
  const SideWords apart = hides ? where_they_part(left.value, right.value) : SideWords{};
  const SideWords sum = sum_words(sale, difference);
  const bool is_certain = difference.certainty == codecs::ceb::Certainty::certain;
  base::Fault fault =
      views::fault(is_certain ? "cross.differs" : "cross.less_so_far", path_of(candidate, sale, difference),
                   difference.comparison->zh + "：" + a.zh + "，" + b.zh + apart.zh + sum.zh + "。",
                   "[" + difference.comparison->code + "] " + difference.comparison->en + ": " + a.en + ", " + b.en +
                       apart.en + sum.en + ".");
  fault.source = clause_of(left);
  return fault;
}

base::Fault missing_warning(const Candidate& candidate, const schemas::Catalog& catalog,
                            const schemas::SiblingRule& rule) {
  const schemas::MessageType& sibling = *catalog.find(rule.sibling);
  std::string named;
  for (const std::string& field : rule.fields) {
    named +=
        (named.empty() ? "" : ", ") + field + " " + codecs::ceb::head_field(*candidate.type, candidate.body, field);
  }
  return views::warning(
      "cross.missing", candidate.field_path(rule.fields.back()),
      "账本和报告中都没有对应的" + sibling.title_zh + "（" + named + "），无法比对；海关会等它到达后再处理。",
      "Neither the ledger nor a report has its sibling, " + sibling.name + " (" + named +
          "), so it was not compared; customs waits until it is there.");
}

}  // namespace gateway::intake

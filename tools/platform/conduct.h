// How E-Port and customs conduct themselves towards each message type: the usual statuses, the codes of their refusals
// (报文规范 202205 表 7-2 and what live systems answer), the siblings an inventory needs and what is compared. Tables
// for the types that have been watched; the others go the way that the catalog's answers show. Immutable.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/catalog.h"

namespace tools::platform {

struct Step {
  std::string status, info;  // returnStatus, returnInfo
};

struct Code {
  std::string_view status, text;
};

// A document that must have reached E-Port before customs goes on.
struct Sibling {
  std::string_view type, noun, holder, number;  // "CEB311Message", "订单", "电商平台", "订单号"
  std::vector<std::string_view> fields;         // of both heads; what names it
};

// A field of one document that must equal a field of another; a pair with an absent side is not compared.
struct Comparison {
  std::string_view left_type, left_field, right_type, right_field;
  std::string_view code, text;  // empty: made from the left field's place and title
};

// List rows that must be the same in number, serial and quantity.
struct RowComparison {
  std::string_view left_type, right_type, code, text;
};

struct Conduct {
  std::string_view type;
  std::string_view accepted_noun;                  // "清单" in 清单新增申报成功; mostly empty
  std::vector<std::string_view> accepted_fields;   // named in brackets behind it
  std::vector<std::string_view> way;               // the usual statuses
  std::vector<std::string_view> readmitted_after;  // last statuses after which appType 1 may come again
  std::string_view draft_app_status;               // kept at E-Port only, answered 1; empty: there are no drafts
  Code already_there, not_newer, not_there, content, repeated_row, in_use;  // without a status: nothing is said
  std::vector<Sibling> siblings;
  std::vector<Comparison> comparisons;
  std::vector<RowComparison> rows;
};

std::span<const Conduct> conducts();
const Conduct* conduct_of(std::string_view type);  // nothing for a type that has not been watched
// Towards a declaration: as watched, or 2, 120 and on to the status that settles it, and every number taken anew.
Conduct conduct_towards(const schemas::MessageType& declaration, const schemas::Catalog& catalog);

// Refusals that do not depend on the type, and those of changing a declared inventory.
inline constexpr Code unknown_enterprise{"-10102", "无效企业代码"};
inline constexpr Code not_declared{"-621011", "不存在已申报的清单，无法进行改单操作"};
inline constexpr Code numbers_needed{"-621053", "改单失败,preno和invtno不能为空，请重试"};
inline constexpr Code invt_no_needed{"-621057", "改单失败,invtno不能为空，请重试"};
inline constexpr Code invt_no_fixed{"-621999", "海关清单编号不允许修改"};
inline constexpr std::string_view repeated_business_key = "清单中业务主键重复（订单号+电商企业备案号）";

// The statuses that lead to `final_status`: 100 comes after 2, a negative one alone, 899 after 800.
std::vector<std::string> way_to(const Conduct& conduct, std::string_view final_status);
std::string text_of(std::string_view status);  // returnInfo of customs' own statuses

}  // namespace tools::platform

// How E-Port and customs conduct themselves towards each message type: the usual statuses, the codes of their refusals
// (报文规范 202205 表 7-2 and what live systems answer). Tables for the types that have been watched; the others go the
// way that the catalog's answers show. What documents have to do with each other the catalog knows. Immutable.
#pragma once

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

struct Conduct {
  std::string_view type;
  std::string_view accepted_noun;                  // "清单" in 清单新增申报成功; mostly empty
  std::vector<std::string_view> accepted_fields;   // named in brackets behind it
  std::vector<std::string_view> way;               // the usual statuses
  std::vector<std::string_view> readmitted_after;  // last statuses after which appType 1 may come again
  std::string_view draft_app_status;               // kept at E-Port only, answered 1; empty: there are no drafts
  Code already_there, not_newer, not_there, content, repeated_row, in_use;  // without a status: nothing is said
};

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

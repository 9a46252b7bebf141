#include "tools/platform/conduct.h"

#include <algorithm>
#include <array>

namespace tools::platform {
namespace {

constexpr std::string_view order = "CEB311Message", payment = "CEB411Message", waybill = "CEB511Message",
                           inventory = "CEB621Message";

Conduct order_conduct() {
  return {.type = order,
          .accepted_noun = "",
          .accepted_fields = {},
          .way = {"2", "120"},
          .readmitted_after = {},
          .draft_app_status = "",
          .already_there = {"-301010", "已存在相同编号的订单"},
          .not_newer = {"-301014", "订单报文处理失败，接收报文为旧报文数据，不做处理"},
          .not_there = {"-301009", "订单标识(appType)不正确,未找到操作的订单"},
          .content = {"-301008", "参数校验不通过，"},
          .repeated_row = {"-301002", "订单商品信息内有重复商品序号"},
          .in_use = {"-301011", "该订单已向海关申报清单，状态不符"}};
}

Conduct payment_conduct() {
  return {.type = payment,
          .accepted_noun = "",
          .accepted_fields = {},
          .way = {"2", "120"},
          .readmitted_after = {},
          .draft_app_status = "",
          .already_there = {"-401007", "已存在相同编号的支付单"},
          .not_newer = {"-401012", "支付单报文处理失败，接收报文为旧报文数据，不做处理"},
          .not_there = {"-401006", "支付单标识(appType)不正确,未找到对应操作的支付单"},
          .content = {"-401009", "参数校验不通过，"},
          .repeated_row = {},
          .in_use = {"-401008", "该支付单已向海关申报支付单，状态不符"}};
}

Conduct waybill_conduct() {
  return {.type = waybill,
          .accepted_noun = "",
          .accepted_fields = {},
          .way = {"2", "120"},
          .readmitted_after = {},
          .draft_app_status = "",
          .already_there = {"-504012", "物流运单已存在"},
          .not_newer = {"-505016", "物流报文处理失败，接收报文为旧报文数据，不做处理"},
          .not_there = {"-504014", "运单标识(appType)不正确,未找到操作的运单"},
          .content = {"-504011", "参数校验不通过，"},
          .repeated_row = {},
          .in_use = {"-504016", "该运单已向海关申报运单，状态不符"}};
}

Conduct inventory_conduct() {
  return {.type = inventory,
          .accepted_noun = "清单",
          .accepted_fields = {"ebcCode", "orderNo"},
          .way = {"2", "120", "800"},
          .readmitted_after = {"100", "1"},
          .draft_app_status = "1",
          .already_there = {"-621004", "清单已经申报过，请勿重复申报"},
          .not_newer = {"-621055", "已存在较新清单，请修改app_time为最新时间"},
          .not_there = {"-621042", "清单不存在，无法完成改单申报操作"},
          .content = {"-621001", "清单报文校验失败，"},
          .repeated_row = {"-621027", "请确认表体 gnum 无重复！"},
          .in_use = {"-621043", "清单目前的状态不允许进行改单申报操作"}};
}

// What little is known of the types that have not been watched.
struct Published {
  std::string_view type;
  Code already_there, not_newer;
};
constexpr std::array<Published, 2> published{
    {{"CEB513Message",
      {"-505012", "物流运单状态已存在"},
      {"-505016", "物流报文处理失败，接收报文为旧报文数据，不做处理"}},
     {"CEB711Message", {"-800003", "已存在相同编号的入库明细单"}, {"-800005", "接收报文为旧报文数据，不做处理"}}}};

std::vector<std::string_view> way_by_answers(const schemas::MessageType& declaration, const schemas::Catalog& catalog) {
  const schemas::Declared declared{declaration.name, "1", "2"};
  std::vector<std::string_view> way{"2"};
  for (const std::string_view status : {"120", "399", "800"}) {
    const schemas::Answer answer = catalog.answer(declared, status);
    // After the 399 of a summary its result follows, which no listing carries.
    const bool is_the_last =
        answer.effect == schemas::Effect::settle || (status == "399" && answer.outcome == "lodged");
    if (is_the_last || status == "120") way.push_back(status);
    if (is_the_last) break;
  }
  return way;
}

constexpr std::array<Code, 17> status_texts{{{"1", "暂存"},
                                             {"3", "发送海关成功"},
                                             {"4", "发送海关失败"},
                                             {"100", "[Code:1300;Desc:海关退单]"},
                                             {"120", "[Code:1800;Desc:逻辑校验通过]"},
                                             {"300", "待人工审核"},
                                             {"399", "海关审结"},
                                             {"400", "海关已接受申报待货物运抵后处理"},
                                             {"500", "查验"},
                                             {"501", "扣留移送通关"},
                                             {"502", "扣留移送缉私"},
                                             {"503", "扣留移送法规"},
                                             {"599", "其它扣留"},
                                             {"600", "挂起"},
                                             {"700", "退运"},
                                             {"800", "[Code:2600;Desc:放行]"},
                                             {"899", "结关"}}};

// Nothing for a type that has not been watched.
const Conduct* conduct_of(std::string_view type) {
  static const std::vector<Conduct> all{order_conduct(), payment_conduct(), waybill_conduct(), inventory_conduct()};
  const auto found = std::ranges::find(all, type, &Conduct::type);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

Conduct conduct_towards(const schemas::MessageType& declaration, const schemas::Catalog& catalog) {
  if (const Conduct* watched = conduct_of(declaration.name)) return *watched;
  const Code old{"100", "[Code:1300;Desc:报送时间不晚于已收到的单证]"}, unknown{"100", "[Code:1300;Desc:单证不存在]"};
  const auto known = std::ranges::find(published, declaration.name, &Published::type);
  return {.type = declaration.name,
          .accepted_noun = "",
          .accepted_fields = {},
          .way = way_by_answers(declaration, catalog),
          .readmitted_after = {"1", "2", "100", "120", "399"},
          .draft_app_status = "1",
          .already_there = known == published.end() ? Code{} : known->already_there,
          .not_newer = known == published.end() ? old : known->not_newer,
          .not_there = unknown,
          .content = {"100", "[Code:1300;Desc:参数校验不通过]"},
          .repeated_row = {},
          .in_use = {"100", "[Code:1300;Desc:单证已放行，状态不符]"}};
}

std::vector<std::string> way_to(const Conduct& conduct, std::string_view final_status) {
  const std::string last(final_status);
  if (last.starts_with('-') || last == "1") return {last};
  std::vector<std::string> way(conduct.way.begin(), conduct.way.end());
  const auto usual = std::find(way.begin(), way.end(), last);
  if (usual != way.end()) return {way.begin(), usual + 1};
  if (last == "100" || last == "3" || last == "4") return {way.front(), last};
  if (last == "899") {
    way.push_back(last);
  } else {
    way.back() = last;
  }
  return way;
}

std::string text_of(std::string_view status) {
  const auto found =
      std::find_if(status_texts.begin(), status_texts.end(), [&](const Code& one) { return one.status == status; });
  return found == status_texts.end() ? "业务处理状态" + std::string(status) : std::string(found->text);
}

}  // namespace tools::platform

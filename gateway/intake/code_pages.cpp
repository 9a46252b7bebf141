#include "gateway/intake/code_pages.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "gateway/views/answers.h"

namespace gateway::intake {
namespace {

namespace json = boost::json;

json::object about(const schemas::CodeTable& table) {
  return {{"table", table.name},
          {"zh", table.zh},
          {"en", table.en},
          {"as_of", table.as_of},
          {"source", table.source},
          {"codes", table.codes.size()},
          {"href", "/v1/codes/" + table.name}};
}

json::object row(const schemas::Code& code) {
  return {{"code", code.code}, {"zh", code.zh}, {"en", code.en}, {"other", code.other}};
}

http::Response unknown_table() {
  return http::Response::problem(404, "no such code table",
                                 {views::fault("api.unknown_table", "", "没有这张代码表，见 /v1/codes。",
                                               "There is no such code table; see /v1/codes.")});
}

}  // namespace

CodePages::CodePages(const schemas::CodeTables& tables) : tables_(tables) {}

boost::asio::awaitable<http::Response> CodePages::tables(http::Request) const {
  json::array tables;
  for (const schemas::CodeTable& table : tables_.tables()) tables.push_back(about(table));
  co_return views::json_answer(200, json::object{{"tables", std::move(tables)}});
}

boost::asio::awaitable<http::Response> CodePages::table(http::Request request) const {
  const schemas::CodeTable* table = tables_.find(request.places["table"]);
  if (table == nullptr) co_return unknown_table();
  json::array codes;
  if (const std::string& text = request.query["q"]; text.empty()) {
    for (const schemas::Code& code : table->codes) codes.push_back(row(code));
  } else {
    for (const schemas::Code* code : table->lookup(text)) codes.push_back(row(*code));
  }
  json::object answer = about(*table);
  answer["codes"] = std::move(codes);
  co_return views::json_answer(200, answer);
}

}  // namespace gateway::intake

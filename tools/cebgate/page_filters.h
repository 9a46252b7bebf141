// The options of the commands that show a page of something: each is a filter of the API's call with the same name.
#pragma once

#include <boost/json/value.hpp>
#include <span>
#include <string>
#include <string_view>

#include "tools/cebgate/program.h"

namespace tools::cebgate {

struct Filter {
  std::string_view name, zh, en;
  std::string value;  // empty: not given
};

// The filters outlive the command.
void add_filters(const Program& program, CLI::App& command, std::span<Filter> filters);

// The path with those that are given.
std::string filtered(std::string_view path, std::span<const Filter> filters);

// Where the next page begins, if there is one.
void tell_next_page(const boost::json::value& page, Language language);

}  // namespace tools::cebgate

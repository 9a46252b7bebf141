// skf:LIBRARY?name=value&… and sdf:LIBRARY?…: the library's path as it is, parameters percent-encoded.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace signing::gmt {

struct LibraryUri {
  std::string library;
  std::map<std::string, std::string> parameters;
  std::string parameter(const std::string& name) const;  // empty: not given
};

// Fault key.form: no library, a parameter that is not among `allowed`, given twice, empty or badly encoded.
base::Result<LibraryUri> read_library_uri(const std::string& uri, std::span<const std::string_view> allowed);

}  // namespace signing::gmt

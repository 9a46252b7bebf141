// Works on canonical XML as text: takes the start tag of its first element apart, declares other namespaces on it, and
// takes white space out. For canonical text only (C14N 1.0): quotes are double, nothing is abbreviated. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "signing/dialect.h"

namespace signing {

struct StartTag {
  std::size_t begin = 0, end = 0;  // of the tag in the text; equal where there is none
  std::string name;
  std::vector<NamespaceDeclaration> namespaces;  // an empty prefix is the default namespace
  std::string attributes;                        // as written, each behind a space

  std::string prefix() const;  // of the name
};

StartTag read_start_tag(std::string_view canonical);
// With `namespaces` in place of its own, in canonical order.
std::string write_start_tag(const StartTag& tag, std::vector<NamespaceDeclaration> namespaces);

enum class WhiteSpace {
  between_elements,  // but not in an element that holds nothing else
  between_tags,      // there too
  at_both_ends_of_every_text,
};
std::string without_white_space(std::string_view canonical, WhiteSpace which);

}  // namespace signing

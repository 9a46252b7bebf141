// Reads a Schematron file into compiled patterns; says what a pattern is made of. For this folder only.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "schemas/libxml.h"

namespace schemas {

struct Expression {
  std::string text;
  XPathExpressionPtr compiled;
  int line = 0;
};

struct Let {
  std::string name;
  Expression value;
};

// A piece of a sentence: words, or an expression whose value stands there.
struct Piece {
  std::string words;
  Expression value;  // compiled is empty for words
};

struct Assertion {
  std::string id, see;
  bool fails_when = false;  // assert fails on false, report on true
  base::Severity severity = base::Severity::error;
  Expression test;
  std::vector<Piece> zh, en;
};

struct Rule {
  Expression context;
  std::vector<Let> lets;
  std::vector<Assertion> assertions;
};

struct RulePattern {
  std::string id, see;
  std::string zh, en;  // the title; may be empty
  bool asks_for_signature = false;
  std::vector<Let> lets;
  std::vector<Rule> rules;
};

using Namespaces = std::vector<std::pair<std::string, std::string>>;  // prefix and URI

struct RuleFile {
  std::filesystem::path path;
  std::string edition;  // whose sections `see` names; empty: any
  Namespaces namespaces;
  std::vector<Let> lets;
  std::vector<RulePattern> patterns;
};

base::Result<RuleFile> read_rules(const std::filesystem::path& path);

// A context whose errors go to `first`.
XPathContextPtr xpath_context(xmlDoc* document, FirstError& first);
void use_namespaces(xmlXPathContext& context, const Namespaces& namespaces);

}  // namespace schemas

#include "schemas/rule_reader.h"

#include <algorithm>
#include <libxml/tree.h>
#include <libxml/xpathInternals.h>
#include <utility>

#include "schemas/shape_reader.h"

namespace schemas {

namespace {

constexpr std::string_view schematron_namespace = "http://purl.oclc.org/dsdl/schematron";

bool is_rule_part(const xmlNode* node, std::string_view name) { return is_element(node, schematron_namespace, name); }

// A context matches anywhere unless it begins at the root: each alternative is put behind "//".
std::string as_selection(std::string_view context) {
  std::string result;
  int brackets = 0;
  bool at_start = true;
  for (const char c : context) {
    if (at_start && c != ' ' && c != '\n') {
      if (c != '/') result += "//";
      at_start = false;
    }
    if (c == '[' || c == '(') ++brackets;
    if (c == ']' || c == ')') --brackets;
    if (c == '|' && brackets == 0) at_start = true;
    result += c;
  }
  return result;
}

std::string one_line(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool white = c == '\n' || c == '\t' || c == ' ' || c == '\r';
    if (!white) result += c;
    if (white && (result.empty() || result.back() != ' ')) result += ' ';
  }
  return result;
}

std::string trimmed_line(std::string text) {
  text.erase(0, text.find_first_not_of(' '));
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

class RuleReader {
 public:
  explicit RuleReader(std::filesystem::path path) { file_.path = std::move(path); }

  base::Result<RuleFile> read() {
    const auto doc = read_xml_file(file_.path);
    if (!doc) return doc.faults();
    const xmlNode* schema = xmlDocGetRootElement(doc->get());
    if (is_rule_part(schema, "schema")) {
      file_.edition = attribute(schema, "schemaVersion");
      read_namespaces(schema);
      use_namespaces(*context_, file_.namespaces);
      read_lets(schema, file_.lets);
      each(schema, [this](const xmlNode* node) { schema_part(node); });
      each(schema, [this](const xmlNode* node) {
        if (is_rule_part(node, "phase")) read_phase(node);
      });
    } else {
      fault(schema, "不是 Schematron 文件", "not a Schematron file");
    }
    if (!faults_.empty()) return std::move(faults_);
    return std::move(file_);
  }

 private:
  template <class Visit>
  static void each(const xmlNode* parent, Visit visit) {
    for (const xmlNode* node = parent->children; node != nullptr; node = node->next) {
      if (node->type == XML_ELEMENT_NODE) visit(node);
    }
  }

  void fault_at(int line, std::string zh, std::string en) {
    faults_.push_back({.code = "rules.read",
                       .path = file_.path.string(),
                       .zh = std::move(zh),
                       .en = std::move(en),
                       .source = {},
                       .line = line});
  }
  void fault(const xmlNode* at, std::string zh, std::string en) {
    fault_at(static_cast<int>(xmlGetLineNo(at)), std::move(zh), std::move(en));
  }
  void outside_subset(const xmlNode* at) {
    const std::string name(view(at->name));
    fault(at, name + " 不在可用的 Schematron 子集之内", name + " is not in the subset of Schematron that is read");
  }

  std::string required(const xmlNode* at, const char* name) {
    std::string value = attribute(at, name);
    if (value.empty()) fault(at, std::string("缺少属性 ") + name, std::string("the attribute is missing: ") + name);
    return value;
  }

  Expression expression(const xmlNode* at, std::string text) {
    Expression result{std::move(text), nullptr, static_cast<int>(xmlGetLineNo(at))};
    result.compiled.reset(xmlXPathCtxtCompile(context_.get(), chars(result.text.c_str())));
    if (result.compiled == nullptr && !result.text.empty()) {
      fault(at, "XPath 表达式有误：" + result.text, "not an XPath expression: " + result.text);
    }
    return result;
  }

  void read_namespaces(const xmlNode* schema) {
    each(schema, [this](const xmlNode* node) {
      if (is_rule_part(node, "ns")) file_.namespaces.emplace_back(required(node, "prefix"), required(node, "uri"));
    });
  }

  void schema_part(const xmlNode* node) {
    if (is_rule_part(node, "pattern")) return read_pattern(node);
    for (const char* name : {"title", "ns", "let", "phase"}) {
      if (is_rule_part(node, name)) return;
    }
    outside_subset(node);
  }

  void read_phase(const xmlNode* at) {
    if (const std::string id = required(at, "id"); id != "signature") {
      fault(at, "只有一个阶段：signature（要求签名的规则），不是 " + id,
            "there is one phase, signature, for the rules that ask for one; not " + id);
    }
    each(at, [this](const xmlNode* node) {
      if (!is_rule_part(node, "active")) return outside_subset(node);
      const std::string id = required(node, "pattern");
      const auto found = std::ranges::find(file_.patterns, id, &RulePattern::id);
      if (found == file_.patterns.end()) return fault(node, "没有规则 " + id, "there is no pattern " + id);
      found->asks_for_signature = true;
    });
  }

  void read_lets(const xmlNode* parent, std::vector<Let>& lets) {
    each(parent, [this, &lets](const xmlNode* node) {
      if (!is_rule_part(node, "let")) return;
      std::string name = required(node, "name");
      lets.push_back({std::move(name), expression(node, required(node, "value"))});
    });
  }

  void read_pattern(const xmlNode* at) {
    RulePattern pattern;
    pattern.id = attribute(at, "id");
    pattern.see = attribute(at, "see");
    read_lets(at, pattern.lets);
    each(at, [&, this](const xmlNode* node) {
      if (is_rule_part(node, "rule")) {
        pattern.rules.push_back(read_rule(node, pattern.id, pattern.see));
      } else if (is_rule_part(node, "title")) {
        read_title(node, pattern);
      } else if (!is_rule_part(node, "let")) {
        outside_subset(node);
      }
    });
    file_.patterns.push_back(std::move(pattern));
  }

  void read_title(const xmlNode* at, RulePattern& pattern) {
    const std::unique_ptr<xmlChar, FreedBy<[](xmlChar* text) { xmlFree(text); }>> content(xmlNodeGetContent(at));
    const std::string_view text = view(content.get());
    const auto bar = text.find('|');
    pattern.zh = trimmed_line(one_line(text.substr(0, bar)));
    if (bar != std::string_view::npos) pattern.en = trimmed_line(one_line(text.substr(bar + 1)));
    if (pattern.zh.empty() || pattern.en.empty()) two_sentences_missing(at);
  }

  Rule read_rule(const xmlNode* at, const std::string& id, const std::string& see) {
    Rule rule;
    rule.context = expression(at, as_selection(required(at, "context")));
    read_lets(at, rule.lets);
    each(at, [&, this](const xmlNode* node) {
      if (is_rule_part(node, "assert") || is_rule_part(node, "report")) {
        rule.assertions.push_back(read_assertion(node, id, see));
      } else if (!is_rule_part(node, "let")) {
        outside_subset(node);
      }
    });
    return rule;
  }

  Assertion read_assertion(const xmlNode* at, const std::string& pattern_id, const std::string& pattern_see) {
    Assertion result;
    const std::string id = attribute(at, "id"), see = attribute(at, "see"), role = attribute(at, "role");
    result.id = id.empty() ? pattern_id : id;
    result.see = see.empty() ? pattern_see : see;
    result.fails_when = is_rule_part(at, "report");
    if (result.id.empty()) fault(at, "缺少规则编号 id", "the rule has no id");
    if (role == "warning") {
      result.severity = base::Severity::warning;
    } else if (!role.empty() && role != "error") {
      fault(at, "role 只能是 error 或 warning", "role must be error or warning");
    }
    result.test = expression(at, required(at, "test"));
    read_sentences(at, result);
    if (result.zh.empty() || result.en.empty()) two_sentences_missing(at);
    return result;
  }

  void two_sentences_missing(const xmlNode* at) {
    fault(at, "须有中文和英文两句，以 | 分隔", "a Chinese and an English sentence are needed, with | between them");
  }

  void read_sentences(const xmlNode* at, Assertion& result) {
    auto* sentence = &result.zh;
    for (const xmlNode* node = at->children; node != nullptr; node = node->next) {
      if (is_rule_part(node, "value-of")) {
        sentence->push_back({{}, expression(node, required(node, "select"))});
      } else if (node->type == XML_ELEMENT_NODE) {
        outside_subset(node);
      } else if (node->type == XML_TEXT_NODE) {
        const std::string_view text = view(node->content);
        const auto bar = sentence == &result.zh ? text.find('|') : std::string_view::npos;
        add_words(*sentence, text.substr(0, bar));
        if (bar == std::string_view::npos) continue;
        sentence = &result.en;
        add_words(*sentence, text.substr(bar + 1));
      }
    }
  }

  // Blanks at either end of a sentence belong to the file's layout; those beside a value stay.
  static void add_words(std::vector<Piece>& sentence, std::string_view text) {
    std::string words = one_line(text);
    if (sentence.empty()) words.erase(0, words.find_first_not_of(' '));
    if (!words.empty()) sentence.push_back({std::move(words), {}});
  }

  RuleFile file_;
  FirstError first_;
  XPathContextPtr context_ = xpath_context(nullptr, first_);
  base::Faults faults_;
};

}  // namespace

XPathContextPtr xpath_context(xmlDoc* document, FirstError& first) {
  XPathContextPtr context(xmlXPathNewContext(document));
  context->error = FirstError::collect;
  context->userData = &first;
  return context;
}

void use_namespaces(xmlXPathContext& context, const Namespaces& namespaces) {
  for (const auto& [prefix, uri] : namespaces) {
    xmlXPathRegisterNs(&context, chars(prefix.c_str()), chars(uri.c_str()));
  }
}

base::Result<RuleFile> read_rules(const std::filesystem::path& path) { return RuleReader(path).read(); }

}  // namespace schemas

#include "schemas/rules.h"

#include <algorithm>
#include <libxml/tree.h>
#include <libxml/xpathInternals.h>
#include <set>
#include <utility>

#include "schemas/fault_list.h"
#include "schemas/rule_reader.h"
#include "schemas/xpath_place.h"

namespace schemas {

namespace {

// Runs one pattern over one document.
class PatternRun {
 public:
  PatternRun(const RulePattern& pattern, xmlXPathContext& context) : pattern_(pattern), context_(context) {
    use_namespaces(context_, pattern.namespaces);
    stand_at(xmlDocGetRootElement(context_.doc));
    set_variables(pattern.lets);
  }
  ~PatternRun() { forget(pattern_.lets); }
  PatternRun(const PatternRun&) = delete;
  PatternRun& operator=(const PatternRun&) = delete;

  // Calls failed(node, assertion) for each assertion that does not hold.
  template <class Failed>
  void run(Failed failed) {
    std::set<const xmlNode*> taken;  // by an earlier rule of the pattern
    for (const Rule& rule : pattern_.rules) {
      const XPathObjectPtr selected = evaluate(rule.context);
      if (selected == nullptr || selected->nodesetval == nullptr) continue;
      const xmlNodeSet& nodes = *selected->nodesetval;
      for (int i = 0; i < nodes.nodeNr; ++i) {
        if (pattern_.rules.size() > 1 && !taken.insert(nodes.nodeTab[i]).second) continue;
        judge_node(rule, nodes.nodeTab[i], failed);
      }
      stand_at(xmlDocGetRootElement(context_.doc));
    }
  }

  // Evaluates everything once, whether it matches or not, so that errors show at loading.
  void rehearse(std::vector<const Expression*>& broken) {
    const auto check = [&](const Expression& expression) {
      if (evaluate(expression) == nullptr) broken.push_back(&expression);
    };
    for (const Let& let : pattern_.lets) check(let.value);
    for (const Rule& rule : pattern_.rules) {
      check(rule.context);
      set_variables(rule.lets);
      for (const Let& let : rule.lets) check(let.value);
      for (const Assertion& assertion : rule.assertions) {
        check(assertion.test);
        for (const auto* sentence : {&assertion.zh, &assertion.en}) {
          for (const Piece& piece : *sentence) {
            if (piece.value.compiled != nullptr) check(piece.value);
          }
        }
      }
      forget(rule.lets);
    }
  }

  std::string sentence(const std::vector<Piece>& pieces) {
    std::string result;
    for (const Piece& piece : pieces) {
      result += piece.words;
      if (piece.value.compiled == nullptr) continue;
      const XPathObjectPtr value = evaluate(piece.value);
      const std::unique_ptr<xmlChar, FreedBy<[](xmlChar* text) { xmlFree(text); }>> text(
          value == nullptr ? nullptr : xmlXPathCastToString(value.get()));
      result += view(text.get());
    }
    result.erase(result.find_last_not_of(' ') + 1);
    return result;
  }

 private:
  void stand_at(xmlNode* node) { context_.node = node; }

  XPathObjectPtr evaluate(const Expression& expression) {
    return XPathObjectPtr(xmlXPathCompiledEval(expression.compiled.get(), &context_));
  }

  void set_variables(const std::vector<Let>& lets) {
    for (const Let& let : lets) {
      if (auto value = evaluate(let.value)) {
        xmlXPathRegisterVariable(&context_, chars(let.name.c_str()), value.release());
      }
    }
  }
  void forget(const std::vector<Let>& lets) {
    for (const Let& let : lets) xmlXPathRegisterVariable(&context_, chars(let.name.c_str()), nullptr);
  }

  template <class Failed>
  void judge_node(const Rule& rule, xmlNode* node, Failed& failed) {
    stand_at(node);
    set_variables(rule.lets);
    for (const Assertion& assertion : rule.assertions) {
      const XPathObjectPtr result = evaluate(assertion.test);
      if (result != nullptr && (xmlXPathCastToBoolean(result.get()) != 0) == assertion.fails_when)
        failed(node, assertion);
    }
    forget(rule.lets);
  }

  const RulePattern& pattern_;
  xmlXPathContext& context_;
};

// What an expression that fails on a real document leaves unsaid must be seen.
base::Fault unjudged(const FirstError& error) {
  return {.code = "rule.unjudged",
          .path = {},
          .zh = "有规则无法求值：" + error.sentence,
          .en = "a rule could not be evaluated: " + error.sentence,
          .source = {},
          .severity = base::Severity::warning};
}

base::Faults rehearse(const std::vector<RulePattern>& patterns) {
  base::Faults faults;
  const DocPtr empty(xmlNewDoc(chars("1.0")));
  xmlDocSetRootElement(empty.get(), xmlNewNode(nullptr, chars("empty")));
  FirstError first;
  const ErrorScope scope(first);
  const XPathContextPtr context = xpath_context(empty.get(), first);
  for (const RulePattern& pattern : patterns) {
    std::vector<const Expression*> broken;
    PatternRun(pattern, *context).rehearse(broken);
    for (const Expression* expression : broken) {
      faults.push_back({.code = "rules.read",
                        .path = pattern.file.string(),
                        .zh = "XPath 表达式无法求值：" + expression->text,
                        .en = "the XPath expression cannot be evaluated: " + expression->text,
                        .source = {},
                        .line = expression->line});
    }
  }
  return faults;
}

}  // namespace

RuleSet::RuleSet() = default;
RuleSet::RuleSet(RuleSet&&) noexcept = default;
RuleSet& RuleSet::operator=(RuleSet&&) noexcept = default;
RuleSet::~RuleSet() = default;

base::Result<RuleSet> RuleSet::load(const std::vector<std::filesystem::path>& files, const std::string& edition) {
  RuleSet set;
  set.edition_ = edition;
  base::Faults faults;
  for (const auto& file : files) {
    auto patterns = read_rules(file);
    if (patterns) {
      std::ranges::move(*patterns, std::back_inserter(set.patterns_));
    } else {
      faults.insert(faults.end(), patterns.faults().begin(), patterns.faults().end());
    }
  }
  if (faults.empty()) faults = rehearse(set.patterns_);
  if (!faults.empty()) return faults;
  return set;
}

base::Faults RuleSet::apply(const Node& root, _xmlDoc* document) const {
  FaultList faults;
  Places places(root);
  FirstError error;
  const XPathContextPtr context = xpath_context(document, error);
  for (const RulePattern& pattern : patterns_) {
    PatternRun run(pattern, *context);
    run.run([&](const xmlNode* node, const Assertion& assertion) {
      if (faults.is_full()) return;
      faults.add(
          {.code = "rule." + assertion.id,
           .path = places.path_of(node),
           .zh = run.sentence(assertion.zh),
           .en = run.sentence(assertion.en),
           .source = assertion.see.empty() ? places.clause_of(node) : "报文规范 " + edition_ + " §" + assertion.see,
           .line = static_cast<int>(xmlGetLineNo(node)),
           .severity = assertion.severity});
    });
  }
  if (error.count > 0) faults.add(unjudged(error));
  return faults.take();
}

}  // namespace schemas

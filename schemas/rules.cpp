#include "schemas/rules.h"

#include <algorithm>
#include <cmath>
#include <libxml/tree.h>
#include <libxml/xpathInternals.h>
#include <set>
#include <utility>

#include "schemas/fault_list.h"
#include "schemas/rule_reader.h"
#include "schemas/xpath_place.h"

namespace schemas {

namespace {

// XPath over one document, standing at one node. Variables are evaluated when first asked for, at the node where their
// scope began: most of them serve only what fails.
class Evaluation {
 public:
  Evaluation(xmlDoc* document, FirstError& first) : context_(xpath_context(document, first)) {
    xmlXPathContextSetCache(context_.get(), 1, -1, 0);
    xmlXPathRegisterVariableLookup(context_.get(), &Evaluation::look_up, this);
    stand_at_root();
  }
  Evaluation(const Evaluation&) = delete;
  Evaluation& operator=(const Evaluation&) = delete;

  void stand_at(xmlNode* node) { context_->node = node; }
  void stand_at_root() { stand_at(xmlDocGetRootElement(context_->doc)); }

  // Forgets those of the file before.
  void use(const Namespaces& namespaces) {
    xmlXPathRegisteredNsCleanup(context_.get());
    use_namespaces(*context_, namespaces);
  }

  XPathObjectPtr evaluate(const Expression& expression) {
    return XPathObjectPtr(xmlXPathCompiledEval(expression.compiled.get(), context_.get()));
  }

  // Variables that hold as long as this lives; an inner scope hides an outer one.
  class Scope {
   public:
    Scope(Evaluation& evaluation, const std::vector<Let>& lets)
        : evaluation_(evaluation), lets_(lets), node_(evaluation.context_->node), outer_(evaluation.innermost_) {
      known_ = lets.size();
      evaluation_.innermost_ = this;
    }
    ~Scope() { evaluation_.innermost_ = outer_; }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    friend Evaluation;
    Evaluation& evaluation_;
    const std::vector<Let>& lets_;
    std::size_t known_;  // a variable sees those before it
    xmlNode* node_;
    Scope* outer_;
    std::vector<XPathObjectPtr> values_;
  };

  // The variable of that number; in the middle of another expression, whose place must be found again.
  XPathObjectPtr evaluate(Scope& scope, std::size_t index) {
    const auto node = std::exchange(context_->node, scope.node_);
    const auto size = context_->contextSize, position = context_->proximityPosition;
    const auto known = std::exchange(scope.known_, index);
    Scope* const innermost = std::exchange(innermost_, &scope);
    XPathObjectPtr value = evaluate(scope.lets_[index].value);
    innermost_ = innermost;
    scope.known_ = known;
    context_->contextSize = size;
    context_->proximityPosition = position;
    context_->node = node;
    return value;
  }

 private:
  static xmlXPathObject* look_up(void* evaluation, const xmlChar* name, const xmlChar*) {
    return static_cast<Evaluation*>(evaluation)->value_of(view(name));
  }

  xmlXPathObject* value_of(std::string_view name) {
    for (Scope* scope = innermost_; scope != nullptr; scope = scope->outer_) {
      for (std::size_t i = scope->known_; i-- > 0;) {
        if (scope->lets_[i].name == name) return value_of(*scope, i);
      }
    }
    return nullptr;
  }

  xmlXPathObject* value_of(Scope& scope, std::size_t index) {
    scope.values_.resize(scope.lets_.size());
    XPathObjectPtr& value = scope.values_[index];
    if (value == nullptr) value = evaluate(scope, index);
    return value == nullptr ? nullptr : xmlXPathObjectCopy(value.get());
  }

  XPathContextPtr context_;
  Scope* innermost_ = nullptr;
};

template <class Failed>
void judge_node(Evaluation& evaluation, const Rule& rule, xmlNode* node, Failed& failed) {
  evaluation.stand_at(node);
  const Evaluation::Scope lets(evaluation, rule.lets);
  for (const Assertion& assertion : rule.assertions) {
    const XPathObjectPtr result = evaluation.evaluate(assertion.test);
    if (result != nullptr && (xmlXPathCastToBoolean(result.get()) != 0) == assertion.fails_when)
      failed(node, assertion);
  }
}

// Calls failed(node, assertion) for each assertion that does not hold.
template <class Failed>
void judge_pattern(Evaluation& evaluation, const RulePattern& pattern, Failed failed) {
  const Evaluation::Scope lets(evaluation, pattern.lets);
  std::set<const xmlNode*> taken;  // by an earlier rule of the pattern
  for (const Rule& rule : pattern.rules) {
    const XPathObjectPtr selected = evaluation.evaluate(rule.context);
    if (selected == nullptr || selected->nodesetval == nullptr) continue;
    const xmlNodeSet& nodes = *selected->nodesetval;
    for (int i = 0; i < nodes.nodeNr; ++i) {
      if (pattern.rules.size() > 1 && !taken.insert(nodes.nodeTab[i]).second) continue;
      judge_node(evaluation, rule, nodes.nodeTab[i], failed);
    }
    evaluation.stand_at_root();
  }
}

// A whole number is written as one: XPath turns to an exponent from a milliard on.
std::string words_of(xmlXPathObject& value) {
  constexpr double exact_below = 9007199254740992.0;
  if (value.type == XPATH_NUMBER && std::abs(value.floatval) < exact_below &&
      std::trunc(value.floatval) == value.floatval) {
    return std::to_string(static_cast<long long>(value.floatval));
  }
  const std::unique_ptr<xmlChar, FreedBy<[](xmlChar* text) { xmlFree(text); }>> text(xmlXPathCastToString(&value));
  return std::string(view(text.get()));
}

std::string sentence(Evaluation& evaluation, const std::vector<Piece>& pieces) {
  std::string result;
  for (const Piece& piece : pieces) {
    result += piece.words;
    if (piece.value.compiled == nullptr) continue;
    if (const XPathObjectPtr value = evaluation.evaluate(piece.value)) result += words_of(*value);
  }
  result.erase(result.find_last_not_of(' ') + 1);
  return result;
}

// Evaluates everything once, whether it matches or not, so that errors show at loading.
class Rehearsal {
 public:
  Rehearsal() {
    const ErrorScope scope(first_);
    xmlDocSetRootElement(document_.get(), xmlNewNode(nullptr, chars("empty")));
    evaluation_.stand_at_root();
  }

  base::Faults of(const RuleFile& file) {
    const ErrorScope scope(first_);
    faults_.clear();
    path_ = file.path.string();
    evaluation_.use(file.namespaces);
    Evaluation::Scope lets(evaluation_, file.lets);
    check(lets, file.lets);
    for (const RulePattern& pattern : file.patterns) rehearse(pattern);
    return std::move(faults_);
  }

 private:
  void rehearse(const RulePattern& pattern) {
    Evaluation::Scope lets(evaluation_, pattern.lets);
    check(lets, pattern.lets);
    for (const Rule& rule : pattern.rules) {
      check(rule.context);
      Evaluation::Scope lets_of_rule(evaluation_, rule.lets);
      check(lets_of_rule, rule.lets);
      for (const Assertion& assertion : rule.assertions) {
        check(assertion.test);
        check(assertion.zh);
        check(assertion.en);
      }
    }
  }

  void check(Evaluation::Scope& scope, const std::vector<Let>& lets) {
    for (std::size_t i = 0; i < lets.size(); ++i) {
      if (evaluation_.evaluate(scope, i) == nullptr) broken(lets[i].value);
    }
  }
  void check(const std::vector<Piece>& pieces) {
    for (const Piece& piece : pieces) {
      if (piece.value.compiled != nullptr) check(piece.value);
    }
  }
  void check(const Expression& expression) {
    if (evaluation_.evaluate(expression) == nullptr) broken(expression);
  }
  void broken(const Expression& expression) {
    faults_.push_back({.code = "rules.read",
                       .path = path_,
                       .zh = "XPath 表达式无法求值：" + expression.text,
                       .en = "the XPath expression cannot be evaluated: " + expression.text,
                       .source = {},
                       .line = expression.line});
  }

  FirstError first_;
  DocPtr document_{xmlNewDoc(chars("1.0"))};
  Evaluation evaluation_{document_.get(), first_};
  std::string path_;
  base::Faults faults_;
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

// The sections of one edition say nothing about another's.
std::string cited(const std::string& section, const RuleFile& file, const std::string& edition) {
  if (section.empty()) return {};
  const bool same = file.edition.empty() || file.edition == edition;
  return "报文规范 " + edition + (same ? " §" + section : "");
}

// The alternatives of a context, which stand between bars that are in no bracket.
std::vector<std::string> alternatives_of(const std::string& context) {
  std::vector<std::string> alternatives(1);
  int brackets = 0;
  for (const char c : context) {
    if (c == '[' || c == '(') ++brackets;
    if (c == ']' || c == ')') --brackets;
    if (c == '|' && brackets == 0) {
      alternatives.emplace_back();
    } else {
      alternatives.back() += c;
    }
  }
  return alternatives;
}

// Without the predicate at its end.
std::string_view without_predicate(std::string_view path) {
  int brackets = 0;
  for (auto at = path.size(); at-- > 0;) {
    if (path[at] == ']') ++brackets;
    if (path[at] == '[' && --brackets == 0) return path.substr(0, at);
  }
  return path;
}

// The element that the last step of a path names; "" where it names none.
std::string_view last_name(std::string_view path) {
  path = path.substr(0, path.find_last_not_of(" \n\t") + 1);
  if (path.ends_with(']')) path = without_predicate(path);
  const auto name = path.substr(path.rfind('/') + 1);
  const bool is_plain = name.starts_with("ceb:") && name.find_first_of("[]()*@|") == std::string_view::npos;
  return is_plain ? name.substr(4) : std::string_view{};
}

void collect_names(const Node& node, std::set<std::string, std::less<>>& names) {
  names.insert(node.name);
  for (const Node& child : node.children) collect_names(child, names);
}

base::Severity gravest(const RulePattern& pattern) {
  for (const Rule& rule : pattern.rules) {
    for (const Assertion& assertion : rule.assertions) {
      if (assertion.severity == base::Severity::error) return base::Severity::error;
    }
  }
  return base::Severity::warning;
}

}  // namespace

RuleSet::RuleSet() = default;
RuleSet::RuleSet(RuleSet&&) noexcept = default;
RuleSet& RuleSet::operator=(RuleSet&&) noexcept = default;
RuleSet::~RuleSet() = default;

base::Result<RuleSet> RuleSet::load(const std::vector<std::filesystem::path>& files, const std::string& edition) {
  RuleSet set;
  set.edition_ = edition;
  Rehearsal rehearsal;
  base::Faults faults;
  for (const auto& path : files) {
    auto file = read_rules(path);
    std::ranges::move(file ? rehearsal.of(*file) : file.faults(), std::back_inserter(faults));
    if (file) set.files_.push_back(std::move(*file));
  }
  if (!faults.empty()) return faults;
  return set;
}

void RuleSet::keep_what_can_match(const Node& root) {
  std::set<std::string, std::less<>> names;
  collect_names(root, names);
  FirstError first;
  const XPathContextPtr context = xpath_context(nullptr, first);
  for (RuleFile& file : files_) {
    use_namespaces(*context, file.namespaces);
    for (RulePattern& pattern : file.patterns) {
      for (Rule& rule : pattern.rules) {
        std::string kept;
        for (const std::string& path : alternatives_of(rule.context.text)) {
          const std::string_view name = last_name(path);
          if (name.empty() || names.contains(name)) kept += (kept.empty() ? "" : "|") + path;
        }
        if (kept.empty()) kept = "/..";  // XPath's way of writing nothing
        rule.context.compiled.reset(xmlXPathCtxtCompile(context.get(), chars(kept.c_str())));
      }
    }
  }
}

base::Faults RuleSet::apply(const Node& root, _xmlDoc* document, SignatureDemand demand) const {
  FaultList faults;
  Places places(root);
  FirstError error;
  Evaluation evaluation(document, error);
  for (const RuleFile& file : files_) {
    evaluation.use(file.namespaces);
    const Evaluation::Scope lets(evaluation, file.lets);
    const auto failed = [&](const xmlNode* node, const Assertion& assertion) {
      if (faults.is_full()) return;
      const std::string clause = cited(assertion.see, file, edition_);
      faults.add({.code = "rule." + assertion.id,
                  .path = places.path_of(node),
                  .zh = sentence(evaluation, assertion.zh),
                  .en = sentence(evaluation, assertion.en),
                  .source = clause.empty() ? places.clause_of(node) : clause,
                  .line = static_cast<int>(xmlGetLineNo(node)),
                  .severity = assertion.severity});
    };
    for (const RulePattern& pattern : file.patterns) {
      if (demand == SignatureDemand::none_yet && pattern.asks_for_signature) continue;
      judge_pattern(evaluation, pattern, failed);
    }
  }
  if (error.count > 0) faults.add(unjudged(error));
  return faults.take();
}

std::vector<RuleText> RuleSet::texts() const {
  std::vector<RuleText> texts;
  for (const RuleFile& file : files_) {
    for (const RulePattern& pattern : file.patterns) {
      if (pattern.zh.empty() || std::ranges::find(texts, pattern.id, &RuleText::id) != texts.end()) continue;
      texts.push_back({pattern.id, pattern.zh, pattern.en, cited(pattern.see, file, edition_), gravest(pattern)});
    }
  }
  return texts;
}

}  // namespace schemas

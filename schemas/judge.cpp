#include "schemas/judge.h"

#include <algorithm>
#include <iterator>
#include <libxml/tree.h>
#include <libxml/xmlschemastypes.h>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "schemas/code_check.h"
#include "schemas/compiled_schema.h"
#include "schemas/rule_folders.h"
#include "schemas/rules.h"
#include "schemas/shape_reader.h"
#include "schemas/walk.h"
#include "schemas/xpath_place.h"

namespace schemas {

namespace {

void append(base::Faults& faults, base::Faults more) { std::ranges::move(more, std::back_inserter(faults)); }

// Rules of one root. A set serves one call at a time, so there are as many as calls have met.
class RulePool {
 public:
  static base::Result<std::unique_ptr<RulePool>> load(std::vector<std::filesystem::path> files,
                                                      const std::string& edition, const Node& root) {
    auto pool = std::make_unique<RulePool>();
    pool->files_ = std::move(files);
    pool->edition_ = edition;
    pool->root_ = &root;
    auto first = pool->load_set();
    if (!first) return first.faults();
    pool->idle_.push_back(std::move(*first));
    return pool;
  }

  base::Faults apply(xmlDoc* document, SignatureDemand demand) {
    auto set = take();
    if (!set) return set.faults();
    auto faults = set->apply(*root_, document, demand);
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(*set));
    return faults;
  }

 private:
  base::Result<RuleSet> take() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        RuleSet set = std::move(idle_.back());
        idle_.pop_back();
        return set;
      }
    }
    return load_set();
  }

  base::Result<RuleSet> load_set() const {
    auto set = RuleSet::load(files_, edition_);
    if (set) set->keep_what_can_match(*root_);
    return set;
  }

  std::vector<std::filesystem::path> files_;
  std::string edition_;
  const Node* root_ = nullptr;
  std::mutex mutex_;
  std::vector<RuleSet> idle_;
};

// One XSD, with and without the demand for a signature.
struct SchemaPair {
  CompiledSchema as_it_says, without_signature;
  const CompiledSchema& of(SignatureDemand demand) const {
    return demand == SignatureDemand::none_yet ? without_signature : as_it_says;
  }
};

base::Result<SchemaPair> compile_pair(const std::filesystem::path& file) {
  auto as_it_says = CompiledSchema::compile(file, SignatureDemand::as_schema_says);
  if (!as_it_says) return as_it_says.faults();
  auto without_signature = CompiledSchema::compile(file, SignatureDemand::none_yet);
  if (!without_signature) return without_signature.faults();
  return SchemaPair{std::move(*as_it_says), std::move(*without_signature)};
}

base::Fault unknown_root(const xmlNode* root) {
  const std::string name(view(root->name));
  return {.code = "schema.root",
          .path = "/" + name,
          .zh = "根元素 " + name + " 不是已知的报文类型",
          .en = "the root element " + name + " is not a known message type",
          .source = {},
          .line = static_cast<int>(xmlGetLineNo(root))};
}

xmlNode* signature_of(xmlNode* root) {
  for (xmlNode* node = root->children; node != nullptr; node = node->next) {
    if (is_element(node, dsig_namespace, "Signature")) return node;
  }
  return nullptr;
}

base::Faults schema_faults(const Node& shape, xmlDoc* document, const CompiledSchema& schema, SignatureDemand demand) {
  if (schema.is_valid(document)) return {};
  xmlNode* root = xmlDocGetRootElement(document);
  base::Faults faults = walk(shape, root, demand);
  if (xmlNode* signature = signature_of(root)) append(faults, schema.faults_of(signature, shape));
  if (faults.empty()) faults = schema.faults_of(root, shape);
  return faults;
}

}  // namespace

struct Judge::Compiled {
  struct OfRoot {
    const Node* shape = nullptr;
    const SchemaPair* schemas = nullptr;
    std::unique_ptr<RulePool> rules;
  };
  Catalog catalog;  // its own, so that nobody else's lifetime matters
  CodeTables codes;
  std::map<std::string, SchemaPair> by_schema;
  std::map<std::string, OfRoot, std::less<>> by_root;

  explicit Compiled(const Catalog& of) : catalog(of) {}

  base::Faults load(const DataFolders& folders) {
    base::Faults faults;
    auto tables = CodeTables::load(folders);
    if (tables) {
      codes = *std::move(tables);
    } else {
      append(faults, tables.faults());
    }
    append(faults, RuleFolders(folders, catalog.edition()).strays(rule_names()));
    for (const MessageType& type : catalog.types()) {
      append(faults, load_root(folders, type.root, type.direction, std::string(word(type.kind))));
    }
    for (const Envelope& envelope : catalog.envelopes()) {
      append(faults, load_root(folders, envelope.root, envelope.schema, "envelope"));
    }
    return faults;
  }

  // What the site's files may be called.
  std::vector<std::string> rule_names() const {
    std::vector<std::string> names{"envelope"};
    for (const MessageType& type : catalog.types())
      names.insert(names.end(), {std::string(word(type.kind)), type.name});
    for (const Envelope& envelope : catalog.envelopes()) names.push_back(envelope.name);
    return names;
  }

  base::Faults load_root(const DataFolders& folders, const Node& shape, const std::string& schema,
                         const std::string& kind) {
    const auto& edition = catalog.edition();
    if (!by_schema.contains(schema)) {
      auto pair = compile_pair(folders.ours / "xsd" / edition / (schema + ".xsd"));
      if (!pair) return pair.faults();
      by_schema.emplace(schema, std::move(*pair));
    }
    auto rules = RulePool::load(RuleFolders(folders, edition).files_of(kind, shape.name), edition, shape);
    if (!rules) return rules.faults();
    by_root[shape.name] = {&shape, &by_schema.at(schema), std::move(*rules)};
    return {};
  }
};

Judge::Judge(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
Judge::Judge(Judge&&) noexcept = default;
Judge& Judge::operator=(Judge&&) noexcept = default;
Judge::~Judge() = default;

base::Result<Judge> Judge::load(const DataFolders& folders, const Catalog& catalog) {
  xmlSchemaInitTypes();
  auto compiled = std::make_unique<Compiled>(catalog);
  if (auto faults = compiled->load(folders); !faults.empty()) return faults;
  return Judge(std::move(compiled));
}

const CodeTables& Judge::codes() const { return compiled_->codes; }

Verdict Judge::judge(const base::XmlDocument& document, Level level, SignatureDemand signature) const {
  Verdict verdict;
  const xmlNode* root = xmlDocGetRootElement(document.get());
  const auto found = compiled_->by_root.find(view(root->name));
  if (found == compiled_->by_root.end()) {
    verdict.faults.push_back(unknown_root(root));
    return verdict;
  }
  const auto& [name, of_root] = *found;
  verdict.type = name;
  verdict.faults = schema_faults(*of_root.shape, document.get(), of_root.schemas->of(signature), signature);
  if (level == Level::schema) return verdict;
  append(verdict.faults, of_root.rules->apply(document.get(), signature));
  append(verdict.faults, check_codes(*of_root.shape, root, compiled_->codes, verdict.faults));
  return verdict;
}

}  // namespace schemas

#include "schemas/judge.h"

#include <algorithm>
#include <iterator>
#include <libxml/tree.h>
#include <libxml/xmlschemastypes.h>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "schemas/compiled_schema.h"
#include "schemas/rules.h"
#include "schemas/shape_reader.h"
#include "schemas/walk.h"
#include "schemas/xpath_place.h"

namespace schemas {

namespace {

void append(base::Faults& faults, base::Faults more) { std::ranges::move(more, std::back_inserter(faults)); }

// Rules of one message type. A set serves one call at a time, so there are as many as calls have met.
class RulePool {
 public:
  static base::Result<std::unique_ptr<RulePool>> load(std::vector<std::filesystem::path> files,
                                                      const std::string& edition) {
    auto first = RuleSet::load(files, edition);
    if (!first) return first.faults();
    auto pool = std::make_unique<RulePool>();
    pool->files_ = std::move(files);
    pool->edition_ = edition;
    pool->idle_.push_back(std::move(*first));
    return pool;
  }

  base::Faults apply(const MessageType& type, xmlDoc* document) {
    auto set = take();
    if (!set) return set.faults();
    auto faults = set->apply(type, document);
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
    return RuleSet::load(files_, edition_);
  }

  std::vector<std::filesystem::path> files_;
  std::string edition_;
  std::mutex mutex_;
  std::vector<RuleSet> idle_;
};

// The XSD of one direction, with and without the demand for a signature.
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

// The rules of every message of its kind, then its own.
std::vector<std::filesystem::path> rule_files(const std::filesystem::path& folder, const MessageType& type) {
  std::vector<std::filesystem::path> files;
  for (const std::string& name : {std::string(word(type.kind)), type.name}) {
    const auto file = folder / (name + ".sch");
    if (std::filesystem::exists(file)) files.push_back(file);
  }
  return files;
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

base::Faults signature_faults(const MessageType& type, xmlNode* root, const CompiledSchema& schema) {
  xmlNode* signature = signature_of(root);
  if (signature == nullptr) return {};
  base::Faults faults = schema.validate_element(signature);
  Places places(type);
  for (base::Fault& fault : faults) {
    fault.path = places.path_of(signature);
    fault.source = places.clause_of(signature);
  }
  return faults;
}

base::Faults schema_faults(const MessageType& type, xmlDoc* document, const CompiledSchema& schema,
                           SignatureDemand demand) {
  const FirstError verdict = schema.validate(document);
  if (verdict.count == 0) return {};
  xmlNode* root = xmlDocGetRootElement(document);
  base::Faults faults = walk(type, root, demand);
  append(faults, signature_faults(type, root, schema));
  if (faults.empty()) {
    faults.push_back({.code = "schema.invalid",
                      .path = Places(type).path_of(root),
                      .zh = "不符合报文规范：" + verdict.sentence,
                      .en = "does not follow the schema: " + verdict.sentence,
                      .source = type.root.clause,
                      .line = verdict.line});
  }
  return faults;
}

}  // namespace

struct Judge::Compiled {
  struct OfType {
    const SchemaPair* schemas = nullptr;
    std::unique_ptr<RulePool> rules;
  };
  Catalog catalog;  // its own, so that nobody else's lifetime matters
  std::map<std::string, SchemaPair> by_direction;
  std::map<std::string, OfType> by_type;

  explicit Compiled(const Catalog& of) : catalog(of) {}

  base::Faults load_type(const std::filesystem::path& directory, const MessageType& type) {
    const auto& edition = catalog.edition();
    if (!by_direction.contains(type.direction)) {
      auto pair = compile_pair(directory / "xsd" / edition / (type.direction + ".xsd"));
      if (!pair) return pair.faults();
      by_direction.emplace(type.direction, std::move(*pair));
    }
    OfType& mine = by_type[type.name];
    mine.schemas = &by_direction.at(type.direction);
    auto rules = RulePool::load(rule_files(directory / "rules" / edition, type), edition);
    if (!rules) return rules.faults();
    mine.rules = std::move(*rules);
    return {};
  }
};

Judge::Judge(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
Judge::Judge(Judge&&) noexcept = default;
Judge& Judge::operator=(Judge&&) noexcept = default;
Judge::~Judge() = default;

base::Result<Judge> Judge::load(const std::filesystem::path& directory, const Catalog& catalog) {
  xmlSchemaInitTypes();
  auto compiled = std::make_unique<Compiled>(catalog);
  base::Faults faults;
  for (const MessageType& type : compiled->catalog.types()) append(faults, compiled->load_type(directory, type));
  if (!faults.empty()) return faults;
  return Judge(std::move(compiled));
}

Verdict Judge::judge(const base::XmlDocument& document, Level level, SignatureDemand signature) const {
  Verdict verdict;
  const xmlNode* root = xmlDocGetRootElement(document.get());
  const MessageType* type = compiled_->catalog.find(view(root->name));
  if (type == nullptr) {
    verdict.faults.push_back(unknown_root(root));
    return verdict;
  }
  verdict.type = type->name;
  const auto& of_type = compiled_->by_type.at(type->name);
  verdict.faults = schema_faults(*type, document.get(), of_type.schemas->of(signature), signature);
  if (level == Level::all) append(verdict.faults, of_type.rules->apply(*type, document.get()));
  return verdict;
}

}  // namespace schemas

// Judges CEB messages and DXP envelopes: libxml2 and the XSD say valid or not; the list of faults, every one at once,
// comes from one walk over the shape and from the Schematron rules. Immutable after loading; judge() may run on many
// threads at once, one document each.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/xml.h"
#include "schemas/catalog.h"
#include "schemas/code_tables.h"
#include "schemas/table.h"

namespace schemas {

enum class Level { schema, all };  // the XSD alone; or schema, rules and code tables
// Before signing an absent Signature is no fault, by schema or rule.
enum class SignatureDemand { as_schema_says, none_yet };

struct Verdict {
  std::string type;  // the root's name, where it is a message or an envelope of the catalog
  base::Faults faults;
  bool valid() const { return !base::has_error(faults); }
};

class Judge {
 public:
  // A site's folder adds rules (rules/TYPE.sch, rules/declaration.sch …), which run after ours, and newer code tables.
  static base::Result<Judge> load(const DataFolders& folders, const Catalog& catalog);
  Judge(Judge&&) noexcept;
  Judge& operator=(Judge&&) noexcept;
  ~Judge();

  const CodeTables& codes() const;  // those that it judges by

  // The document is only read. Paths of faults are XPaths with positions:
  // /ceb:CEB311Message/ceb:Order[1]/ceb:OrderHead/ceb:orderNo
  Verdict judge(const base::XmlDocument& document, Level level, SignatureDemand signature) const;

 private:
  struct Compiled;
  explicit Judge(std::unique_ptr<Compiled> compiled);
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace schemas

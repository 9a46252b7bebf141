#include "schemas/fault_list.h"

namespace schemas {

void FaultList::add(base::Fault fault) {
  if (is_full()) return;
  if (faults_.size() + 1 == most_faults) {
    fault.code = "schema.more";
    fault.zh = "错误过多，其余未列出；请先更正以上错误";
    fault.en = "there are more faults than are listed; mend these first";
  }
  faults_.push_back(std::move(fault));
}

}  // namespace schemas

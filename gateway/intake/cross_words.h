// What is said of documents of one sale that differ or are missing: the field where it was posted, both values, both
// documents. Personal data is shown in part, with the place where the two begin to differ. Pure.
#pragma once

#include <string>
#include <string_view>

#include "codecs/ceb/differences.h"
#include "gateway/intake/candidate.h"

namespace gateway::intake {

base::Fault difference_fault(const Candidate& candidate, const codecs::ceb::Sale& sale,
                             const codecs::ceb::Difference& difference);
base::Fault missing_warning(const Candidate& candidate, const schemas::Catalog& catalog,
                            const schemas::SiblingRule& rule);

// 测试甲 as 测**, 990000199001010017 as 990*************17.
std::string partly_shown(std::string_view utf8);

}  // namespace gateway::intake

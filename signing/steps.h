// The steps of one verification, as they are judged one by one, with the faults that they find. One thread.
#pragma once

#include <string>
#include <string_view>

#include "base/fault.h"
#include "signing/verify.h"

namespace signing {

base::Fault signature_fault(const char* code, std::string zh, std::string en,
                            base::Severity severity = base::Severity::error);

class Steps {
 public:
  // Every step is not checked at first. `result` outlives this.
  explicit Steps(Verification& result);

  void good(std::string_view name, std::string zh, std::string en);
  void not_checked(std::string_view name, std::string zh, std::string en);
  void bad(std::string_view name, const base::Fault& found);
  void note(const base::Fault& found);  // of no step, or of one that was judged already

 private:
  void set(std::string_view name, StepVerdict verdict, std::string zh, std::string en);

  Verification& result_;
};

}  // namespace signing

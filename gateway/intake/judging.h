// Judges one candidate as the message it will be sent in, unsigned, and leads each fault back to what was posted.
// Immutable; safe from every thread.
#pragma once

#include "gateway/intake/candidate.h"
#include "schemas/judge.h"

namespace gateway::intake {

class Judging {
 public:
  explicit Judging(const schemas::Judge& judge) : judge_(judge) {}
  void check(Candidate& candidate) const;
  // Of a document of which a part is known: what is there, by the schema alone.
  void check_what_is_there(Candidate& candidate) const;

 private:
  const schemas::Judge& judge_;
};

}  // namespace gateway::intake

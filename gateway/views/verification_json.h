// The verification of a signature as JSON: valid, dialect, certificate (null where there is none), steps, causes, and
// faults; and the canonical bytes as text where they are wanted. Pure.
#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "signing/verify.h"

namespace gateway::views {

enum class CanonicalText { left_out, shown };

// With CanonicalText::shown also canonical_signed_info and canonical_document, each null where it was not made.
boost::json::object verification_json(const signing::Verification& verification,
                                      CanonicalText canonical = CanonicalText::left_out);

std::string_view word(signing::StepVerdict verdict);  // good, bad, not_checked

}  // namespace gateway::views

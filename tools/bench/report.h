// The figures of a run as text for people or as JSON for machines. Pure.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "tools/bench/run.h"
#include "tools/cebgate/language.h"

namespace tools::bench {

boost::json::object report_json(const Outcome& outcome, const Options& options);
std::string report_text(const Outcome& outcome, const Options& options, cebgate::Language language);

}  // namespace tools::bench

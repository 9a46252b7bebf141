#include "gateway/intake/proving.h"

#include <algorithm>
#include <string>

#include "gateway/evidence/package.h"
#include "gateway/views/answers.h"
#include "gateway/views/parameters.h"

namespace gateway::intake {
namespace {

// Versions of one key may have been posted for several enterprises.
bool may_see(const http::Caller& caller, const ledger::Evidence& evidence) {
  return std::ranges::all_of(
      evidence.versions, [&](const ledger::KeptVersion& version) { return caller.may(version.summary.enterprise); });
}

http::Response zipped(const ledger::Evidence& evidence, base::Time now, const std::string& edition) {
  auto zip = evidence.is_whole ? evidence::write_zip(evidence::files_of(evidence, now, edition))
                               : base::Result<std::string>(evidence::too_large({}));
  if (!zip) return http::Response::problem(422, "too large", zip.faults());
  auto response = http::Response::text(200, *std::move(zip), "application/zip");
  response.headers.set("Content-Disposition", "attachment; filename=\"" + evidence::file_name(evidence) + "\"");
  return response;
}

}  // namespace

boost::asio::awaitable<http::Response> Proving::evidence(http::Request request) const {
  const views::Parameters parameters(request.query, {});
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  const auto read = [&] { return parts_.ledger.evidence(request.places["id"], evidence::ZipLimits{}.all_bytes); };
  const auto found = co_await parts_.store.run(read);
  if (!found || !may_see(*request.caller, *found)) co_return views::unknown_document();
  const auto make = [&] { return zipped(*found, parts_.clock.now(), parts_.catalog.edition()); };
  co_return co_await parts_.work.run(make);
}

}  // namespace gateway::intake

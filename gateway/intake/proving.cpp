#include "gateway/intake/proving.h"

#include <algorithm>
#include <string>

#include "gateway/evidence/package.h"
#include "gateway/views/answers.h"
#include "gateway/views/parameters.h"
#include "gateway/views/personal.h"

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

// Evidence that is masked proves nothing.
http::Response not_in_a_browser() {
  return http::Response::problem(
      403, "evidence holds personal data",
      {views::fault(
          "api.evidence_in_clear", "",
          "证据包含个人信息原文，不在浏览器中提供；请用令牌调用，或运行 cebgate evidence。",
          "Evidence holds personal data in clear and is not given to a browser: fetch it with a token, or run "
          "cebgate evidence.")});
}

}  // namespace

boost::asio::awaitable<http::Response> Proving::evidence(http::Request request) const {
  const views::Parameters parameters(request.query, {});
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  if (views::personal_for(*request.caller) == views::Personal::masked) co_return not_in_a_browser();
  const auto read = [&] { return parts_.ledger.evidence(request.places["id"], evidence::ZipLimits{}.all_bytes); };
  const auto found = co_await parts_.store.run(read);
  if (!found || !may_see(*request.caller, *found)) co_return views::unknown_document();
  const auto make = [&] { return zipped(*found, parts_.clock.now(), parts_.catalog.edition()); };
  co_return co_await parts_.work.run(make);
}

}  // namespace gateway::intake

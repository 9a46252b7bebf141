#include "gateway/signatures/signatures.h"

#include "gateway/signatures/desk.h"
#include "gateway/signatures/signings.h"
#include "gateway/signatures/verifying.h"

namespace gateway::signatures {
namespace {

// The route holds the subject, so that it lives as long as a request can come.
template <class Subject, class Call>
http::Handler handler(std::shared_ptr<Subject> subject, Call call) {
  return [subject = std::move(subject), call](http::Request request) { return (*subject.*call)(std::move(request)); };
}

}  // namespace

base::Result<OptionalTrust> load_trust(const config::Signatures& settings) {
  if (settings.trust.empty()) return OptionalTrust{};
  auto trust = signing::Trust::from_files(settings.trust, settings.crl);
  if (!trust) return trust.faults();
  return OptionalTrust(std::move(trust).value());
}

Signatures::Signatures(Parts parts)
    : desk_(std::make_shared<Desk>(parts)),
      verifying_(std::make_shared<const Verifying>(parts)),
      signings_(std::make_shared<const Signings>(parts)) {}

void Signatures::add_routes(http::Router& router) const {
  using config::Role;
  router.add({"POST", "/v1/sign", Role::viewer, handler(desk_, &Desk::sign)});
  router.add({"POST", "/v1/verify", Role::viewer, handler(verifying_, &Verifying::verify)});
  router.add({"GET", "/v1/documents/{id}/verification", Role::viewer, handler(verifying_, &Verifying::verify_kept)});
  router.add({"GET", "/v1/signings", Role::operator_, handler(signings_, &Signings::list)});
}

}  // namespace gateway::signatures

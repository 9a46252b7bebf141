#include "gateway/operations/operations.h"

#include "config/settings.h"
#include "gateway/operations/actions.h"
#include "gateway/operations/notices.h"
#include "gateway/operations/unexplained.h"
#include "gateway/operations/watching.h"

namespace gateway::operations {
namespace {

// The route holds the subject, so that it lives as long as a request can come.
template <class Subject, class Call>
http::Handler handler(std::shared_ptr<Subject> subject, Call call) {
  return [subject = std::move(subject), call](http::Request request) { return (*subject.*call)(std::move(request)); };
}

}  // namespace

Operations::Operations(Parts parts)
    : actions_(std::make_shared<const Actions>(parts)),
      watching_(std::make_shared<const Watching>(parts)),
      unexplained_(std::make_shared<const Unexplained>(parts)),
      notices_(std::make_shared<const Notices>(std::move(parts))) {}

void Operations::add_routes(http::Router& router) const {
  using config::Role;
  router.add({"POST", "/v1/documents/{id}/actions", Role::operator_, handler(actions_, &Actions::act)});
  router.add({"GET", "/v1/codes/unexplained", Role::viewer, handler(unexplained_, &Unexplained::codes)});
  router.add({"GET", "/v1/notices", Role::viewer, handler(notices_, &Notices::list)});
  router.add({"POST", "/v1/notices/resend", Role::operator_, handler(notices_, &Notices::resend_all)});
  router.add({"POST", "/v1/notices/{number}/resend", Role::operator_, handler(notices_, &Notices::resend)});
  router.add({"GET", "/healthz", std::nullopt, handler(watching_, &Watching::healthz)});
  router.add({"GET", "/readyz", std::nullopt, handler(watching_, &Watching::readyz)});
  router.add({"GET", "/metrics", Role::viewer, handler(watching_, &Watching::metrics)});
}

}  // namespace gateway::operations

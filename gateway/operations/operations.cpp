#include "gateway/operations/operations.h"

#include "config/settings.h"
#include "gateway/operations/actions.h"
#include "gateway/operations/audit_pages.h"
#include "gateway/operations/inbound_pages.h"
#include "gateway/operations/key_pages.h"
#include "gateway/operations/notices.h"
#include "gateway/operations/overview_pages.h"
#include "gateway/operations/port_pages.h"
#include "gateway/operations/replays.h"
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
      replays_(std::make_shared<const Replays>(parts)),
      inbound_(std::make_shared<const InboundPages>(parts)),
      watching_(std::make_shared<const Watching>(parts)),
      unexplained_(std::make_shared<const Unexplained>(parts)),
      notices_(std::make_shared<const Notices>(parts)),
      audit_(std::make_shared<const AuditPages>(parts)),
      ports_(std::make_shared<const PortPages>(parts)),
      keys_(std::make_shared<const KeyPages>(parts)),
      overview_(std::make_shared<OverviewPages>(std::move(parts))) {}

void Operations::add_routes(http::Router& router) const {
  using config::Role;
  router.add({"GET", "/v1/documents/{id}/actions", Role::viewer, handler(actions_, &Actions::allowed)});
  router.add({"POST", "/v1/documents/{id}/actions", Role::operator_, handler(actions_, &Actions::act)});
  router.add({"POST", "/v1/replays", Role::operator_, handler(replays_, &Replays::post)});
  router.add({"GET", "/v1/replays", Role::operator_, handler(replays_, &Replays::list)});
  router.add({"GET", "/v1/replays/{id}", Role::operator_, handler(replays_, &Replays::one)});
  router.add({"POST", "/v1/replays/{id}/stop", Role::operator_, handler(replays_, &Replays::stop)});
  router.add({"GET", "/v1/inbound", Role::viewer, handler(inbound_, &InboundPages::list)});
  router.add({"POST", "/v1/inbound/match", Role::operator_, handler(inbound_, &InboundPages::match)});
  router.add({"GET", "/v1/inbound/{digest}", Role::operator_, handler(inbound_, &InboundPages::one)});
  router.add({"POST", "/v1/inbound/{digest}/match", Role::operator_, handler(inbound_, &InboundPages::match_one)});
  router.add({"GET", "/v1/codes/unexplained", Role::viewer, handler(unexplained_, &Unexplained::codes)});
  router.add({"GET", "/v1/notices", Role::viewer, handler(notices_, &Notices::list)});
  router.add({"POST", "/v1/notices/resend", Role::operator_, handler(notices_, &Notices::resend_all)});
  router.add({"POST", "/v1/notices/{number}/resend", Role::operator_, handler(notices_, &Notices::resend)});
  router.add({"GET", "/v1/audit", Role::operator_, handler(audit_, &AuditPages::list)});
  router.add({"GET", "/v1/audit/verification", Role::operator_, handler(audit_, &AuditPages::verification)});
  router.add({"GET", "/v1/overview", Role::viewer, handler(overview_, &OverviewPages::overview)});
  router.add({"GET", "/v1/alerts", Role::viewer, handler(overview_, &OverviewPages::alerts)});
  router.add({"GET", "/v1/ports", Role::viewer, handler(ports_, &PortPages::list)});
  router.add({"POST", "/v1/ports/{name}/actions", Role::operator_, handler(ports_, &PortPages::act)});
  router.add({"GET", "/v1/keys", Role::viewer, handler(keys_, &KeyPages::list)});
  router.add({"GET", "/healthz", std::nullopt, handler(watching_, &Watching::healthz)});
  router.add({"GET", "/readyz", std::nullopt, handler(watching_, &Watching::readyz)});
  router.add({"GET", "/metrics", Role::viewer, handler(watching_, &Watching::metrics)});
}

}  // namespace gateway::operations

#include "gateway/casework/casework.h"

#include "gateway/casework/assignments.h"
#include "gateway/casework/disclosure.h"
#include "gateway/casework/explanations.h"
#include "gateway/casework/notes.h"
#include "gateway/casework/reconciliation.h"
#include "gateway/casework/refusals.h"
#include "gateway/casework/story.h"

namespace gateway::casework {
namespace {

// The route holds the subject, so that it lives as long as a request can come.
template <class Subject, class Call>
http::Handler handler(std::shared_ptr<Subject> subject, Call call) {
  return [subject = std::move(subject), call](http::Request request) { return (*subject.*call)(std::move(request)); };
}

}  // namespace

Casework::Casework(const Parts& parts)
    : story_(std::make_shared<const Story>(parts)),
      notes_(std::make_shared<const Notes>(parts)),
      assignments_(std::make_shared<const Assignments>(parts)),
      disclosure_(std::make_shared<const Disclosure>(parts)),
      refusals_(std::make_shared<const Refusals>(parts)),
      reconciliation_(std::make_shared<const Reconciliation>(parts)),
      explanations_(std::make_shared<const Explanations>(parts)) {}

void Casework::add_routes(http::Router& router) const {
  using config::Role;
  router.add({"GET", "/v1/documents/{id}/story", Role::viewer, handler(story_, &Story::tell)});
  router.add({"GET", "/v1/documents/{id}/notes", Role::viewer, handler(notes_, &Notes::list)});
  router.add({"POST", "/v1/documents/{id}/notes", Role::operator_, handler(notes_, &Notes::add)});
  router.add({"GET", "/v1/code-notes", Role::viewer, handler(notes_, &Notes::list_of_codes)});
  router.add({"PUT", "/v1/code-notes/{code}", Role::operator_, handler(notes_, &Notes::put_on_code)});
  router.add({"GET", "/v1/documents/{id}/assignment", Role::viewer, handler(assignments_, &Assignments::show)});
  router.add({"POST", "/v1/documents/{id}/assignment", Role::operator_, handler(assignments_, &Assignments::assign)});
  router.add({"POST", "/v1/documents/{id}/disclosure", Role::operator_, handler(disclosure_, &Disclosure::disclose)});
  router.add({"GET", "/v1/refusals", Role::viewer, handler(refusals_, &Refusals::groups)});
  router.add({"GET", "/v1/reconciliation", Role::viewer, handler(reconciliation_, &Reconciliation::of_a_day)});
  router.add({"GET", "/v1/explanations", Role::viewer, handler(explanations_, &Explanations::search)});
}

}  // namespace gateway::casework

#include "gateway/intake/intake.h"

#include "gateway/intake/catalog_pages.h"
#include "gateway/intake/code_pages.h"
#include "gateway/intake/events.h"
#include "gateway/intake/facts.h"
#include "gateway/intake/importing.h"
#include "gateway/intake/looking.h"
#include "gateway/intake/offering.h"
#include "gateway/intake/posting.h"
#include "gateway/intake/proving.h"

namespace gateway::intake {
namespace {

// The route holds the subject, so that it lives as long as a request can come.
template <class Subject, class Call>
http::Handler handler(std::shared_ptr<Subject> subject, Call call) {
  return [subject = std::move(subject), call](http::Request request) { return (*subject.*call)(std::move(request)); };
}

}  // namespace

Intake::Intake(Parts parts)
    : posting_(std::make_shared<Posting>(parts)),
      importing_(std::make_shared<const Importing>(parts)),
      facts_(std::make_shared<const Facts>(parts)),
      looking_(std::make_shared<const Looking>(parts)),
      events_(std::make_shared<Events>(parts)),
      proving_(std::make_shared<const Proving>(parts)),
      offering_(std::make_shared<const Offering>(parts)),
      catalog_pages_(std::make_shared<const CatalogPages>(parts.catalog, parts.settings.server)),
      code_pages_(std::make_shared<const CodePages>(parts.judge.codes())) {}

void Intake::add_routes(http::Router& router) const {
  using config::Role;
  router.add({"POST", "/v1/documents", Role::submitter, handler(posting_, &Posting::accept)});
  router.add({"POST", "/v1/validate", Role::viewer, handler(posting_, &Posting::validate)});
  router.add({"POST", "/v1/imports", Role::operator_, handler(importing_, &Importing::import)});
  router.add({"POST", "/v1/facts", Role::submitter, handler(facts_, &Facts::report)});
  router.add({"GET", "/v1/facts", Role::viewer, handler(facts_, &Facts::list)});
  router.add({"GET", "/v1/documents", Role::viewer, handler(looking_, &Looking::list)});
  router.add({"GET", "/v1/documents/count", Role::viewer, handler(looking_, &Looking::count)});
  router.add({"GET", "/v1/documents/{id}", Role::viewer, handler(looking_, &Looking::document)});
  router.add({"GET", "/v1/documents/{id}/message", Role::viewer, handler(looking_, &Looking::message)});
  router.add({"GET", "/v1/documents/{id}/evidence", Role::viewer, handler(proving_, &Proving::evidence)});
  router.add({"GET", "/v1/documents/{id}/offers", Role::viewer, handler(offering_, &Offering::offers)});
  router.add({"GET", "/v1/changes", Role::viewer, handler(looking_, &Looking::changes)});
  router.add({"GET", "/v1/events", Role::viewer, handler(events_, &Events::stream)});
  router.add({"GET", "/v1/catalog", Role::viewer, handler(catalog_pages_, &CatalogPages::types)});
  router.add({"GET", "/v1/catalog/{type}", Role::viewer, handler(catalog_pages_, &CatalogPages::type)});
  router.add({"GET", "/v1/catalog/{type}/schema.json", Role::viewer, handler(catalog_pages_, &CatalogPages::schema)});
  router.add({"GET", "/v1/codes", Role::viewer, handler(code_pages_, &CodePages::tables)});
  router.add({"GET", "/v1/codes/{table}", Role::viewer, handler(code_pages_, &CodePages::table)});
  router.add({"GET", "/v1/openapi.json", Role::viewer, handler(catalog_pages_, &CatalogPages::openapi)});
}

void Intake::wake() const { events_->wake(); }

boost::asio::awaitable<http::Response> Intake::amend(http::Request request, std::string reason) const {
  return posting_->amend(std::move(request), std::move(reason));
}

std::uint64_t Intake::accepted_total() const { return posting_->accepted_total(); }

}  // namespace gateway::intake

#include "gateway/intake/posting.h"

#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <utility>
#include <variant>

#include "base/digest.h"
#include "base/failpoint.h"
#include "codecs/ceb/identity.h"
#include "gateway/intake/masked_values.h"
#include "gateway/intake/new_version.h"
#include "gateway/intake/post_answers.h"
#include "gateway/views/absent_document.h"
#include "gateway/views/answers.h"
#include "gateway/views/document_json.h"
#include "gateway/views/parameters.h"

namespace gateway::intake {
namespace {

constexpr int most_attempts = 5;
constexpr std::size_t most_checked_in_a_row = 25;  // of one post: the others on other threads meanwhile
constexpr std::size_t longest_idempotency_key = 255;
constexpr std::chrono::seconds pause_while_backlog_is_full{60};

bool any_refused(const Candidates& candidates) {
  return std::any_of(candidates.begin(), candidates.end(), [](const Candidate& one) { return one.is_refused(); });
}

bool any_forbidden(const Candidates& candidates) {
  return std::any_of(candidates.begin(), candidates.end(),
                     [](const Candidate& one) { return one.refusal == Refusal::forbidden; });
}

std::size_t count_new(const Candidates& candidates) {
  const auto news =
      std::count_if(candidates.begin(), candidates.end(), [](const Candidate& one) { return one.is_new(); });
  return static_cast<std::size_t>(news);
}

// A deletion and a draft wait for nobody.
bool waits_for_siblings(const schemas::Catalog& catalog, const Candidate& candidate) {
  const auto field = [&](std::string_view name) {
    return codecs::ceb::head_field(*candidate.type, candidate.body, name);
  };
  return candidate.enterprise->inventory_waits_for_siblings.count() > 0 &&
         catalog.siblings().awaits(candidate.type->name) && field("appType") != "3" && field("appStatus") != "1";
}

// The first answer again, or a refusal where the key came with another request.
http::Response answered_before(const ledger::Idempotent& before, const std::string& request_digest) {
  if (before.request_digest == request_digest) return http::Response::json(before.status, before.answer);
  return http::Response::problem(
      422, "this Idempotency-Key belongs to another request",
      {views::fault("intake.idempotency_key", "", "这个 Idempotency-Key 已用于另一次内容不同的提交，请换一个。",
                    "This Idempotency-Key was used for a post of other content; take another one.")});
}

http::Response backlog_full(std::size_t most) {
  const std::string limit = std::to_string(most);
  return views::busy("待发送的单证已达上限 " + limit + " 份，请稍后再提交。",
                     "As many documents as are allowed (" + limit + ") wait to be sent; post again later.",
                     pause_while_backlog_is_full);
}

http::Response moved_on_meanwhile() {
  return http::Response::problem(409, "changed meanwhile",
                                 {views::fault("intake.moved_on", "", "这些单证同时被其他请求修改，请重试。",
                                               "Other requests change these documents at the same time; post again.")});
}

}  // namespace

Posting::Posting(Parts parts)
    : parts_(std::move(parts)),
      reader_(parts_.settings, parts_.catalog),
      versions_(parts_.catalog),
      judging_(parts_.judge),
      cross_check_(parts_.catalog, parts_.ledger) {}

base::Result<Posting::Terms> Posting::read_terms(const http::Request& request) {
  Terms terms;
  terms.caller = *request.caller;
  base::Faults faults;
  for (const auto& [name, value] : request.query) {
    if (name == "partial" && (value == "true" || value == "false")) {
      terms.extent = value == "true" ? Extent::what_is_good : Extent::all_or_nothing;
    } else {
      faults.push_back(views::fault("api.parameter", "?" + name, "只能用 partial=true 或 partial=false。",
                                    "Only partial=true or partial=false may stand here."));
    }
  }
  const std::string_view key = request.headers.get("Idempotency-Key");
  if (key.size() > longest_idempotency_key) {
    faults.push_back(views::fault("intake.idempotency_key", "", "Idempotency-Key 最长 255 个字符。",
                                  "An Idempotency-Key has at most 255 characters."));
  }
  if (!faults.empty()) return faults;
  if (!key.empty()) {
    terms.idempotency_key = std::string(key);
    const char extent = terms.extent == Extent::what_is_good ? 'p' : 'a';
    terms.request_digest =
        base::sha256_hex(extent + std::string(request.headers.get("Content-Type")) + '\n' + request.body);
  }
  return terms;
}

boost::asio::awaitable<http::Response> Posting::accept(http::Request request) {
  const auto terms = read_terms(request);
  if (!terms) co_return http::Response::problem(400, "the request cannot be read", terms.faults());
  const auto read = [&] { return reader_.read(*request.caller, request.headers.get("Content-Type"), request.body); };
  auto post = co_await parts_.work.run(read);
  if (auto* response = std::get_if<http::Response>(&post)) co_return std::move(*response);
  for (int tries = 0; tries < most_attempts; ++tries) {
    auto response = co_await attempt(*terms, std::get<Candidates>(post));
    if (response) co_return std::move(*response);
  }
  co_return moved_on_meanwhile();
}

// Nothing: a key moved on between looking and keeping.
boost::asio::awaitable<std::optional<http::Response>> Posting::attempt(const Terms& terms, Candidates candidates) {
  const auto look_up = [&] { return look(terms, candidates); };
  const Looked looked = co_await parts_.store.run(look_up);
  if (looked.answered) co_return answered_before(*looked.answered, terms.request_digest);
  co_await check_all(candidates, looked);
  if (CrossCheck::is_wanted(candidates)) {
    co_await cross_check(terms.caller, candidates, CrossCheck::Manner::by_settings);
  }
  if (terms.extent == Extent::all_or_nothing && any_refused(candidates)) co_return refused(candidates);
  const std::size_t news = count_new(candidates);
  const std::size_t most = parts_.settings.server.most_waiting;
  if (news > 0 && looked.waiting + news > most) co_return backlog_full(most);
  if (news == 0 && !terms.idempotency_key) co_return taken(candidates, {});
  const auto keep_all = [&] { return keep(terms, candidates); };
  base::failpoint("intake.judged");
  const auto accepted = co_await parts_.store.run(keep_all);
  base::failpoint("intake.accepted");
  if (!accepted) co_return std::nullopt;
  accepted_total_ += accepted->size();
  if (!accepted->empty() && parts_.on_accepted) parts_.on_accepted();
  co_return taken(candidates, *accepted);
}

boost::asio::awaitable<http::Response> Posting::validate(http::Request request) {
  views::Parameters parameters(request.query, {"against"});
  const std::string against = parameters.text("against").value_or("");
  if (!against.empty() && against != "ledger")
    parameters.refuse("against", "只能是 ledger。", "This has to be ledger.");
  if (!parameters.faults().empty()) {
    co_return http::Response::problem(400, "the request cannot be read", parameters.faults());
  }
  const auto read = [&] { return reader_.read(*request.caller, request.headers.get("Content-Type"), request.body); };
  auto post = co_await parts_.work.run(read);
  if (auto* response = std::get_if<http::Response>(&post)) co_return std::move(*response);
  auto& candidates = std::get<Candidates>(post);
  if (any_forbidden(candidates)) co_return refused(candidates);
  const Terms terms{.caller = *request.caller,
                    .extent = Extent::what_is_good,
                    .idempotency_key = {},
                    .request_digest = {},
                    .reason = {},
                    .purpose = Purpose::judge_alone};
  const auto look_up = [&] { return look(terms, candidates); };
  const Looked looked = co_await parts_.store.run(look_up);
  co_await check_all(candidates, looked);
  if (!against.empty()) co_await cross_check(*request.caller, candidates, CrossCheck::Manner::as_asked);
  co_return judged(candidates);
}

boost::asio::awaitable<http::Response> Posting::amend(http::Request request, std::string reason) {
  const std::string id = request.places["id"];
  const auto find = [&] { return parts_.ledger.newest_by_id(id); };
  const auto newest = co_await parts_.store.run(find);
  if (!newest || !request.caller->may(newest->summary.enterprise)) {
    const auto tell = [&] { return views::absent_document(parts_.ledger, id, *request.caller); };
    co_return co_await parts_.store.run(tell);
  }
  const auto read = [&] { return reader_.read_amendment(*request.caller, newest->summary, request.body); };
  auto post = co_await parts_.work.run(read);
  if (auto* response = std::get_if<http::Response>(&post)) co_return std::move(*response);
  for (Candidate& candidate : std::get<Candidates>(post)) unmask(candidate, *newest);
  Terms terms;
  terms.caller = *request.caller;
  terms.reason = std::move(reason);
  for (int tries = 0; tries < most_attempts; ++tries) {
    auto response = co_await attempt(terms, std::get<Candidates>(post));
    if (!response) continue;
    if (response->status >= 300) co_return std::move(*response);
    const auto show = [&] { return amended(terms.caller, id); };
    co_return co_await parts_.store.run(show);
  }
  co_return moved_on_meanwhile();
}

http::Response Posting::amended(const http::Caller& caller, const std::string& id) const {
  const auto whole = parts_.ledger.document(id, std::nullopt);
  if (!whole) return views::unknown_document();
  return views::json_answer(200, views::whole_document(parts_.knowledge, *whole, views::personal_for(caller)));
}

Posting::Looked Posting::look(const Terms& terms, const Candidates& candidates) const {
  Looked looked;
  if (terms.idempotency_key) {
    looked.answered = parts_.ledger.idempotent(terms.caller.name, *terms.idempotency_key);
    if (looked.answered) return looked;
  }
  std::vector<std::string> keys;
  for (const Candidate& candidate : candidates) {
    if (!candidate.key.empty()) keys.push_back(candidate.key);
  }
  auto newest = parts_.ledger.newest(keys);
  const auto away = bring_back(terms, keys, newest);
  auto next = newest.begin();
  for (const Candidate& candidate : candidates) {
    Known known;
    if (!candidate.key.empty()) known.newest = std::move(*next++);
    known.is_hidden = known.newest && !terms.caller.may(known.newest->summary.enterprise);
    for (const auto& one : away) {
      if (one.summary.key != candidate.key) continue;
      known.archived = one;
      known.is_hidden = !terms.caller.may(one.summary.enterprise);
    }
    if (!candidate.posted_guid.empty() && candidate.enterprise != nullptr) {
      known.guid_taken = !parts_.ledger.by_number("guid", candidate.posted_guid, candidate.enterprise->dxp_id).empty();
    }
    looked.known.push_back(std::move(known));
  }
  looked.waiting = parts_.ledger.waiting();
  return looked;
}

std::vector<ledger::ArchivedDocument> Posting::bring_back(const Terms& terms, const std::vector<std::string>& keys,
                                                          Newest& newest) const {
  std::vector<std::string> unknown;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!newest[i]) unknown.push_back(keys[i]);
  }
  if (unknown.empty() || terms.purpose == Purpose::judge_alone) return {};
  std::vector<ledger::ArchivedDocument> away;
  const auto archived = parts_.ledger.archived_keys(unknown);
  for (const auto& one : archived) {
    const bool may = terms.caller.may(one.summary.enterprise) && parts_.bring_back;
    if (!may || !parts_.bring_back(one, terms.caller.name)) away.push_back(one);
  }
  if (away.size() < archived.size()) newest = parts_.ledger.newest(keys);
  return away;
}

boost::asio::awaitable<void> Posting::cross_check(const http::Caller& caller, Candidates& candidates,
                                                  CrossCheck::Manner manner) const {
  const auto compare = [&] { cross_check_.check(caller, candidates, manner); };
  co_await parts_.store.run(compare);
}

boost::asio::awaitable<void> Posting::check_all(std::span<Candidate> candidates, const Looked& looked) const {
  using boost::asio::experimental::awaitable_operators::operator&&;
  if (candidates.size() > most_checked_in_a_row) {
    const auto half = candidates.size() / 2;
    co_await (check_all(candidates.first(half), looked) && check_all(candidates.subspan(half), looked));
    co_return;
  }
  const auto check_these = [&] { check(candidates, looked); };
  co_await parts_.work.run(check_these);
}

void Posting::check(std::span<Candidate> candidates, const Looked& looked) const {
  const base::Time now = parts_.clock.now();
  for (Candidate& candidate : candidates) {
    if (candidate.body.name.empty() || candidate.enterprise == nullptr) continue;
    refuse_masked(candidate);
    versions_.place(candidate, looked.known[candidate.index], now);
    if (!candidate.known && candidate.refusal != Refusal::conflict) judging_.check(candidate);
  }
}

std::optional<std::vector<ledger::Summary>> Posting::keep(const Terms& terms, const Candidates& candidates) const {
  const base::Time now = parts_.clock.now();
  std::vector<ledger::NewVersion> versions;
  for (const Candidate& candidate : candidates) {
    if (!candidate.is_new()) continue;
    versions.push_back(new_version(candidate, terms.caller.name, terms.reason));
    if (waits_for_siblings(parts_.catalog, candidate)) {
      versions.back().waits_until = now + candidate.enterprise->inventory_waits_for_siblings;
    }
  }
  std::optional<ledger::Ledger::IdempotencyKey> idempotency;
  if (terms.idempotency_key) {
    idempotency.emplace();
    idempotency->client = terms.caller.name;
    idempotency->key = *terms.idempotency_key;
    idempotency->request_digest = terms.request_digest;
    idempotency->answer_of = [&](std::span<const ledger::Summary> accepted) {
      const http::Response response = taken(candidates, accepted);
      return ledger::Idempotent{terms.caller.name, *terms.idempotency_key, terms.request_digest, response.status,
                                response.body};
    };
  }
  return parts_.ledger.accept(versions, idempotency, now);
}

}  // namespace gateway::intake

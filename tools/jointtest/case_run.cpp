#include "tools/jointtest/case_run.h"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <iterator>

#include "tools/jointtest/gathering.h"
#include "tools/jointtest/journal_lines.h"

namespace tools::jointtest {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds shortest_rest{50}, longest_rest{2000}, shortest_patience{3000};

asio::awaitable<void> rest(milliseconds span) {
  asio::steady_timer timer(co_await asio::this_coro::executor, span);
  co_await timer.async_wait(asio::use_awaitable);
}

// Questions come ever more seldom: a tenth of what was waited.
milliseconds next_rest(steady_clock::time_point begun) {
  const auto waited = std::chrono::duration_cast<milliseconds>(steady_clock::now() - begun);
  return std::clamp(waited / 10, shortest_rest, longest_rest);
}

std::string in_base_36(std::size_t number, std::size_t digits) {
  constexpr std::string_view all = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::string text(digits, '0');
  for (auto at = text.rbegin(); at != text.rend(); ++at, number /= all.size()) *at = all[number % all.size()];
  return text;
}

// The first member of that name with something in it, however deep.
std::string text_within(const json::value& value, std::string_view name) {
  if (const auto* array = value.if_array()) {
    for (const json::value& one : *array) {
      if (auto found = text_within(one, name); !found.empty()) return found;
    }
  }
  const auto* object = value.if_object();
  if (object == nullptr) return "";
  if (const json::value* own = object->if_contains(name);
      own != nullptr && own->is_string() && !own->get_string().empty())
    return std::string(own->get_string());
  for (const auto& one : *object) {
    if (auto found = text_within(one.value(), name); !found.empty()) return found;
  }
  return "";
}

}  // namespace

std::string number_for(const std::string& tag, std::size_t of_case, const std::string& name) {
  return tag + in_base_36(of_case, 2) + name;
}

CaseRun::CaseRun(Ground& ground, std::size_t index)
    : ground_(ground),
      index_(index),
      planned_(ground.plan.scenarios[index]),
      result_(ground.progress.results.cases[index]) {
  const auto& steps = planned_.scenario.steps;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto posting = ground.progress.postings.find({index, i});
    if (steps[i].deed == Deed::post && posting != ground.progress.postings.end() && posting->second.id)
      ids_[steps[i].document] = *posting->second.id;
  }
}

CaseRun::Outcome CaseRun::passed() { return {Verdict::passed, "", ""}; }

CaseRun::Outcome CaseRun::not_told(const std::string& missing) {
  return {Verdict::failed, "还没有得知 " + missing + "。", "Nobody has told " + missing + " yet."};
}

asio::awaitable<void> CaseRun::whole() {
  const bool was_done = verdict_of(result_.steps) != Verdict::open && !result_.messages.empty();
  if (was_done) co_return;
  for (std::size_t i = 0; i < result_.steps.size(); ++i) {
    if (result_.steps[i].verdict != Verdict::open) {
      if (result_.steps[i].verdict == Verdict::failed) rest_is_skipped_ = true;
      continue;
    }
    if (ground_.stopping) co_return;
    const base::Time began = ground_.clock.now();
    const Step& step = planned_.scenario.steps[i];
    std::optional<Outcome> outcome = skipped(step);
    if (!outcome) outcome = co_await perform(step, {index_, i});
    if (outcome->verdict == Verdict::open) co_return;
    // What follows builds on it, unless others have done it.
    const bool goes_on =
        outcome->verdict == Verdict::passed || (outcome->verdict == Verdict::skipped && step.deed == Deed::others_send);
    if (!goes_on) rest_is_skipped_ = true;
    finish({index_, i}, *outcome, began);
  }
  co_await gather();
}

std::optional<CaseRun::Outcome> CaseRun::skipped(const Step& step) const {
  const std::string& only_over = planned_.scenario.channel;
  if (rest_is_skipped_) {
    return Outcome{Verdict::skipped, "前面的步骤未完成，不再执行。",
                   "An earlier step was not done, so this one is not."};
  }
  if (ground_.terms.against == Against::platform) {
    if (step.needs_simulator()) {
      return Outcome{Verdict::skipped, "只有模拟平台能做这一步。", "Only the simulator can do this step."};
    }
    if (step.deed == Deed::others_send) {
      return Outcome{Verdict::skipped, "由其他企业自行发送。", "The other enterprise sends this itself."};
    }
  } else if (!only_over.empty() && only_over != ground_.plan.simulator.channel) {
    return Outcome{Verdict::skipped, "此场景只适用于通道 " + only_over + "。",
                   "This scenario holds for the channel " + only_over + " alone."};
  }
  return std::nullopt;
}

void CaseRun::finish(StepPlace place, const Outcome& outcome, base::Time began) {
  StepResult& step = result_.steps[place.second];
  step.verdict = outcome.verdict;
  step.zh = outcome.zh;
  step.en = outcome.en;
  if (outcome.verdict != Verdict::skipped) {
    step.began = began;
    step.ended = ground_.clock.now();
  }
  ground_.journal.step(place, step);
  if (ground_.terms.watching.step_done) ground_.terms.watching.step_done(result_, step);
}

asio::awaitable<CaseRun::Outcome> CaseRun::perform(const Step& step, StepPlace place) {
  switch (step.deed) {
    case Deed::post:
      co_return co_await post(step, place);
    case Deed::gateway_refuses:
      co_return co_await be_refused(step);
    case Deed::others_send:
      co_return co_await have_others_send(step, place);
    case Deed::clock:
      co_return co_await advance_clock(step, place);
    case Deed::arrange:
      co_return passed();  // it was told before it started
    default:
      co_return co_await wait_for(step, place);
  }
}

asio::awaitable<std::optional<std::string>> CaseRun::request(const Step& step, std::string& missing) {
  std::map<std::pair<DocumentName, std::string>, std::string> told;
  for (const Change& change : step.changes) {
    if (change.how != Changing::taken) continue;
    std::string value = co_await told_of(change.from, change.value);
    if (value.empty()) missing += (missing.empty() ? "" : ", ") + change.value;
    told[{change.from, change.value}] = std::move(value);
  }
  if (!missing.empty()) co_return std::nullopt;
  const auto taking = [&told](const DocumentName& from, const std::string& field) { return told.at({from, field}); };
  const std::string number = number_for(ground_.progress.tag, index_, step.document.name);
  const schemas::MessageType& type = *ground_.terms.catalog->find(step.document.type);
  json::object document = ground_.plan.documents.filled(
      step.document.type, number, ground_.plan.cast(planned_.scenario), ground_.clock.now(), step.changes, taking);
  co_return json::serialize(json::object{{"type", step.document.type},
                                         {"enterprise", ground_.plan.declarant(type, planned_.scenario)->code},
                                         {"document", std::move(document)}});
}

// As it was posted, or what its receipts have told: the gateway offers to go on with it under these numbers.
asio::awaitable<std::string> CaseRun::told_of(DocumentName document, std::string field) {
  const auto id = ids_.find(document);
  if (id == ids_.end()) co_return "";
  const auto shown = co_await this->document(ground_.gateway, id->second);
  if (shown) {
    if (auto found = text_within(shown->get_object().at("document"), field); !found.empty()) co_return found;
  }
  const auto offers = co_await ground_.gateway.get(session_, "/v1/documents/" + id->second + "/offers");
  co_return text_within(answer_in(offers), field);
}

asio::awaitable<std::optional<json::value>> CaseRun::document(const Api& api, std::string id) {
  const auto exchange = co_await api.get(session_, "/v1/documents/" + id);
  if (!succeeded(exchange)) co_return std::nullopt;
  json::value shown = answer_in(exchange);
  if (!shown.is_object() || !shown.get_object().contains("document")) co_return std::nullopt;
  co_return shown;
}

// Tries again while nobody answers or too much is waiting; the key keeps it from being taken twice.
asio::awaitable<gateway::http::Exchange> CaseRun::send(const Api& api, Posting posting, milliseconds longest) {
  const auto begun = steady_clock::now();
  for (;;) {
    auto exchange = co_await api.post(session_, "/v1/documents", "application/json", posting.body, posting.key);
    const bool is_answered = exchange.reach == gateway::http::Reach::answered && exchange.response.status != 503;
    if (is_answered || ground_.stopping || steady_clock::now() - begun >= longest) co_return exchange;
    co_await rest(next_rest(begun));
  }
}

// Writes down what is about to be sent, so that a run that goes on sends the same again and nothing else.
asio::awaitable<CaseRun::Outcome> CaseRun::deliver(const Api& api, const Step& step, StepPlace place, std::string& id) {
  Posting& posting = ground_.progress.postings[place];
  if (posting.body.empty()) {
    std::string missing;
    auto body = co_await request(step, missing);
    if (!body) co_return not_told(missing);
    posting = {ground_.progress.tag + "-" + std::to_string(place.first) + "-" + std::to_string(place.second),
               std::move(*body), std::nullopt};
    ground_.journal.posting(place, posting);
  }
  const auto exchange = co_await send(api, posting, planned_.wait_for(step, ground_.plan.waits));
  if (!succeeded(exchange) && ground_.stopping) co_return Outcome{};
  const json::value answer = answer_in(exchange);
  if (!succeeded(exchange) || !answer.is_array() || answer.get_array().empty()) {
    co_return Outcome{Verdict::failed, "网关没有受理：" + trouble_zh(exchange),
                      "The gateway did not accept it: " + trouble_en(exchange)};
  }
  id = text_of(answer.get_array().front(), "id");
  posting.id = id;
  ground_.journal.posted(place, id);
  co_return passed();
}

asio::awaitable<CaseRun::Outcome> CaseRun::post(const Step& step, StepPlace place) {
  std::string id;
  const Outcome outcome = co_await deliver(ground_.gateway, step, place, id);
  if (outcome.verdict == Verdict::passed) ids_[step.document] = id;
  co_return outcome;
}

asio::awaitable<CaseRun::Outcome> CaseRun::be_refused(const Step& step) {
  std::string missing;
  const auto body = co_await request(step, missing);
  if (!body) co_return not_told(missing);
  const Posting posting{"", *body, std::nullopt};
  const auto exchange = co_await send(ground_.gateway, posting, planned_.wait_for(step, ground_.plan.waits));
  if (exchange.reach != gateway::http::Reach::answered && ground_.stopping) co_return Outcome{};
  const bool is_refused = exchange.reach == gateway::http::Reach::answered && exchange.response.status >= 400 &&
                          has_fault(exchange, step.code);
  if (is_refused) co_return passed();
  co_return Outcome{Verdict::failed, "应被拒收：" + step.code + "，实为 " + trouble_zh(exchange),
                    "Expected a refusal by " + step.code + ", found " + trouble_en(exchange)};
}

// Until the others' gateway has pushed it.
asio::awaitable<CaseRun::Outcome> CaseRun::have_others_send(const Step& step, StepPlace place) {
  std::string id;
  const Outcome outcome = co_await deliver(*ground_.others, step, place, id);
  if (outcome.verdict != Verdict::passed) co_return outcome;
  const milliseconds longest = planned_.wait_for(step, ground_.plan.waits);
  std::string state;
  for (const auto begun = steady_clock::now(); steady_clock::now() - begun < longest;) {
    const auto shown = co_await document(*ground_.others, id);
    state = shown ? text_of(*shown, "state") : "";
    if (state == "sent" || state == "settled" || state == "refused") co_return passed();
    if (ground_.stopping) co_return Outcome{};
    co_await rest(next_rest(begun));
  }
  co_return Outcome{Verdict::failed, "他方的网关没有发出：" + state, "The others' gateway did not send it: " + state};
}

asio::awaitable<CaseRun::Outcome> CaseRun::advance_clock(const Step& step, StepPlace place) {
  gateway::http::Call call;
  call.method = "POST";
  call.url = ground_.site.simulator() + "/_clock?advance=" + std::to_string(step.span.count());
  const auto exchange = co_await gateway::http::send(std::move(call));
  if (!succeeded(exchange)) {
    co_return Outcome{Verdict::failed, "模拟平台的时钟没有前进：" + trouble_zh(exchange),
                      "The simulator's clock did not advance: " + trouble_en(exchange)};
  }
  ground_.journal.advanced(place, std::chrono::seconds(number_of(answer_in(exchange), "ahead")));
  co_return passed();
}

asio::awaitable<Judgement> CaseRun::look(const Step& step) {
  const std::string& id = ids_.at(step.document);
  const auto shown = co_await document(ground_.gateway, id);
  if (!shown) co_return Judgement{Standing::not_yet, "网关没有应答。", "The gateway does not answer."};
  const Seen seen = seen_in(*shown);
  if (step.deed == Deed::answers) co_return judge_answers(step.statuses, seen);
  if (step.deed == Deed::notifies) co_return judge_notices(step.notice_types, seen);
  if (step.deed == Deed::told) co_return judge_told(step.picture, ground_.feed.heard(id, seen.version));
  co_return judge_ledger(step.picture, seen);
}

// What speaks against it has to stay so for a while: a later receipt may turn it.
asio::awaitable<CaseRun::Outcome> CaseRun::wait_for(const Step& step, StepPlace place) {
  const milliseconds longest = planned_.wait_for(step, ground_.plan.waits);
  const milliseconds patience = std::min(longest, std::max(longest / 10, shortest_patience));
  const auto begun = steady_clock::now();
  std::optional<steady_clock::time_point> against_since;
  bool is_told = false;
  for (;;) {
    const Judgement judgement = co_await look(step);
    const auto now = steady_clock::now();
    if (judgement.standing == Standing::holds) co_return passed();
    if (judgement.standing != Standing::against) against_since.reset();
    if (judgement.standing == Standing::against && !against_since) against_since = now;
    if (now - begun >= longest || (against_since && now - *against_since >= patience)) {
      co_return Outcome{Verdict::failed, judgement.zh, judgement.en};
    }
    if (ground_.stopping) co_return Outcome{};
    if (!is_told && now - begun >= long_wait && ground_.terms.watching.step_waits) {
      ground_.terms.watching.step_waits(result_, result_.steps[place.second]);
      is_told = true;
    }
    co_await rest(next_rest(begun));
  }
}

asio::awaitable<void> CaseRun::gather() {
  std::vector<MessageResult> messages;
  for (const auto& [document, id] : ids_) {
    Gathered gathered = co_await jointtest::gather(ground_.gateway, session_, id);
    std::ranges::move(gathered.messages, std::back_inserter(messages));
    auto& all = ground_.progress.results.enterprises;
    const auto enterprise = std::ranges::find(all, gathered.enterprise, &RunResult::Enterprise::code);
    if (gathered.certificate.empty() || enterprise == all.end() || enterprise->certificate == gathered.certificate)
      continue;
    enterprise->certificate = gathered.certificate;
    ground_.journal.enterprise(*enterprise);
  }
  result_.messages = messages;
  result_.verdict = verdict_of(result_.steps);
  ground_.journal.messages(index_, messages);
  if (ground_.terms.watching.case_done) ground_.terms.watching.case_done(result_);
}

}  // namespace tools::jointtest

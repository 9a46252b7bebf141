#include "gateway/casework/notes.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "gateway/casework/visible.h"
#include "gateway/views/absent_document.h"
#include "gateway/views/answers.h"
#include "gateway/views/parameters.h"
#include "gateway/views/posted_members.h"

namespace gateway::casework {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;

constexpr std::size_t longest_note = 2'000;  // characters
constexpr std::size_t longest_code_bytes = 64;

json::object note_json(const ledger::Note& note) {
  return {{"id", std::to_string(note.number)}, {"at", base::rfc3339(note.at)}, {"by", note.by}, {"text", note.text}};
}

json::object code_note_json(const ledger::CodeNote& note) {
  return {{"code", note.code}, {"text", note.text}, {"by", note.by}, {"at", base::rfc3339(note.at)}};
}

http::Response too_many_notes() {
  const std::string most = std::to_string(ledger::Ledger::most_code_notes);
  return http::Response::problem(
      409, "too many notes",
      {views::fault("api.code_notes_full", "", "已有 " + most + " 个代码带有备注，达到上限；请先删除不再需要的。",
                    "As many codes as are allowed (" + most + ") have notes: delete one that is not needed first.")});
}

}  // namespace

awaitable<http::Response> Notes::list(http::Request request) const {
  const views::Parameters parameters(request.query, {});
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  const std::string id = request.places["id"];
  const auto read = [&]() -> http::Response {
    if (!visible(parts_.ledger, *request.caller, id)) return views::absent_document(parts_.ledger, id, *request.caller);
    json::array notes;
    for (const ledger::Note& note : parts_.ledger.notes_of(id)) notes.push_back(note_json(note));
    return views::json_answer(200, json::object{{"notes", std::move(notes)}});
  };
  co_return co_await parts_.store.run(read);
}

awaitable<http::Response> Notes::add(http::Request request) const {
  views::PostedMembers posted(request.body, {"text"});
  const std::string text = posted.text("text", {1, longest_note});
  if (!posted.faults().empty()) co_return posted.refusal();
  const std::string id = request.places["id"];
  const auto write = [&]() -> http::Response {
    const auto document = visible(parts_.ledger, *request.caller, id);
    if (!document) return views::absent_document(parts_.ledger, id, *request.caller);
    const base::Time now = parts_.clock.now();
    const ledger::Note added = parts_.ledger.add_note(
        id, {0, now, request.caller->name, text}, act_of(*request.caller, ledger::ActKind::note, *document, {}, now));
    return views::json_answer(201, note_json(added));
  };
  co_return co_await parts_.store.run(write);
}

awaitable<http::Response> Notes::list_of_codes(http::Request request) const {
  const views::Parameters parameters(request.query, {"code"});
  if (!parameters.faults().empty()) co_return views::wrong_parameters(parameters);
  const auto code = parameters.text("code");
  const auto read = [this] { return parts_.ledger.code_notes(); };
  json::array notes;
  for (const ledger::CodeNote& note : co_await parts_.store.run(read)) {
    if (!code || note.code == *code) notes.push_back(code_note_json(note));
  }
  co_return views::json_answer(200, json::object{{"notes", std::move(notes)}});
}

awaitable<http::Response> Notes::put_on_code(http::Request request) const {
  views::PostedMembers posted(request.body, {"text"});
  ledger::CodeNote note{request.places["code"], posted.text("text", {0, longest_note}), request.caller->name,
                        parts_.clock.now()};
  if (note.code.size() > longest_code_bytes) {
    posted.refuse("code", "代码过长。", "The code is too long.");
  }
  if (!posted.faults().empty()) co_return posted.refusal();
  ledger::Act act;
  act.at = note.at;
  act.by = note.by;
  act.kind = ledger::ActKind::note;
  act.subject = "code-notes/" + note.code;
  const auto write = [&] { return parts_.ledger.put_code_note(note, act); };
  if (!co_await parts_.store.run(write)) co_return too_many_notes();
  co_return views::json_answer(200, code_note_json(note));
}

}  // namespace gateway::casework

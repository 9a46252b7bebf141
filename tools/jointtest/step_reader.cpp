#include "tools/jointtest/step_reader.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

#include "tools/jointtest/text.h"
#include "tools/jointtest/words.h"
#include "tools/platform/triggers.h"

namespace tools::jointtest {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter_or_digit(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

// A returnStatus (1 to 10 characters, 报文规范 202205 §3.2.4), or what a whole message was refused by.
bool is_status(std::string_view text) {
  return !text.empty() && text.size() <= 10 &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

std::optional<std::size_t> number_in(std::string_view digits) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

std::string_view take_name(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), [](char c) { return is_letter_or_digit(c) || c == '-'; });
  const std::string_view name = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text = trimmed(text.substr(name.size()));
  return name;
}

// By its name in the message, or as the customs schema titles it.
const schemas::Node* field_of(const schemas::Node& node, std::string_view name) {
  const auto found = std::ranges::find_if(
      node.children, [&](const schemas::Node& one) { return one.name == name || one.title_zh == name; });
  return found == node.children.end() || found->kind != schemas::NodeKind::field ? nullptr : &*found;
}

std::string in_marks(std::string_view text) { return "“" + std::string(text) + "”"; }

}  // namespace

void StepReader::complain(const char* code, std::string zh, std::string en) {
  base::Fault fault;
  fault.code = code;
  fault.path = file_.string();
  fault.line = static_cast<int>(step_.line);
  fault.zh = std::move(zh);
  fault.en = std::move(en);
  fault.source = "docs/formats/joint-scenario.md";
  faults_.push_back(std::move(fault));
}

void StepReader::read(std::string_view rest) {
  switch (step_.deed) {
    case Deed::post:
    case Deed::others_send:
      return read_post(rest);
    case Deed::gateway_refuses:
      return read_refusal(rest);
    case Deed::arrange:
      return read_arrangement(rest);
    case Deed::answers:
      return read_answers(rest);
    case Deed::notifies:
      return read_notices(rest);
    case Deed::clock:
      return read_span(rest);
    case Deed::told:
    case Deed::ledger:
      return read_picture(rest);
  }
}

// "order A1", cut off `rest`; nothing where another thing stands. The name may be empty or too long.
std::optional<DocumentName> StepReader::document_in(std::string_view& rest) const {
  DocumentName document;
  std::string_view after = rest;
  if (const auto type = Words::all().take("kind", after)) {
    document.type = *type;
  } else {
    document.type = std::string(take_name(after));
    if (!document.type.ends_with("Message")) document.type += "Message";
    const schemas::MessageType* found = catalog_.find(document.type);
    if (found == nullptr || found->kind != schemas::MessageKind::declaration) return std::nullopt;
  }
  document.name = std::string(take_name(after));
  rest = after;
  return document;
}

bool StepReader::read_document(std::string_view& rest, DocumentName& into) {
  const Words& words = Words::all();
  const std::string given(rest);
  const auto document = document_in(rest);
  if (!document) {
    complain(
        "jointtest.document",
        "应为单证种类和名称（例如“订单 A1”），读到" + in_marks(given) + "；种类有：" + words.listed_zh("kind") + "。",
        "A kind of document and its name have to stand here (\"order A1\"), not \"" + given +
            "\"; kinds: " + words.listed_en("kind") + ".");
    return false;
  }
  into = *document;
  if (!into.name.empty() && into.name.size() <= most_name_characters) return true;
  complain("jointtest.document", "单证名称应为 1 至 8 个字母、数字或连字符，读到" + in_marks(given) + "。",
           "The name of a document is 1 to 8 letters, digits or hyphens, which \"" + given + "\" has not.");
  return false;
}

void StepReader::read_post(std::string_view rest) {
  if (!read_document(rest, step_.document)) return;
  while (rest.starts_with(',') || rest.starts_with("，")) rest = trimmed(rest.substr(rest.starts_with(',') ? 1 : 3));
  if (rest.empty()) return;
  std::string_view changes = rest;
  const auto word = Words::all().take("joint", changes);
  if (word == "with") return read_changes(changes);
  if (word == "without") return read_changes(rest);
  complain("jointtest.change", "单证之后只能是“其中 字段 = 值”或“不含 字段”，读到" + in_marks(rest) + "。",
           "Behind the document only \"with FIELD = VALUE\" or \"without FIELD\" may stand, not \"" +
               std::string(rest) + "\".");
}

void StepReader::read_refusal(std::string_view rest) {
  const std::string_view before = before_last_colon(rest);
  step_.code = std::string(rest);
  if (step_.code.empty()) {
    complain("jointtest.expectation", "缺少“：差错代码”，例如“：intake.version”。",
             "The code of a fault is missing behind a colon, for example \": intake.version\".");
  }
  read_post(before);
}

void StepReader::read_changes(std::string_view rest) {
  const auto parts = parts_of(rest);
  if (parts.empty()) {
    complain("jointtest.change", "“其中”之后缺少“字段 = 值”。", "\"with\" is followed by no FIELD = VALUE.");
  }
  if (parts.size() > most_changes) {
    return complain("jointtest.limits", "一步最多改 " + std::to_string(most_changes) + " 个字段。",
                    "A step changes at most " + std::to_string(most_changes) + " fields.");
  }
  for (const std::string_view part : parts) read_change(part);
}

void StepReader::read_change(std::string_view part) {
  const schemas::MessageType& type = *catalog_.find(step_.document.type);
  Change change;
  std::string_view rest = part;
  if (Words::all().take("joint", rest) == "without") {
    change.how = Changing::drop;
    read_field(rest, type, change);
    step_.changes.push_back(std::move(change));
    return;
  }
  std::string_view value = part;
  const std::string_view field = before_equals(value);
  if (field.size() == part.size()) {
    return complain("jointtest.change", "应为“字段 = 值”或“不含 字段”，读到" + in_marks(part) + "。",
                    "FIELD = VALUE or \"without FIELD\" has to stand here, not \"" + std::string(part) + "\".");
  }
  read_field(trimmed(field), type, change);
  read_value(value, change);
  step_.changes.push_back(std::move(change));
}

// gnum, 实际支付金额, OrderList[2].qty
void StepReader::read_field(std::string_view field, const schemas::MessageType& type, Change& change) {
  const schemas::Node* node = &type.head_node();
  std::string_view name = field;
  if (const auto bracket = field.find('['); bracket != std::string_view::npos) {
    const auto end = field.find("].", bracket);
    const schemas::Node* list = type.list.empty() ? nullptr : type.business().child(type.list);
    const auto row =
        end == std::string_view::npos ? std::nullopt : number_in(field.substr(bracket + 1, end - bracket - 1));
    if (list == nullptr || field.substr(0, bracket) != type.list || !row || *row == 0) {
      return complain("jointtest.change",
                      in_marks(field) + " 不是表体字段；" + type.name + " 的写法是 " +
                          (type.list.empty() ? "（没有表体）" : type.list + "[行号].字段") + "。",
                      "\"" + std::string(field) + "\" is no field of a list; of " + type.name + " it is written " +
                          (type.list.empty() ? "(there is no list)" : type.list + "[ROW].FIELD") + ".");
    }
    change.row = *row;
    node = list;
    name = field.substr(end + 2);
  }
  const schemas::Node* found = field_of(*node, name);
  if (found != nullptr) {
    change.field = found->name;
    return;
  }
  complain("jointtest.change",
           type.name + " 没有字段" + in_marks(name) + "；字段见 cebgate catalog " + type.name + "。",
           type.name + " has no field \"" + std::string(name) + "\"; cebgate catalog " + type.name + " lists them.");
}

// 清单 A1 的 invtNo; invtNo of inventory A1; else the value as it stands.
void StepReader::read_value(std::string_view value, Change& change) {
  const Words& words = Words::all();
  change.value = std::string(unquoted(value));
  if (change.value.size() != value.size()) return;
  std::string_view rest = value;
  auto from = document_in(rest);
  std::string_view field;
  if (from && words.take("joint", rest) == "of") {
    field = take_name(rest);
  } else {
    rest = value;
    field = take_name(rest);
    if (words.take("joint", rest) != "of") return;
    from = document_in(rest);
  }
  if (!from || field.empty() || !rest.empty()) return;
  change.how = Changing::taken;
  change.from = *from;
  change.value = std::string(field);
}

void StepReader::read_arrangement(std::string_view rest) {
  if (!read_document(rest, step_.document)) return;
  before_colon(rest);
  const auto quote = std::min(rest.find('"'), rest.find("“"));
  step_.triggers = std::string(trimmed(rest.substr(0, quote)));
  if (quote != std::string_view::npos) step_.answer = std::string(unquoted(trimmed(rest.substr(quote))));
  const platform::Triggers triggers = platform::read_triggers(step_.triggers);
  for (const std::string& word : triggers.unknown) {
    complain("jointtest.arrangement", "模拟平台没有触发词" + in_marks(word) + "；见 docs/formats/scenario.md。",
             "The simulator has no trigger \"" + word + "\"; docs/formats/scenario.md lists them.");
  }
  if (step_.answer.empty() || triggers.code) return;
  complain("jointtest.arrangement", "答复文字只能跟在状态码之后，例如“100 \"…\"”。",
           "A text can only be given for a status, for example 100 \"…\".");
}

void StepReader::read_answers(std::string_view rest) {
  if (!read_document(rest, step_.document)) return;
  before_colon(rest);
  const auto parts = parts_of(rest);
  for (const std::string_view part : parts) {
    ExpectedStatus expected;
    const std::string_view status = trimmed(part.substr(0, std::min(part.find('"'), part.find("“"))));
    expected.text = std::string(unquoted(trimmed(part.substr(status.size()))));
    const bool any = status == "…" || status == "..." || status == "……";
    if (!any) expected.status = std::string(status);
    if (!any && !is_status(status)) {
      complain("jointtest.expectation", "应为回执状态（例如 2, 120）或 …，读到" + in_marks(part) + "。",
               "A status of a receipt (2, 120) or ... has to stand here, not \"" + std::string(part) + "\".");
    }
    step_.statuses.push_back(std::move(expected));
  }
  if (!parts.empty()) return;
  complain("jointtest.expectation", "冒号之后缺少回执状态，例如“：2, 120”。",
           "The statuses are missing behind a colon, for example \": 2, 120\".");
}

void StepReader::read_notices(std::string_view rest) {
  if (!read_document(rest, step_.document)) return;
  before_colon(rest);
  for (const std::string_view part : parts_of(rest)) {
    std::string type(part);
    if (!type.ends_with("Message")) type += "Message";
    const schemas::MessageType* found = catalog_.find(type);
    if (found == nullptr || found->kind != schemas::MessageKind::notice) {
      complain("jointtest.expectation", in_marks(part) + " 不是海关通知；有 CEB816、CEB818、CEB792。",
               "\"" + std::string(part) + "\" is no customs notice; there are CEB816, CEB818, CEB792.");
    }
    step_.notice_types.push_back(std::move(type));
  }
  if (!step_.notice_types.empty()) return;
  complain("jointtest.expectation", "冒号之后缺少通知报文，例如“：CEB816”。",
           "The notice is missing behind a colon, for example \": CEB816\".");
}

void StepReader::read_span(std::string_view rest) {
  const auto end = std::find_if_not(rest.begin(), rest.end(), is_digit);
  const auto digits = static_cast<std::size_t>(end - rest.begin());
  const auto count = number_in(rest.substr(0, digits));
  std::string_view unit_text = trimmed(rest.substr(digits));
  const auto unit = Words::all().take("unit", unit_text);
  const std::size_t most = static_cast<std::size_t>(std::chrono::seconds(longest_advance).count());
  if (!count || !unit || !unit_text.empty() || *count == 0 || *count > most) {
    return complain(
        "jointtest.expectation", "应为时长，例如“10 分钟”；单位：" + Words::all().listed_zh("unit") + "。",
        "A span has to stand here, for example \"10 minutes\"; units: " + Words::all().listed_en("unit") + ".");
  }
  const auto number = static_cast<std::chrono::seconds::rep>(*count);
  if (*unit == "second") step_.span = std::chrono::seconds(number);
  if (*unit == "minute") step_.span = std::chrono::minutes(number);
  if (*unit == "hour") step_.span = std::chrono::hours(number);
  if (step_.span <= longest_advance) return;
  complain("jointtest.limits", "时间一次最多前进 31 天。", "The clock advances by at most 31 days at once.");
}

// settled/released; a number is the stage.
void StepReader::read_picture(std::string_view rest) {
  if (!read_document(rest, step_.document)) return;
  before_colon(rest);
  if (rest.empty()) {
    return complain("jointtest.expectation", "冒号之后缺少状态或结果，例如“：已办结/已放行”。",
                    "A state or outcome is missing behind a colon, for example \": settled/released\".");
  }
  const Words& words = Words::all();
  while (!rest.empty()) {
    const auto slash = rest.find('/');
    std::string_view part = trimmed(rest.substr(0, slash));
    const std::string given(part);
    rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
    if (const auto state = words.take("state", part); state && part.empty()) {
      step_.picture.state = *state;
    } else if (const auto outcome = words.take("outcome", part); outcome && part.empty()) {
      step_.picture.outcome = *outcome;
    } else if (is_status(given) && (is_digit(given.front()) || given.front() == '-')) {
      step_.picture.stage = given;
    } else {
      complain("jointtest.expectation",
               in_marks(given) + " 不是状态或结果；状态：" + words.listed_zh("state") + "；结果：" +
                   words.listed_zh("outcome") + "；数字为海关状态。",
               "\"" + given + "\" is no state and no outcome; states: " + words.listed_en("state") +
                   "; outcomes: " + words.listed_en("outcome") + "; a number is the customs status.");
    }
  }
}

}  // namespace tools::jointtest

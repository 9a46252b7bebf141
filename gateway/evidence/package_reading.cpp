#include <algorithm>
#include <limits>
#include <utility>

#include "gateway/evidence/fields.h"
#include "gateway/evidence/package.h"
#include "gateway/lifecycle/state.h"

namespace gateway::evidence {

namespace json = boost::json;

namespace {

base::Fault missing(std::string_view name) {
  base::Fault fault;
  fault.code = "evidence.missing";
  fault.path = std::string(name);
  fault.zh = "证据中缺少这个文件";
  fault.en = "the evidence lacks this file";
  return fault;
}

constexpr std::size_t digest_bytes = 32;

int value_of(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

// Lower case, as base::hex writes it; empty for what is none.
std::string read_hexadecimal(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    const int high = value_of(text[i]), low = value_of(text[i + 1]);
    if (high < 0 || low < 0) return {};
    bytes += static_cast<char>(high << 4 | low);
  }
  return bytes;
}

int small(std::int64_t number) {
  return number < 1 || number > std::numeric_limits<int>::max() ? 0 : static_cast<int>(number);
}

lifecycle::State state_of(const Fields& fields, std::string_view name) {
  const std::string word = fields.text(name);
  const auto state = lifecycle::read_state(word);
  if (!state) fields.refuse(name, "不认识的状态", "there is no such state");
  return state.value_or(lifecycle::State::accepted);
}

class Reader {
 public:
  explicit Reader(const std::vector<File>& files) : files_(files) {}

  base::Result<Package> read(Manifest manifest) {
    package_.manifest = std::move(manifest);
    read_document();
    read_chain();
    read_rows(names::deliveries, [this](const Fields& row) { add_delivery(row); });
    read_rows(names::receipts, [this](const Fields& row) { add_receipt(row); });
    read_rows(names::inbound, [this](const Fields& row) { add_inbound(row); });
    take(std::string(names::readme));
    if (!faults_.empty()) return std::move(faults_);
    return std::move(package_);
  }

 private:
  // The bytes of a file that has to be there.
  std::string take(const std::string& name) {
    package_.used.push_back(name);
    if (const File* file = file_named(files_, name)) return file->bytes;
    faults_.push_back(missing(name));
    return {};
  }

  ledger::Evidence& evidence() { return package_.evidence; }

  ledger::KeptVersion* version(std::int64_t number) {
    const auto found = std::ranges::find_if(
        evidence().versions, [&](const ledger::KeptVersion& one) { return one.summary.version == number; });
    return found == evidence().versions.end() ? nullptr : &*found;
  }

  void read_document() {
    const std::string name(names::document);
    const auto value = parsed(take(name), name, 0, faults_);
    if (!value) return;
    const json::object none;
    const json::object* object = value->if_object();
    const Fields document(object == nullptr ? none : *object, name, "", 0, faults_);
    ledger::Summary of_all;
    of_all.id = document.text("id");
    of_all.type = document.text("type");
    of_all.key = document.text("key");
    of_all.number = document.text("number");
    document.each("versions", [&](const Fields& fields) { add_version(fields, of_all); });
    document.each("messages", [&](const Fields& fields) { add_message(fields); });
    if (evidence().versions.empty()) document.refuse("versions", "至少要有一版", "there has to be a version");
  }

  void add_version(const Fields& fields, const ledger::Summary& of_all) {
    ledger::KeptVersion& made = evidence().versions.emplace_back();
    made.summary = of_all;
    made.summary.version = small(fields.number("version"));
    made.summary.enterprise = fields.text("enterprise");
    made.summary.port = fields.text("port");
    made.summary.created_at = fields.time("created_at");
    made.summary.picture = {state_of(fields, "state"), fields.text("stage"), fields.text("outcome"),
                            fields.text("reason")};
    made.guid = fields.text("guid");
    made.app_type = fields.text("appType");
    made.app_status = fields.text("appStatus");
    made.app_time = fields.text("appTime");
    made.dxp_id = fields.text("dxp_id");
    made.content_digest = fields.text("content_sha256");
    made.message = fields.text("message");
    made.body = take(fields.text("request"));
  }

  void add_message(const Fields& fields) {
    ledger::KeptMessage& made = evidence().messages.emplace_back();
    made.message.guid = fields.text("guid");
    made.message.type = fields.text("type");
    made.message.enterprise = fields.text("enterprise");
    made.message.port = fields.text("port");
    made.message.dialect = fields.text("dialect");
    made.sealed_at = fields.time("sealed_at");
    made.message.signed_xml = take(fields.text("signed"));
    made.message.envelope = take(fields.text("envelope"));
  }

  void read_chain() {
    const std::string name(names::chain);
    const std::string text = take(name);
    int line = 0;
    for (std::size_t from = 0; from < text.size();) {
      const std::size_t end = std::min(text.find('\n', from), text.size());
      const auto value = parsed(std::string_view(text).substr(from, end - from), name, ++line, faults_);
      const json::object none;
      if (value) add_entry(Fields(value->is_object() ? value->get_object() : none, name, "", line, faults_));
      from = end + 1;
    }
  }

  // The lines of a version stand together, the versions in their order.
  void add_entry(const Fields& fields) {
    const std::int64_t number = fields.number("version");
    ledger::KeptVersion* of = version(number);
    if (of == nullptr || number < last_version_) {
      return fields.refuse("version", "没有这一版，或次序不对", "there is no such version, or it is out of order");
    }
    last_version_ = number;
    ledger::ChainEntry& made = of->entries.emplace_back();
    made.move.at = fields.time("at");
    made.move.from = state_of(fields, "from");
    made.move.to = state_of(fields, "to");
    made.move.stage = fields.text("stage");
    made.move.outcome = fields.text("outcome");
    made.move.reason = fields.text("reason");
    made.move.by = fields.text("by");
    made.move.evidence = fields.text("evidence");
    const std::string digest = fields.text("digest");
    made.digest = read_hexadecimal(digest);
    const bool is_digest = digest.empty() || (digest.size() == 2 * digest_bytes && made.digest.size() == digest_bytes);
    if (!is_digest) fields.refuse("digest", "应为 64 位十六进制数", "64 hexadecimal digits have to stand here");
    if (fields.text("guid") != of->guid) add_wrong_guid(fields.line());
  }

  void add_wrong_guid(int line) {
    base::Fault fault;
    fault.code = "evidence.chain";
    fault.path = std::string(names::chain);
    fault.line = line;
    fault.zh = "这一条的 guid 不是该版本的 guid";
    fault.en = "the guid of this entry is not that of its version";
    faults_.push_back(std::move(fault));
  }

  template <class Add>
  void read_rows(std::string_view file, const Add& add) {
    const std::string name(file);
    const auto value = parsed(take(name), name, 0, faults_);
    if (!value) return;
    const json::object rows{{"rows", *value}};
    Fields(rows, name, "", 0, faults_).each("rows", add);
  }

  void add_delivery(const Fields& fields) {
    ledger::KeptDelivery& made = evidence().deliveries.emplace_back();
    made.number = fields.number("number");
    made.message = fields.text("message");
    made.row.at = fields.time("at");
    made.row.answer = fields.text("answer");
    made.finished_at = fields.time_or_null("finished_at");
    if (const auto proof = fields.text_if_there("proof")) made.proof = take(*proof);
    const auto outcome = ledger::read_delivery_outcome(fields.text("outcome"));
    if (!outcome) fields.refuse("outcome", "不认识的投递结果", "there is no such outcome of a delivery");
    made.row.outcome = outcome.value_or(ledger::DeliveryOutcome::begun);
  }

  void add_receipt(const Fields& fields) {
    ledger::KeptVersion* of = version(fields.number("version"));
    if (of == nullptr) return fields.refuse("version", "没有这一版", "there is no such version");
    auto& [row, inbound] = of->receipts.emplace_back();
    inbound = fields.text("inbound");
    row.type = fields.text("type");
    row.status = fields.text("returnStatus");
    row.return_time = fields.text("returnTime");
    row.return_info = fields.text("returnInfo");
    row.returned_at = fields.time("returned_at");
    row.at = fields.time("at");
    row.effect = fields.text("effect");
    const auto said = ledger::read_said(fields.text("said"));
    if (!said) fields.refuse("said", "不认识的回执类别", "there is no such kind of receipt");
    row.said = said.value_or(ledger::Said::receipt);
  }

  void add_inbound(const Fields& fields) {
    auto& [record, acts] = evidence().inbound.emplace_back();
    record.digest = fields.text("digest");
    record.port = fields.text("port");
    record.source = fields.text("source");
    record.dxp_id = fields.text("dxp_id");
    record.received_at = fields.time("received_at");
    record.bytes = take(fields.text("file"));
    fields.each("matched_again", [&made = acts](const Fields& act) {
      made.push_back({act.time("at"), act.text("by"), act.text("reason")});
    });
  }

  const std::vector<File>& files_;
  Package package_;
  std::int64_t last_version_ = 0;
  base::Faults faults_;
};

}  // namespace

const File* file_named(const std::vector<File>& files, std::string_view name) {
  const auto found = std::ranges::find(files, name, &File::name);
  return found == files.end() ? nullptr : &*found;
}

base::Result<Manifest> read_manifest(const std::vector<File>& files) {
  const File* file = file_named(files, names::manifest);
  if (file == nullptr) return missing(names::manifest);
  base::Faults faults;
  const auto value = parsed(file->bytes, file->name, 0, faults);
  const json::object none;
  const Fields fields(value && value->is_object() ? value->get_object() : none, file->name, "", 0, faults);
  Manifest manifest;
  if (fields.text("form") != form_name || fields.number("form_version") != form_version) {
    fields.refuse("form", "不是本程序能查验的证据格式（cebgate-evidence 第 1 版）",
                  "this is not the form that this program checks (cebgate-evidence, version 1)");
  }
  manifest.id = fields.text("id");
  manifest.type = fields.text("type");
  manifest.key = fields.text("key");
  manifest.edition = fields.text("edition");
  manifest.made_at = fields.time("made_at");
  manifest.made_by = fields.text("made_by");
  fields.each("ends", [&](const Fields& end) { manifest.ends.push_back(end.text("digest")); });
  fields.each("files", [&](const Fields& one) {
    manifest.files.push_back({one.text("name"), one.number("bytes"), one.text("sha256"), one.text("sm3")});
  });
  if (!faults.empty()) return faults;
  return manifest;
}

base::Result<Package> read_package(const std::vector<File>& files) {
  auto manifest = read_manifest(files);
  if (!manifest) return manifest.faults();
  return Reader(files).read(*std::move(manifest));
}

}  // namespace gateway::evidence

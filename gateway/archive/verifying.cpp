#include "gateway/archive/verifying.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "base/digest.h"
#include "gateway/archive/frames.h"
#include "gateway/ledger/chain.h"
#include "gateway/lifecycle/state.h"

namespace gateway::archive {

namespace json = boost::json;

namespace {

base::Fault fault(std::string code, const std::string& path, const std::string& zh, const std::string& en) {
  return {std::move(code), path, zh, en, {}};
}

// What is no UTF-8 is not in a chain's fields as it was: such an entry stands as {"base64":…}.
std::string text(const json::value& value) {
  const auto* plain = value.if_string();
  return plain != nullptr ? std::string(*plain) : std::string();
}

ledger::MoveRow entry_in(const json::value& move) {
  ledger::MoveRow entry;
  entry.at = base::Time(base::Time::duration(move.at("at").to_number<std::int64_t>()));
  entry.from = lifecycle::read_state(text(move.at("from_state"))).value();
  entry.to = lifecycle::read_state(text(move.at("to_state"))).value();
  entry.stage = text(move.at("stage"));
  entry.outcome = text(move.at("outcome"));
  entry.reason = text(move.at("reason"));
  entry.by = text(move.at("by"));
  entry.evidence = text(move.at("evidence"));
  return entry;
}

// From the first entry of the first version to the last of the newest. Entries from before there was a chain have no
// digest.
bool is_chained(const json::value& document) {
  std::string chain;
  for (const json::value& version : document.at("versions").as_array()) {
    for (const json::value& move : version.at("moves").as_array()) {
      if (text(move.at("digest")).empty()) continue;
      chain = ledger::link(chain, text(version.at("guid")), entry_in(move));
      if (base::hex(chain) != text(move.at("digest"))) return false;
    }
    if (base::hex(chain) != text(version.at("chain"))) return false;
  }
  return true;
}

class Verification {
 public:
  Verification(const Directory& directory, const std::string& name)
      : file_(directory.file(name).string()), index_file_(directory.index(name).string()) {}

  Verified run(const std::string& frames, const Index& index) {
    if (base::sha256_hex(frames) != index.file_digest || std::cmp_not_equal(frames.size(), index.file_bytes)) {
      verified_.faults.push_back(fault("archive.damaged", file_, "文件的摘要与索引所记不同。",
                                       "The file's digest is not the one that its index states."));
    }
    std::int64_t end = 0;
    for (const Entry& entry : index.entries) {
      if (entry.place.offset != end) wrong_place(entry);
      check(frames, entry);
      end = entry.place.offset + entry.place.length;
    }
    if (std::cmp_not_equal(end, frames.size())) {
      verified_.faults.push_back(fault("archive.index", index_file_, "索引没有说明文件中的全部内容。",
                                       "The index does not account for all of the file."));
    }
    return std::move(verified_);
  }

 private:
  void check(const std::string& frames, const Entry& entry) {
    const bool is_document = entry.kind == Entry::Kind::document;
    (is_document ? verified_.documents : verified_.messages) += 1;
    const auto size = static_cast<std::int64_t>(frames.size());
    const bool is_inside = entry.place.offset >= 0 && entry.place.length >= 0 && entry.place.offset <= size &&
                           entry.place.length <= size - entry.place.offset;
    if (!is_inside) return wrong_place(entry);
    const auto frame = std::string_view(frames).substr(static_cast<std::size_t>(entry.place.offset),
                                                       static_cast<std::size_t>(entry.place.length));
    if (base::sha256_hex(frame) != entry.place.digest) {
      return tell("archive.damaged", entry, "内容的摘要与索引所记不同",
                  "its digest is not the one that the index states");
    }
    const auto line = line_in(frame);
    if (!line) return tell("archive.damaged", entry, line.faults().front().zh, line.faults().front().en);
    check_line(*line, entry);
  }

  void check_line(const std::string& line, const Entry& entry) {
    const auto made_again = entry_of(line, entry.place);
    if (!made_again) {
      return tell("archive.damaged", entry, made_again.faults().front().zh, made_again.faults().front().en);
    }
    if (json::serialize(made_again->told) != json::serialize(entry.told)) {
      tell("archive.index", entry, "索引所记与内容不符", "the index says of it what it does not say itself");
    }
    if (entry.kind == Entry::Kind::document) check_chain(line, entry);
  }

  void check_chain(const std::string& line, const Entry& entry) {
    bool holds = false;
    try {
      holds = is_chained(json::parse(line));
    } catch (const std::exception&) {
      holds = false;
    }
    if (!holds) {
      tell("archive.chain", entry, "历史记录的链（SM3）不成立：有记录被更改、删除或插入",
           "the chain (SM3) of its history does not hold: an entry was changed, taken out or slipped in");
    }
  }

  void wrong_place(const Entry& entry) {
    tell("archive.index", entry, "索引所记的位置不对", "the index states a wrong place for it");
  }

  void tell(std::string code, const Entry& entry, const std::string& zh, const std::string& en) {
    const bool is_document = entry.kind == Entry::Kind::document;
    const std::string what_zh =
        is_document ? "单证 " + text(entry.told.at("key")) + "（" + entry.name + "）" : "报文 " + entry.name;
    const std::string what_en =
        is_document ? "document " + text(entry.told.at("key")) + " (" + entry.name + ")" : "message " + entry.name;
    verified_.faults.push_back(fault(std::move(code), file_, what_zh + "：" + zh + "。", what_en + ": " + en + "."));
  }

  std::string file_, index_file_;
  Verified verified_;
};

}  // namespace

Verified verify(const Directory& directory, const std::string& name) {
  Verified verified;
  const auto frames = directory.read(name);
  const auto index = directory.read_index(name);
  if (!frames) verified.faults = frames.faults();
  if (!index) verified.faults.insert(verified.faults.end(), index.faults().begin(), index.faults().end());
  if (!frames || !index) return verified;
  return Verification(directory, name).run(*frames, *index);
}

}  // namespace gateway::archive

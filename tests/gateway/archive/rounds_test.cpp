// Documents on their way to the archive and back, on real files and on both kinds of ledger: whatever dies when, each
// is in the ledger or in one file, and a file that is not as it was written is never believed.
#include <boost/json/parse.hpp>
#include <filesystem>
#include <gmock/gmock.h>
#include <map>

#include "base/digest.h"
#include "gateway/archive/care.h"
#include "gateway/archive/frames.h"
#include "gateway/archive/restoring.h"
#include "gateway/archive/round.h"
#include "gateway/archive/verifying.h"
#include "tests/contracts/ledger_kinds.h"
#include "tests/contracts/ledger_suite.cpp"
#include "tests/support/manual_clock.h"
#include "tests/support/paths.h"

namespace tests {
namespace {

using namespace gateway::archive;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
namespace fs = std::filesystem;

constexpr std::chrono::hours day{24};

class Rounds : public LedgerSuite {
 protected:
  Rounds() {
    settings_.archive.emplace();
    settings_.archive->directory = folder();
    clock_.advance(200 * day);
  }

  fs::path folder() const { return scratch_.path() / "archive"; }
  Directory directory() const { return Directory(settings_.archive->directory); }
  More run() {
    const Directory directory = this->directory();
    return Round(settings_, directory, ledger(), clock_).run();
  }
  std::vector<std::string> settled_documents(const std::vector<std::string>& numbers) {
    std::vector<std::string> ids;
    for (const std::string& number : numbers) ids.push_back(accept(number).id);
    seal("M-" + numbers.front(), ids);
    deliver("M-" + numbers.front(), sent);
    for (const std::string& id : ids) receive(id, "2", {settled, "2", "lodged", ""});
    accept("newest after " + numbers.back());
    return ids;
  }
  // What a gateway has written that died before it told the ledger.
  std::string written_and_died(const std::vector<std::string>& ids) {
    const Directory directory = this->directory();
    EXPECT_TRUE(directory.prepare());
    Draft draft;
    for (const auto& document : ledger().finished_documents(retention(), {}, 100).documents) {
      if (std::ranges::find(ids, document.id) == ids.end()) continue;
      for (const auto& guid : document.messages) {
        if (!draft.has_message(guid)) draft.add(*ledger().kept_message(guid));
      }
      draft.add(document);
    }
    directory.store("cebgate-died", draft.frames(), written(draft.index(clock_.now())));
    return "cebgate-died";
  }
  Retention retention() const { return {clock_.now() - 180 * day, {}, clock_.now()}; }
  std::string only_file() const {
    const auto names = directory().names();
    EXPECT_THAT(names, SizeIs(1));
    return names.empty() ? "" : names.front();
  }
  bool is_archived(const std::string& id) { return !ledger().newest_by_id(id) && ledger().archived(id).size() == 1; }
  base::Done bring_back(const std::string& id) {
    const Directory directory = this->directory();
    return Restoring(directory, ledger(), clock_).bring_back(ledger().archived(id).at(0), "operator", "asked for");
  }

  ScratchDirectory scratch_;
  config::Settings settings_;
  ManualClock clock_{at(0)};
};

std::string codes(const base::Faults& faults) {
  std::string all;
  for (const auto& fault : faults) all += fault.code + " ";
  return all;
}

TEST_P(Rounds, settled_documents_go_to_a_file_that_is_for_its_owner_alone_and_verifies) {
  const auto ids = settled_documents({"A1", "A2"});
  EXPECT_EQ(run(), More::later);
  for (const auto& id : ids) EXPECT_TRUE(is_archived(id));
  const auto files = ledger().archive_files();
  ASSERT_THAT(files, SizeIs(1));
  EXPECT_EQ(files[0].name, only_file());
  EXPECT_EQ(files[0].documents, 2);
  EXPECT_TRUE(files[0].is_whole);
  const auto verified = verify(directory(), only_file());
  EXPECT_EQ(codes(verified.faults), "");
  EXPECT_EQ(verified.documents, 2U);
  EXPECT_EQ(verified.messages, 1U) << "of both documents, kept once";
  using fs::perms;
  EXPECT_EQ(fs::status(folder()).permissions(), perms::owner_all);
  for (const auto& entry : fs::directory_iterator(folder())) {
    EXPECT_EQ(entry.status().permissions(), perms::owner_read | perms::owner_write) << entry.path();
  }
}

TEST_P(Rounds, frames_one_after_the_other_are_lines_that_tell_everything) {
  const auto ids = settled_documents({"A1"});
  run();
  const auto index = directory().read_index(only_file());
  ASSERT_TRUE(index);
  ASSERT_THAT(index->entries, SizeIs(2));
  EXPECT_EQ(index->entries[0].kind, Entry::Kind::message);
  EXPECT_EQ(index->entries[1].place.offset, index->entries[0].place.length);
  const auto line = directory().read_line(only_file(), index->entries[1].place);
  ASSERT_TRUE(line);
  const auto document = boost::json::parse(*line);
  const auto& version = document.at("versions").at(0);
  EXPECT_EQ(version.at("key"), "CEB311Message/4601960001/A1");
  EXPECT_EQ(version.at("body"), R"({"OrderHead":{"orderNo":"A1"}})");
  EXPECT_EQ(version.at("receipts").at(0).at("status"), "2");
  EXPECT_EQ(document.at("inbound").at(0).at("bytes").as_string(), "[" + ids[0] + "2]");
  EXPECT_EQ(index->entries[1].told.at("state"), "settled");
}

TEST_P(Rounds, what_is_too_young_stays) {
  const auto ids = settled_documents({"A1"});
  settings_.archive->after = 201 * day;
  run();
  EXPECT_TRUE(ledger().newest_by_id(ids[0]));
  EXPECT_THAT(directory().names(), IsEmpty());
  settings_.archive->after.reset();
  run();
  EXPECT_TRUE(ledger().newest_by_id(ids[0])) << "switched off";
}

TEST_P(Rounds, a_file_that_the_ledger_does_not_know_yet_is_taken_up) {
  const auto ids = settled_documents({"A1", "A2"});
  const std::string name = written_and_died(ids);
  reopen();
  run();
  EXPECT_EQ(only_file(), name) << "and no second one is written";
  for (const auto& id : ids) EXPECT_TRUE(is_archived(id));
  EXPECT_TRUE(ledger().archive_files().at(0).is_whole);
}

TEST_P(Rounds, a_file_of_which_some_documents_have_left_is_taken_up) {
  const auto ids = settled_documents({"A1", "A2"});
  const std::string name = written_and_died(ids);
  const auto index = directory().read_index(name);
  const Entry* first = nullptr;
  for (const Entry& entry : index->entries) first = entry.name == ids[0] ? &entry : first;
  ASSERT_TRUE(first);
  const gateway::ledger::WrittenDocument one{first->name, first->mark, first->place};
  ASSERT_EQ(ledger().take_out({name, index->file_digest, clock_.now(), at(6), 0, false}, {&one, 1}, retention()), 1U);
  reopen();
  run();
  EXPECT_EQ(only_file(), name);
  for (const auto& id : ids) EXPECT_TRUE(is_archived(id));
  EXPECT_EQ(ledger().archive_files().at(0).documents, 2);
}

TEST_P(Rounds, a_document_that_changed_after_it_was_written_stays_where_it_is) {
  const auto ids = settled_documents({"A1", "A2"});
  written_and_died(ids);
  ASSERT_TRUE(ledger().move(move_to(ids[0], held), clock_.now()));
  run();
  EXPECT_TRUE(ledger().newest_by_id(ids[0]));
  EXPECT_TRUE(is_archived(ids[1]));
}

TEST_P(Rounds, the_file_of_another_ledger_is_left_alone) {
  settled_documents({"A1"});
  run();
  const std::string name = only_file();
  fs::copy(directory().file(name), directory().file("cebgate-other"));
  fs::copy(directory().index(name), directory().index("cebgate-other"));
  run();
  EXPECT_TRUE(fs::exists(directory().file("cebgate-other")));
  EXPECT_THAT(ledger().archive_files(), SizeIs(1));
}

TEST_P(Rounds, a_file_that_is_damaged_takes_nothing_out_of_the_ledger) {
  const auto ids = settled_documents({"A1"});
  const std::string name = written_and_died(ids);
  std::string bytes = read_file(directory().file(name));
  bytes[bytes.size() / 2] ^= 1;
  write_file(directory().file(name), bytes);
  run();
  EXPECT_TRUE(is_archived(ids[0])) << "in a file of its own";
  EXPECT_THAT(directory().names(), SizeIs(2));
  EXPECT_NE(ledger().archived(ids[0]).at(0).file, name);
}

TEST_P(Rounds, what_was_not_finished_is_thrown_away) {
  settled_documents({"A1"});
  ASSERT_TRUE(directory().prepare());
  write_file(folder() / "cebgate-x.jsonl.zst.unfinished", "half");
  write_file(folder() / "cebgate-x.index.jsonl", "whole");
  run();
  EXPECT_FALSE(fs::exists(folder() / "cebgate-x.jsonl.zst.unfinished"));
  EXPECT_FALSE(fs::exists(folder() / "cebgate-x.index.jsonl"));
  only_file();
}

TEST_P(Rounds, a_document_comes_back_with_its_message_and_what_waited_for_it_is_matched_anew) {
  const auto ids = settled_documents({"A1", "A2"});
  run();
  store("late");
  ledger().set_inbound("late", InboundState::unmatched, "archived", {});
  ASSERT_TRUE(bring_back(ids[0]));
  EXPECT_EQ(standing(ids[0]).summary.picture, (Picture{settled, "2", "lodged", ""}));
  EXPECT_EQ(ledger().message_of(ids[0], {})->signed_xml, "<signed/>");
  EXPECT_THAT(ledger().fresh_inbound(10), SizeIs(1));
  EXPECT_TRUE(is_archived(ids[1]));
  run();
  EXPECT_TRUE(ledger().newest_by_id(ids[0])) << "it has just come back";
  clock_.advance(181 * day);
  run();
  EXPECT_TRUE(is_archived(ids[0])) << "and goes again in its time";
  EXPECT_THAT(directory().names(), SizeIs(2));
  for (const auto& name : directory().names()) EXPECT_EQ(codes(verify(directory(), name).faults), "");
}

TEST_P(Rounds, every_changed_byte_is_found) {
  settled_documents({"A1", "A2"});
  run();
  const std::string name = only_file();
  for (const fs::path& file : {directory().file(name), directory().index(name)}) {
    const std::string good = read_file(file);
    for (std::size_t at = 0; at < good.size(); at += 7) {
      std::string bad = good;
      bad[at] ^= 4;
      write_file(file, bad);
      EXPECT_THAT(verify(directory(), name).faults, testing::Not(IsEmpty())) << file << " at " << at;
    }
    for (const std::string& bad :
         {good.substr(0, good.size() / 2), good.substr(0, good.size() - 1), std::string(), good + good}) {
      write_file(file, bad);
      EXPECT_THAT(verify(directory(), name).faults, testing::Not(IsEmpty())) << file;
    }
    write_file(file, good);
    EXPECT_THAT(verify(directory(), name).faults, IsEmpty());
  }
  fs::remove(directory().index(name));
  EXPECT_THAT(codes(verify(directory(), name).faults), HasSubstr("archive.missing"));
}

TEST_P(Rounds, a_history_that_was_rewritten_with_all_its_digests_breaks_the_chain) {
  settled_documents({"A1"});
  run();
  const std::string name = only_file();
  const auto index = directory().read_index(name);
  Index forged = *index;
  forged.entries.clear();
  std::string frames;
  for (const Entry& entry : index->entries) {
    std::string line = *directory().read_line(name, entry.place);
    if (const auto by = line.find(R"("by":"dispatch")"); by != std::string::npos)
      line.replace(by, 15, R"("by":"somebody")");
    const std::string frame = frame_of(line);
    forged.entries.push_back(*entry_of(line, {static_cast<std::int64_t>(frames.size()),
                                              static_cast<std::int64_t>(frame.size()), base::sha256_hex(frame)}));
    frames += frame;
  }
  forged.file_digest = base::sha256_hex(frames);
  forged.file_bytes = static_cast<std::int64_t>(frames.size());
  write_file(directory().file(name), frames);
  write_file(directory().index(name), written(forged));
  EXPECT_EQ(codes(verify(directory(), name).faults), "archive.chain ");
}

TEST_P(Rounds, nothing_comes_back_from_a_damaged_or_missing_file) {
  const auto ids = settled_documents({"A1"});
  run();
  const std::string name = only_file(), good = read_file(directory().file(name));
  std::string bad = good;
  bad[bad.size() - 5] ^= 1;
  write_file(directory().file(name), bad);
  EXPECT_EQ(codes(bring_back(ids[0]).faults()), "archive.damaged ");
  fs::remove(directory().file(name));
  EXPECT_EQ(codes(bring_back(ids[0]).faults()), "archive.missing ");
  EXPECT_TRUE(is_archived(ids[0]));
  write_file(directory().file(name), good);
  EXPECT_TRUE(bring_back(ids[0]));
}

TEST_P(Rounds, a_file_goes_when_everything_in_it_is_past_its_time) {
  const auto ids = settled_documents({"A1"});
  run();
  const std::string name = only_file();
  clock_.advance(settings_.archive->keep - 200 * day);
  run();
  EXPECT_EQ(only_file(), name);
  clock_.advance(day);
  run();
  EXPECT_THAT(directory().names(), IsEmpty());
  EXPECT_THAT(ledger().archive_files(), IsEmpty());
  EXPECT_THAT(ledger().archived(ids[0]), IsEmpty());
}

TEST_P(Rounds, a_file_that_was_removed_before_the_ledger_forgot_it_is_forgotten) {
  settled_documents({"A1"});
  run();
  directory().remove(only_file());
  run();
  EXPECT_THAT(ledger().archive_files(), SizeIs(1)) << "it is not past its time";
  clock_.advance(settings_.archive->keep);
  run();
  EXPECT_THAT(ledger().archive_files(), IsEmpty());
}

TEST_P(Rounds, a_directory_that_cannot_be_written_is_said_and_nothing_is_lost) {
  const auto ids = settled_documents({"A1"});
  write_file(scratch_.path() / "file", "");
  settings_.archive->directory = scratch_.path() / "file" / "archive";
  EXPECT_THAT(codes(care(*settings_.archive)), "archive.directory ");
  EXPECT_ANY_THROW(run());
  EXPECT_TRUE(ledger().newest_by_id(ids[0]));
  settings_.archive->directory = folder();
  EXPECT_EQ(codes(care(*settings_.archive)), "");
  run();
  EXPECT_TRUE(is_archived(ids[0]));
}

TEST_P(Rounds, a_time_that_is_shorter_than_three_years_is_said) {
  settings_.archive->keep = 1000 * day;
  const auto faults = care(*settings_.archive);
  EXPECT_EQ(codes(faults), "archive.keep ");
  EXPECT_FALSE(base::has_error(faults));
}

TEST_P(Rounds, a_file_holds_so_many_documents_and_the_rest_go_into_the_next) {
  std::vector<gateway::ledger::NewVersion> versions;
  for (std::size_t i = 0; i <= most_documents; ++i) versions.push_back(new_version("A" + std::to_string(i)));
  const auto summaries = ledger().accept(versions, std::nullopt, at(0));
  std::vector<Ledger::Applied> receipts;
  for (const auto& summary : *summaries) {
    store("r-" + summary.id);
    receipts.push_back({"r-" + summary.id, {"2", "", "", at(5), at(6), "settled"}, {}, move_to(summary.id, settled)});
  }
  ledger().apply_receipts(receipts);
  accept("the newest");
  EXPECT_EQ(run(), More::at_once);
  EXPECT_EQ(ledger().archive_files().at(0).documents, static_cast<std::int64_t>(most_documents));
  run();
  EXPECT_EQ(ledger().archive_files().at(1).documents, 1);
}

TEST(Frames, what_is_no_frame_is_refused) {
  EXPECT_EQ(*line_in(frame_of("line")), "line");
  EXPECT_FALSE(line_in("no frame"));
  EXPECT_FALSE(line_in(""));
  EXPECT_FALSE(line_in(frame_of("line").substr(1)));
  EXPECT_FALSE(line_in(frame_of("line") + "more"));
}

INSTANTIATE_TEST_SUITE_P(Kinds, Rounds, testing::ValuesIn(ledger_kinds()), name_of_kind);

}  // namespace
}  // namespace tests

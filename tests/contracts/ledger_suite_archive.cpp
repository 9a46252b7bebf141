// What every ledger promises of documents that leave it for the archive: only what has come to its end and is at rest,
// whole or not at all; it is still known, and comes back as it was.
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include "tests/contracts/ledger_suite.h"

namespace tests {

using namespace gateway::ledger;  // the suite speaks the ledger's own words
using enum gateway::lifecycle::State;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

Retention older_than(int second) { return {at(second), {}, at(second + 1000)}; }

ArchiveFile file_named(const std::string& name) { return {name, "digest of " + name, at(100), at(6), 0, false}; }

WrittenDocument as_written(const LeavingDocument& document) { return {document.id, document.mark, {17, 4, "frame"}}; }

// As GET shows them: what has to come back the same.
std::string told(const WholeDocument& whole) {
  std::string text = whole.summary.key + " " + whole.guid + " " + whole.app_type + " " + whole.body;
  for (const MoveRow& move : whole.timeline) {
    text += "\n" + std::to_string(move.cursor) + " " + std::string(word(move.to)) + " " + move.by + " " + move.evidence;
  }
  for (const DeliveryRow& delivery : whole.deliveries) {
    text += "\n" + std::string(word(delivery.outcome)) + " " + delivery.answer;
  }
  for (const ReceiptRow& receipt : whole.receipts) text += "\n" + receipt.status + " " + receipt.return_info;
  for (const Summary& version : whole.versions) text += "\n" + std::to_string(version.version);
  return text;
}

}  // namespace

class ArchiveSuite : public LedgerSuite {
 protected:
  // Sealed with others, sent and settled.
  std::vector<std::string> settled_documents(const std::vector<std::string>& numbers) {
    std::vector<std::string> ids;
    for (const std::string& number : numbers) ids.push_back(accept(number).id);
    seal("M-" + numbers.front(), ids);
    deliver("M-" + numbers.front(), sent);
    for (const std::string& id : ids) receive(id, "2", {settled, "2", "lodged", ""}, {{"preNo", "B-" + id}});
    accept("newest of the feed");
    return ids;
  }
  std::vector<std::string> finished(const Retention& retention) {
    std::vector<std::string> ids;
    for (const auto& document : ledger().finished_documents(retention, {}, 100).documents) ids.push_back(document.id);
    return ids;
  }
  LeavingDocument kept(const std::string& id) {
    for (auto& document : ledger().finished_documents(older_than(50), {}, 100).documents) {
      if (document.id == id) return std::move(document);
    }
    throw std::logic_error("it may not leave: " + id);
  }
  std::size_t archive(const LeavingDocument& document, const std::string& file = "F1") {
    const WrittenDocument written = as_written(document);
    return ledger().take_out(file_named(file), {&written, 1}, older_than(50));
  }
  bool restore(const LeavingDocument& document, const std::vector<std::string>& messages) {
    return ledger().restore({document.id, document.line, messages, "operator", "asked for", at(500)});
  }
};

TEST_P(ArchiveSuite, a_settled_document_may_leave_once_nothing_has_happened_to_it_for_long_enough) {
  const auto ids = settled_documents({"A1"});
  EXPECT_THAT(finished(older_than(6)), IsEmpty()) << "its last change was at that moment";
  EXPECT_THAT(finished(older_than(7)), ElementsAre(ids[0]));
  reopen();
  EXPECT_THAT(finished(older_than(7)), ElementsAre(ids[0]));
}

TEST_P(ArchiveSuite, what_is_not_settled_stays_whatever_its_age) {
  for (const auto state : {accepted, sent, held, refused, withdrawn}) {
    const std::string id = accept("A-" + std::string(word(state))).id;
    if (state != accepted) ledger().move(move_to(id, state), at(3));
    EXPECT_EQ(standing(id).summary.picture.state, state);
  }
  accept("newest of the feed");
  EXPECT_THAT(finished(older_than(1'000'000)), IsEmpty());
}

TEST_P(ArchiveSuite, a_key_stays_while_one_of_its_versions_is_not_finished) {
  const auto ids = settled_documents({"A1"});
  accept(new_version("A1", 2));
  accept("the newest");
  EXPECT_THAT(finished(older_than(50)), IsEmpty());
  ASSERT_TRUE(ledger().move(move_to(ids[0], settled), at(4)));
  accept("the newest still");
  EXPECT_THAT(finished(older_than(50)), ElementsAre(ids[0]));
}

TEST_P(ArchiveSuite, what_is_still_to_be_told_or_to_be_replayed_stays) {
  ledger().begin_notices("erp");
  const auto ids = settled_documents({"A1", "A2"});
  Retention retention = older_than(50);
  retention.told_clients = {"erp"};
  EXPECT_THAT(finished(retention), IsEmpty()) << "no notice was made of its changes yet";
  while (ledger().make_notices("erp", {}, 100, at(7)) > 0) continue;
  EXPECT_THAT(finished(retention), IsEmpty()) << "its notices wait";
  for (auto due = ledger().due_notices("erp", at(8), 100); !due.empty();
       due = ledger().due_notices("erp", at(8), 100)) {
    for (const Notice& notice : due) {
      ASSERT_TRUE(ledger().finish_notice({notice.number, notice.revision, NoticeState::heard, {}, "200"}, at(8)));
    }
  }
  EXPECT_THAT(finished(retention), SizeIs(2));
  Replay preview;
  preview.by = "operator";
  const auto replay = ledger().keep_preview(preview, at(1000));
  const ReplayDocument wanted{1, {ids[0], 1}, standing(ids[0]).revision};
  ledger().add_to_preview(*replay, {&wanted, 1});
  EXPECT_THAT(finished(retention), ElementsAre(ids[1]));
  retention.now = at(1000) + ReplaysBook::preview_lasts + std::chrono::seconds(1);
  EXPECT_THAT(finished(retention), SizeIs(2)) << "the preview has lapsed";
}

TEST_P(ArchiveSuite, a_look_goes_on_where_the_one_before_ended) {
  const auto ids = settled_documents({"A1", "A2", "A3"});
  const Harvest first = ledger().finished_documents(older_than(50), {}, 2);
  EXPECT_THAT(first.documents, SizeIs(2));
  const Harvest second = ledger().finished_documents(older_than(50), first.next, 2);
  ASSERT_THAT(second.documents, SizeIs(1));
  EXPECT_EQ(second.documents[0].id, ids[2]);
  EXPECT_EQ(second.next, "");
}

TEST_P(ArchiveSuite, what_has_left_is_counted_and_known_no_more_but_as_archived) {
  const auto ids = settled_documents({"A1", "A2"});
  const LeavingDocument document = kept(ids[0]);
  ASSERT_EQ(archive(document), 1U);
  reopen();
  EXPECT_FALSE(ledger().newest_by_id(ids[0]));
  EXPECT_FALSE(ledger().document(ids[0], {}));
  EXPECT_EQ(ledger().backlog().by_state.at(settled), 1U);
  EXPECT_EQ(ledger().backlog().inbound.at(InboundState::applied), 1U);
  EXPECT_FALSE(ledger().inbound_record(ids[0] + "2"));
  EXPECT_TRUE(ledger().sent_message("M-A1", dxp_id)) << "the other document is still in it";
  const auto keys = keys_of({"A0", "A1", "A2"});
  const auto archived = ledger().archived_keys(keys);
  ASSERT_THAT(archived, SizeIs(1));
  EXPECT_EQ(archived[0].summary.id, ids[0]);
  EXPECT_EQ(archived[0].summary.picture, (Picture{settled, "2", "lodged", ""}));
  EXPECT_EQ(archived[0].file, "F1");
  EXPECT_EQ(archived[0].place.offset, 17);
  for (const std::string& name : {ids[0], keys[1], std::string("A1")}) {
    EXPECT_THAT(ledger().archived(name), SizeIs(1)) << name;
  }
  EXPECT_THAT(ledger().archived(ids[1]), IsEmpty());
}

TEST_P(ArchiveSuite, a_message_leaves_with_the_last_of_its_documents) {
  const auto ids = settled_documents({"A1", "A2"});
  const LeavingDocument first = kept(ids[0]), second = kept(ids[1]);
  EXPECT_THAT(first.messages, ElementsAre("M-A1"));
  ASSERT_EQ(archive(first), 1U);
  EXPECT_TRUE(ledger().kept_message("M-A1"));
  ASSERT_EQ(archive(second), 1U);
  EXPECT_FALSE(ledger().kept_message("M-A1"));
}

TEST_P(ArchiveSuite, a_document_that_has_changed_since_it_was_written_stays) {
  const auto ids = settled_documents({"A1"});
  const LeavingDocument document = kept(ids[0]);
  ASSERT_TRUE(receive(ids[0], "120", {settled, "120", "lodged", ""}));
  EXPECT_EQ(archive(document), 0U);
  EXPECT_TRUE(ledger().newest_by_id(ids[0]));
  EXPECT_THAT(ledger().archive_files(), IsEmpty()) << "a file that took nothing is not named";
}

TEST_P(ArchiveSuite, nothing_leaves_twice) {
  const auto ids = settled_documents({"A1"});
  const LeavingDocument document = kept(ids[0]);
  ASSERT_EQ(archive(document, "F1"), 1U);
  EXPECT_EQ(archive(document, "F2"), 0U);
  const auto files = ledger().archive_files();
  ASSERT_THAT(files, SizeIs(1));
  EXPECT_EQ(files[0].name, "F1");
  EXPECT_EQ(files[0].documents, 1);
  EXPECT_FALSE(files[0].is_whole);
  ledger().finish_file("F1");
  EXPECT_TRUE(ledger().archive_files()[0].is_whole);
}

TEST_P(ArchiveSuite, an_archived_key_is_not_accepted_as_a_new_one) {
  const auto ids = settled_documents({"A1"});
  ASSERT_EQ(archive(kept(ids[0])), 1U);
  const NewVersion again = new_version("A1");
  EXPECT_FALSE(ledger().accept({&again, 1}, std::nullopt, at(200)));
  ledger().drop_file("F1");
  EXPECT_TRUE(ledger().accept({&again, 1}, std::nullopt, at(200))) << "nobody knows of it any more";
}

TEST_P(ArchiveSuite, a_late_receipt_finds_what_it_belongs_to_by_guid_number_or_key) {
  const auto ids = settled_documents({"A1"});
  Traces traces{{"GUID-A1-1"}, {}, "CEB311Message", {}, dxp_id};
  EXPECT_FALSE(ledger().archived_by(traces));
  ASSERT_EQ(archive(kept(ids[0])), 1U);
  ASSERT_TRUE(ledger().archived_by(traces));
  EXPECT_EQ(ledger().archived_by(traces)->summary.id, ids[0]);
  traces.dxp_id = "DXPENT0000000002";
  EXPECT_FALSE(ledger().archived_by(traces));
  EXPECT_TRUE(ledger().archived_by({{"M-A1"}, {}, {}, {}, dxp_id})) << "by the message's guid";
  EXPECT_TRUE(ledger().archived_by({{}, {{"preNo", "B-" + ids[0]}}, "CEB311Message", {}, dxp_id}));
  EXPECT_TRUE(ledger().archived_by({{}, {}, "CEB311Message", {std::nullopt, "A1"}, dxp_id}));
  EXPECT_FALSE(ledger().archived_by({{}, {}, "CEB311Message", {"4601960002", "A1"}, dxp_id}));
  EXPECT_FALSE(ledger().archived_by({{}, {}, "CEB311Message", {"4601960001", std::nullopt}, dxp_id}));
}

TEST_P(ArchiveSuite, a_document_comes_back_as_it_was) {
  const auto ids = settled_documents({"A1", "A2"});
  accept(new_version("A1", 2));
  ASSERT_TRUE(ledger().move(move_to(ids[0], settled), at(5)));
  accept("the newest");
  const auto feed_before = ledger().changes(0, {}, 1000).size();
  const std::string before_1 = told(*ledger().document(ids[0], 1)), before_2 = told(*ledger().document(ids[0], 2));
  const LeavingDocument document = kept(ids[0]), other = kept(ids[1]);
  const auto message = ledger().kept_message("M-A1");
  ASSERT_EQ(archive(document), 1U);
  ASSERT_EQ(archive(other), 1U);
  reopen();
  ASSERT_TRUE(restore(document, {message->line}));
  EXPECT_FALSE(restore(document, {message->line})) << "it is here";
  ASSERT_TRUE(restore(other, {message->line}));
  EXPECT_EQ(told(*ledger().document(ids[0], 1)), before_1);
  EXPECT_EQ(told(*ledger().document(ids[0], 2)), before_2);
  EXPECT_EQ(ledger().changes(0, {}, 1000).size(), feed_before) << "nothing is told anew";
  EXPECT_EQ(standing(ids[0]).summary.version, 2);
  EXPECT_EQ(standing(ids[1]).learnt.at("preNo"), "B-" + ids[1]);
  EXPECT_EQ(ledger().message_of(ids[0], 1)->signed_xml, "<signed/>");
  EXPECT_EQ(ledger().message_of(ids[0], 1)->envelope, "{envelope}");
  EXPECT_EQ(ledger().backlog().by_state.at(settled), 2U);
  EXPECT_EQ(ledger().inbound_record(ids[0] + "2")->state, InboundState::applied);
  EXPECT_THAT(ledger().archived(ids[0]), IsEmpty());
  EXPECT_EQ(ledger().archive_files()[0].documents, 0);
}

TEST_P(ArchiveSuite, what_came_back_goes_on_and_stays_for_its_time) {
  const auto ids = settled_documents({"A1"});
  const LeavingDocument document = kept(ids[0]);
  const auto message = ledger().kept_message("M-A1");
  ASSERT_EQ(archive(document), 1U);
  ASSERT_TRUE(restore(document, {message->line}));
  EXPECT_THAT(finished(older_than(500)), IsEmpty()) << "its age counts from the return";
  EXPECT_THAT(finished(older_than(501)), ElementsAre(ids[0]));
  ASSERT_TRUE(receive(ids[0], "120", {settled, "120", "lodged", ""}));
  EXPECT_EQ(ledger().document(ids[0], {})->receipts.size(), 2U);
  accept(new_version("A1", 2));
  EXPECT_EQ(standing(ids[0]).summary.version, 2);
}

TEST_P(ArchiveSuite, a_record_that_came_again_meanwhile_is_not_applied_twice) {
  const auto ids = settled_documents({"A1"});
  const LeavingDocument document = kept(ids[0]);
  const auto message = ledger().kept_message("M-A1");
  ASSERT_EQ(archive(document), 1U);
  store(ids[0] + "2");
  ledger().set_inbound(ids[0] + "2", InboundState::unmatched, "archived in F1", {});
  ASSERT_TRUE(restore(document, {message->line}));
  EXPECT_EQ(ledger().retry_unmatched(), 0U);
  EXPECT_EQ(ledger().inbound_record(ids[0] + "2")->state, InboundState::applied);
  EXPECT_THAT(ledger().fresh_inbound(10), IsEmpty());
}

TEST_P(ArchiveSuite, bytes_that_are_no_text_come_back_too) {
  const std::string id = accept("A1").id;
  const std::string bytes = std::string("\xff\x00\xfe", 3) + "x";
  const InboundRecord record{"d1", port, "/ceb312msg", dxp_id, bytes, at(4)};
  ledger().store_inbound({&record, 1}, orders, at(4));
  ASSERT_TRUE(ledger().apply_receipt({"d1", {"2", "", "", at(5), at(6), "settled"}, {}, move_to(id, settled)}));
  accept("the newest");
  const LeavingDocument document = kept(id);
  ASSERT_EQ(archive(document), 1U);
  ASSERT_TRUE(restore(document, {}));
  EXPECT_EQ(ledger().inbound_record("d1")->record.bytes, bytes);
}

TEST_P(ArchiveSuite, a_line_that_was_tampered_with_restores_nothing) {
  const auto ids = settled_documents({"A1"});
  LeavingDocument document = kept(ids[0]);
  ASSERT_EQ(archive(document), 1U);
  EXPECT_ANY_THROW(restore(document, {})) << "its message is missing";
  document.line = R"({"versions":[]})";
  EXPECT_ANY_THROW(restore(document, {}));
  EXPECT_FALSE(ledger().newest_by_id(ids[0]));
  EXPECT_THAT(ledger().archived(ids[0]), SizeIs(1));
}

TEST_P(ArchiveSuite, old_records_that_belong_to_nothing_here_are_dropped_a_few_at_a_time) {
  const auto ids = settled_documents({"A1"});
  for (const std::string digest : {"f1", "f2", "u1"}) store(digest);
  const Number number{"preNo", "B-elsewhere"};
  ledger().set_inbound("f1", InboundState::foreign, "another system's", {&number, 1});
  ledger().set_inbound("f2", InboundState::applied, "", {});
  ledger().set_inbound("u1", InboundState::unmatched, "nothing fits", {});
  EXPECT_EQ(ledger().sweep_inbound(at(4), 0, 10).dropped, 0U) << "not older than that";
  const Sweep first = ledger().sweep_inbound(at(5), 0, 2);
  EXPECT_EQ(first.dropped, 1U);
  EXPECT_NE(first.next, 0);
  const Sweep second = ledger().sweep_inbound(at(5), first.next, 10);
  EXPECT_EQ(second.dropped, 1U);
  EXPECT_EQ(second.next, 0);
  EXPECT_TRUE(ledger().inbound_record("u1")) << "it waits for a person";
  EXPECT_TRUE(ledger().inbound_record(ids[0] + "2")) << "its document is here";
  EXPECT_FALSE(ledger().is_foreign_number(number, dxp_id));
}

}  // namespace tests

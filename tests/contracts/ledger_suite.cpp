#include "tests/contracts/ledger_suite.h"

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

namespace tests {

using namespace gateway::ledger;  // the suite speaks the ledger's own words
using enum gateway::lifecycle::State;

namespace {

const std::string port = "hainan";
const std::string dxp_id = "DXPENT0000000001";
const WindowKey orders{port, "/ceb312msg", dxp_id};

std::vector<std::string> numbers_of(const Page& page) {
  std::vector<std::string> numbers;
  for (const Summary& summary : page.documents) numbers.push_back(summary.number);
  return numbers;
}

std::vector<std::string> keys_of(const std::vector<std::string>& numbers) {
  std::vector<std::string> keys;
  for (const std::string& number : numbers) keys.push_back(new_version(number).key);
  return keys;
}

}  // namespace

base::Time at(int second) { return base::Time(std::chrono::seconds(1'700'000'000 + second)); }

NewVersion new_version(const std::string& number, int version) {
  NewVersion made;
  made.type = "CEB311Message";
  made.key = "CEB311Message/4601960001/" + number;
  made.number = number;
  made.enterprise = "4601960001";
  made.port = port;
  made.dxp_id = dxp_id;
  made.version = version;
  made.guid = "GUID-" + number + "-" + std::to_string(version);
  made.app_type = "1";
  made.app_status = "2";
  made.app_time = "20260131093000";
  made.content_digest = "digest-" + number;
  made.body = R"({"OrderHead":{"orderNo":")" + number + R"("}})";
  made.numbers = {{"orderNo", number}};
  made.by = "erp";
  return made;
}

void LedgerSuite::reopen() {
  ledger_.reset();
  ledger_ = store_->open();
}

Summary LedgerSuite::accept(const NewVersion& version) {
  const auto summaries = ledger().accept(std::span(&version, 1), std::nullopt, at(0));
  if (!summaries) throw std::logic_error("not accepted: " + version.key);
  return summaries->front();
}

Summary LedgerSuite::accept(const std::string& number) { return accept(new_version(number)); }

Standing LedgerSuite::standing(const std::string& id) { return ledger().newest_by_id(id).value(); }

Move LedgerSuite::move_to(const std::string& id, State state) {
  const Standing now = standing(id);
  Move move{{id, now.summary.version}, now.revision, now.summary.picture.state, now.summary.picture, {}, "operator"};
  move.to.state = state;
  return move;
}

void LedgerSuite::seal(const std::string& guid, const std::vector<std::string>& ids) {
  SealedMessage message{guid, "CEB311Message", "4601960001", port, "sm2-sm3", "<signed/>", "{envelope}", {}};
  std::vector<Move> moves;
  for (const std::string& id : ids) {
    moves.push_back(move_to(id, sealed));
    message.documents.push_back(moves.back().ref);
  }
  ASSERT_TRUE(ledger().seal(message, moves, at(1)));
}

void LedgerSuite::deliver(const std::string& guid, State state, std::optional<base::Time> due) {
  const auto delivery = ledger().begin_delivery(guid, at(2));
  ASSERT_TRUE(delivery);
  ledger().finish_delivery(*delivery, DeliveryOutcome::confirmed, "OK", at(3), [&](const Standing& document) {
    Picture picture = document.summary.picture;
    picture.state = state;
    return std::optional(Ledger::Next{picture, due});
  });
}

void LedgerSuite::store(const std::string& digest, const std::string& sender) {
  const InboundRecord record{digest, port, "/ceb312msg", sender, "[" + digest + "]", at(4)};
  ledger().store_inbound(std::span(&record, 1), orders, at(4));
}

bool LedgerSuite::receive(const std::string& id, const std::string& status, Picture to, std::vector<Number> learnt) {
  const std::string digest = id + status;
  store(digest);
  Ledger::Applied applied{digest,
                          {status, "20231115061325000", "info " + status, at(5), at(6), "settled"},
                          std::move(learnt),
                          move_to(id, to.state)};
  applied.move.to = std::move(to);
  applied.move.by = "receipts";
  return ledger().apply_receipt(applied);
}

// ---- intake ----

TEST_P(LedgerSuite, what_was_accepted_is_there_after_reopening) {
  const Summary summary = accept("A1");
  reopen();
  const Standing found = standing(summary.id);
  EXPECT_EQ(found.summary.key, "CEB311Message/4601960001/A1");
  EXPECT_EQ(found.summary.number, "A1");
  EXPECT_EQ(found.summary.port, port);
  EXPECT_EQ(found.summary.picture, Picture{});
  EXPECT_EQ(found.summary.created_at, at(0));
  EXPECT_EQ(found.guid, "GUID-A1-1");
  EXPECT_EQ(found.app_time, "20260131093000");
  EXPECT_EQ(found.content_digest, "digest-A1");
  EXPECT_EQ(found.body, new_version("A1").body);
  EXPECT_EQ(found.dxp_id, dxp_id);
  EXPECT_EQ(found.deliveries_begun, 0);
}

TEST_P(LedgerSuite, newest_gives_a_place_for_each_key_asked_for) {
  accept("A1");
  accept("A3");
  const auto keys = keys_of({"A3", "A2", "A1"});
  const auto found = ledger().newest(keys);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0]->summary.number, "A3");
  EXPECT_FALSE(found[1]);
  EXPECT_EQ(found[2]->summary.number, "A1");
  EXPECT_FALSE(ledger().newest_by_id("unknown"));
}

TEST_P(LedgerSuite, ids_are_different_and_fit_into_an_address) {
  const std::string first = accept("A1").id;
  const std::string second = accept("A2").id;
  EXPECT_NE(first, second);
  EXPECT_EQ(first.find_first_not_of("0123456789abcdef-"), std::string::npos);
}

TEST_P(LedgerSuite, a_thousand_documents_are_accepted_in_one_call) {
  std::vector<NewVersion> versions;
  for (int i = 0; i < 1000; ++i) versions.push_back(new_version("N" + std::to_string(i)));
  const auto summaries = ledger().accept(versions, std::nullopt, at(0));
  ASSERT_TRUE(summaries);
  ASSERT_EQ(summaries->size(), 1000U);
  EXPECT_EQ(summaries->back().number, "N999");
  EXPECT_EQ(ledger().waiting(), 1000U);
}

TEST_P(LedgerSuite, accepting_is_all_or_nothing) {
  accept("A2");
  const std::vector<NewVersion> versions{new_version("A1"), new_version("A2"), new_version("A3")};
  EXPECT_FALSE(ledger().accept(versions, std::nullopt, at(0)));
  for (const auto& found : ledger().newest(keys_of({"A1", "A3"}))) EXPECT_FALSE(found);
  EXPECT_EQ(ledger().waiting(), 1U);
  EXPECT_EQ(ledger().changes(0, {}, 100).size(), 1U);
}

TEST_P(LedgerSuite, a_version_that_leaves_one_out_is_not_accepted) {
  const NewVersion third = new_version("A1", 3);
  EXPECT_FALSE(ledger().accept(std::span(&third, 1), std::nullopt, at(0)));
  accept("A1");
  EXPECT_FALSE(ledger().accept(std::span(&third, 1), std::nullopt, at(0)));
}

TEST_P(LedgerSuite, versions_share_the_id_and_each_stays_readable) {
  const Summary first = accept("A1");
  seal("M1", {first.id});
  deliver("M1", sent);
  ASSERT_TRUE(receive(first.id, "100", {refused, "100", "rejected", "100 no"}));
  const Summary second = accept(new_version("A1", 2));
  EXPECT_EQ(second.id, first.id);
  EXPECT_EQ(standing(first.id).summary.version, 2);
  EXPECT_EQ(ledger().document(first.id, {})->guid, "GUID-A1-2");
  const auto old = ledger().document(first.id, 1);
  ASSERT_TRUE(old);
  EXPECT_EQ(old->summary.picture.state, refused);
  EXPECT_EQ(old->receipts.size(), 1U);
  ASSERT_EQ(old->versions.size(), 2U);
  EXPECT_EQ(old->versions[1].version, 2);
  EXPECT_FALSE(ledger().document(first.id, 3));
  EXPECT_EQ(ledger().list({}).documents.size(), 1U);
}

TEST_P(LedgerSuite, a_receipt_for_an_older_version_leaves_the_newest_alone) {
  const Summary first = accept("A1");
  ASSERT_TRUE(ledger().move(move_to(first.id, withdrawn), at(1)));
  accept(new_version("A1", 2));
  const auto old = ledger().standing({first.id, 1});
  ASSERT_TRUE(old);
  store("late");
  Ledger::Applied applied{"late", {"2", "20231115061325000", "", at(5), at(6), "recorded"}, {}, {}};
  applied.move = {{first.id, 1}, old->revision, withdrawn, {withdrawn, "2", "lodged", ""}, {}, "receipts"};
  ASSERT_TRUE(ledger().apply_receipt(applied));
  EXPECT_EQ(ledger().document(first.id, 1)->summary.picture.stage, "2");
  EXPECT_EQ(standing(first.id).summary.picture, Picture{});
  EXPECT_EQ(ledger().changes(0, {}, 100).back().version, 1);
}

TEST_P(LedgerSuite, an_idempotent_answer_is_kept_with_the_documents) {
  const NewVersion version = new_version("A1");
  const Ledger::IdempotencyKey key{"erp", "k-1", "request", [](std::span<const Summary> summaries) {
                                     return Idempotent{"erp", "k-1", "request", 202, summaries[0].number};
                                   }};
  ASSERT_TRUE(ledger().accept(std::span(&version, 1), key, at(0)));
  reopen();
  const auto found = ledger().idempotent("erp", "k-1");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->answer, "A1");
  EXPECT_EQ(found->status, 202U);
  EXPECT_EQ(found->request_digest, "request");
  EXPECT_FALSE(ledger().idempotent("another", "k-1"));
}

TEST_P(LedgerSuite, a_key_that_was_answered_meanwhile_accepts_nothing) {
  const Ledger::IdempotencyKey key{"erp", "k-1", "request", [](std::span<const Summary>) {
                                     return Idempotent{"erp", "k-1", "request", 202, "first"};
                                   }};
  ASSERT_TRUE(ledger().accept({}, key, at(0)));
  const NewVersion version = new_version("A1");
  EXPECT_FALSE(ledger().accept(std::span(&version, 1), key, at(0)));
  EXPECT_EQ(ledger().waiting(), 0U);
}

TEST_P(LedgerSuite, an_idempotent_answer_is_forgotten_after_a_day) {
  const auto keep = [this](const std::string& name, base::Time now) {
    const Ledger::IdempotencyKey key{"erp", name, "request", [&name](std::span<const Summary>) {
                                       return Idempotent{"erp", name, "request", 202, ""};
                                     }};
    return ledger().accept({}, key, now).has_value();
  };
  ASSERT_TRUE(keep("old", at(0)));
  ASSERT_TRUE(keep("new", at(0) + std::chrono::hours(24)));
  EXPECT_TRUE(ledger().idempotent("erp", "old"));
  ASSERT_TRUE(keep("newer", at(1) + std::chrono::hours(24)));
  EXPECT_FALSE(ledger().idempotent("erp", "old"));
  EXPECT_TRUE(ledger().idempotent("erp", "new"));
}

TEST_P(LedgerSuite, an_exception_from_the_caller_leaves_nothing_behind) {
  const NewVersion version = new_version("A1");
  const Ledger::IdempotencyKey key{
      "erp", "k", "r", [](std::span<const Summary>) -> Idempotent { throw std::runtime_error("no answer"); }};
  EXPECT_THROW(ledger().accept(std::span(&version, 1), key, at(0)), std::runtime_error);
  EXPECT_EQ(ledger().waiting(), 0U);
  EXPECT_NO_THROW(accept("A1"));
}

// ---- dispatch ----

TEST_P(LedgerSuite, accepted_documents_are_due_at_once_oldest_first_and_only_for_their_port) {
  const NewVersion later = new_version("A2");
  ASSERT_TRUE(ledger().accept(std::span(&later, 1), std::nullopt, at(10)));
  accept("A1");
  NewVersion elsewhere = new_version("A3");
  elsewhere.port = "dxp";
  accept(elsewhere);
  const auto due = ledger().due_documents(port, at(10), 100);
  ASSERT_EQ(due.size(), 2U);
  EXPECT_EQ(due[0].key, new_version("A1").key);
  EXPECT_EQ(due[0].guid, "GUID-A1-1");
  EXPECT_EQ(due[0].revision, standing(due[0].ref.id).revision);
  EXPECT_EQ(ledger().due_documents(port, at(9), 100).size(), 1U);
  EXPECT_EQ(ledger().due_documents(port, at(10), 1).size(), 1U);
  EXPECT_EQ(ledger().next_due(), at(0));
}

TEST_P(LedgerSuite, a_sealed_message_keeps_its_exact_bytes_and_is_due) {
  const std::string id = accept("A1").id;
  const std::string bytes("<a>\0\xff</a>", 9);
  const Move move = move_to(id, sealed);
  ASSERT_TRUE(ledger().seal({"M1", "CEB311Message", "4601960001", port, "sm2-sm3", bytes, "env" + bytes, {move.ref}},
                            std::span(&move, 1), at(1)));
  reopen();
  EXPECT_TRUE(ledger().due_documents(port, at(9), 100).empty());
  const auto due = ledger().due_messages(port, at(1), 100);
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].guid, "M1");
  EXPECT_EQ(due[0].envelope, "env" + bytes);
  EXPECT_EQ(due[0].tries, 0);
  EXPECT_FALSE(due[0].first_try);
  ASSERT_EQ(due[0].documents.size(), 1U);
  EXPECT_EQ(due[0].documents[0], std::pair(DocumentRef(id, 1), sealed));
  const auto kept = ledger().message_of(id, {});
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->signed_xml, bytes);
  EXPECT_EQ(kept->dialect, "sm2-sm3");
}

TEST_P(LedgerSuite, sealing_writes_nothing_if_one_of_the_documents_has_moved) {
  const std::string first = accept("A1").id;
  const std::string second = accept("A2").id;
  const std::vector<Move> moves{move_to(first, sealed), move_to(second, sealed)};
  ASSERT_TRUE(ledger().move(move_to(second, held), at(1)));
  const SealedMessage message{"M1", "CEB311Message", "4601960001", port, "", "", "", {moves[0].ref, moves[1].ref}};
  EXPECT_FALSE(ledger().seal(message, moves, at(1)));
  EXPECT_EQ(standing(first).summary.picture.state, accepted);
  EXPECT_TRUE(ledger().due_messages(port, at(9), 100).empty());
  EXPECT_FALSE(ledger().message_of(first, {}));
}

TEST_P(LedgerSuite, a_delivery_is_counted_and_told) {
  const std::string id = accept("A1").id;
  seal("M1", {id});
  const auto delivery = ledger().begin_delivery("M1", at(2));
  ASSERT_TRUE(delivery);
  EXPECT_EQ(ledger().open_deliveries(), (std::vector<std::pair<std::int64_t, std::string>>{{*delivery, "M1"}}));
  EXPECT_TRUE(ledger().due_messages(port, at(9), 100).empty()) << "its bytes are leaving";
  EXPECT_FALSE(ledger().next_due());
  ledger().finish_delivery(*delivery, DeliveryOutcome::unreachable, "connection refused", at(3),
                           [](const Standing& now) {
                             EXPECT_EQ(now.deliveries_begun, 1);
                             EXPECT_EQ(now.summary.picture.state, sealed);
                             return std::optional(Ledger::Next{{deferred, "", "", ""}, at(8)});
                           });
  EXPECT_TRUE(ledger().open_deliveries().empty());
  EXPECT_EQ(ledger().next_due(), at(8));
  EXPECT_TRUE(ledger().due_messages(port, at(7), 100).empty());
  const auto due = ledger().due_messages(port, at(8), 100);
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].tries, 1);
  EXPECT_EQ(due[0].first_try, at(2));
  const auto whole = ledger().document(id, {});
  ASSERT_EQ(whole->deliveries.size(), 1U);
  EXPECT_EQ(whole->deliveries[0].outcome, DeliveryOutcome::unreachable);
  EXPECT_EQ(whole->deliveries[0].answer, "connection refused");
  EXPECT_EQ(whole->deliveries[0].at, at(2));
}

TEST_P(LedgerSuite, a_delivery_that_was_never_finished_is_found_after_reopening) {
  seal("M1", {accept("A1").id});
  const auto delivery = ledger().begin_delivery("M1", at(2));
  reopen();
  ASSERT_EQ(ledger().open_deliveries().size(), 1U);
  EXPECT_EQ(ledger().open_deliveries()[0].first, delivery);
}

TEST_P(LedgerSuite, a_delivery_is_finished_once) {
  const std::string id = accept("A1").id;
  seal("M1", {id});
  const auto delivery = ledger().begin_delivery("M1", at(2));
  const auto to = [](State state) {
    return [state](const Standing&) { return std::optional(Ledger::Next{{state, "", "", ""}, {}}); };
  };
  ledger().finish_delivery(*delivery, DeliveryOutcome::confirmed, "OK", at(3), to(sent));
  ledger().finish_delivery(*delivery, DeliveryOutcome::unknown, "", at(4), to(unconfirmed));
  EXPECT_EQ(standing(id).summary.picture.state, sent);
}

TEST_P(LedgerSuite, a_message_whose_documents_are_all_done_is_not_sent_again) {
  const std::string id = accept("A1").id;
  seal("M1", {id});
  deliver("M1", unconfirmed, at(20));
  ASSERT_TRUE(receive(id, "2", {settled, "2", "lodged", ""}));
  EXPECT_FALSE(ledger().begin_delivery("M1", at(30)));
  EXPECT_FALSE(ledger().begin_delivery("unknown", at(30)));
  EXPECT_TRUE(ledger().due_messages(port, at(30), 100).empty());
}

TEST_P(LedgerSuite, a_message_is_due_with_the_earliest_of_its_documents_that_wait) {
  const std::string first = accept("A1").id;
  const std::string second = accept("A2").id;
  seal("M1", {first, second});
  deliver("M1", unconfirmed, at(20));
  Move sooner = move_to(second, unconfirmed);
  sooner.due = at(10);
  ASSERT_TRUE(ledger().move(sooner, at(4)));
  EXPECT_EQ(ledger().next_due(), at(10));
  ASSERT_TRUE(receive(second, "2", {settled, "2", "lodged", ""}));
  EXPECT_EQ(ledger().next_due(), at(20));
}

TEST_P(LedgerSuite, no_decision_leaves_a_document_as_it_is) {
  const std::string id = accept("A1").id;
  seal("M1", {id});
  const auto delivery = ledger().begin_delivery("M1", at(2));
  const auto before = standing(id).revision;
  ledger().finish_delivery(*delivery, DeliveryOutcome::confirmed, "OK", at(3),
                           [](const Standing&) { return std::optional<Ledger::Next>(); });
  EXPECT_EQ(standing(id).revision, before);
  EXPECT_EQ(standing(id).summary.picture.state, sealed);
}

// ---- receipts ----

TEST_P(LedgerSuite, a_record_is_stored_once_and_the_window_with_it) {
  EXPECT_FALSE(ledger().window(orders));
  const std::string bytes("[\0\xfe]", 4);
  const std::vector<InboundRecord> records{{"d1", port, "/ceb312msg", dxp_id, bytes, at(4)},
                                           {"d2", port, "/ceb312msg", dxp_id, "b", at(4)},
                                           {"d1", port, "/ceb312msg", dxp_id, bytes, at(4)}};
  EXPECT_EQ(ledger().store_inbound(records, orders, at(50)), 2U);
  EXPECT_EQ(ledger().store_inbound(records, orders, at(60)), 0U);
  reopen();
  EXPECT_EQ(ledger().window(orders), at(60));
  EXPECT_FALSE(ledger().window({port, "/ceb622msg", dxp_id}));
  const auto fresh = ledger().fresh_inbound(100);
  ASSERT_EQ(fresh.size(), 2U);
  EXPECT_EQ(fresh[0].digest, "d1");
  EXPECT_EQ(fresh[0].bytes, bytes);
  EXPECT_EQ(fresh[0].source, "/ceb312msg");
  EXPECT_EQ(ledger().fresh_inbound(1).size(), 1U);
}

TEST_P(LedgerSuite, an_applied_receipt_is_written_with_its_picture_and_numbers) {
  const std::string id = accept("A1").id;
  ASSERT_TRUE(receive(id, "120", {sent, "120", "", ""}, {{"preNo", "B1"}, {"invtNo", "I1"}, {"customsGuid", "C1"}}));
  EXPECT_TRUE(ledger().fresh_inbound(100).empty());
  const Standing now = standing(id);
  EXPECT_EQ(now.summary.picture, (Picture{sent, "120", "", ""}));
  ASSERT_EQ(now.receipts.size(), 1U);
  EXPECT_EQ(now.receipts[0].status, "120");
  EXPECT_EQ(now.receipts[0].returned_at, at(5));
  EXPECT_EQ(now.receipts[0].info, "info 120");
  EXPECT_EQ(now.learnt, (std::map<std::string, std::string>{{"invtNo", "I1"}, {"preNo", "B1"}}));
  EXPECT_EQ(ledger().by_number("customsGuid", "C1", dxp_id).size(), 1U);
  const auto whole = ledger().document(id, {});
  ASSERT_EQ(whole->receipts.size(), 1U);
  EXPECT_EQ(whole->receipts[0].return_time, "20231115061325000");
  EXPECT_EQ(whole->receipts[0].effect, "settled");
}

TEST_P(LedgerSuite, a_receipt_is_not_applied_to_a_document_that_has_moved_on) {
  const std::string id = accept("A1").id;
  store("d1");
  Ledger::Applied applied{"d1", {"2", "", "", at(5), at(6), "settled"}, {{"preNo", "B1"}}, move_to(id, settled)};
  ASSERT_TRUE(ledger().move(move_to(id, held), at(1)));
  EXPECT_FALSE(ledger().apply_receipt(applied));
  EXPECT_EQ(ledger().fresh_inbound(100).size(), 1U);
  EXPECT_TRUE(ledger().by_number("preNo", "B1", dxp_id).empty());
  EXPECT_TRUE(standing(id).receipts.empty());
}

TEST_P(LedgerSuite, arrivals_are_counted_in_their_order) {
  const std::string id = accept("A1").id;
  ASSERT_TRUE(receive(id, "2", {sent, "2", "", ""}));
  ASSERT_TRUE(receive(id, "120", {sent, "120", "", ""}));
  const auto receipts = standing(id).receipts;
  ASSERT_EQ(receipts.size(), 2U);
  EXPECT_LT(receipts[0].arrival, receipts[1].arrival);
}

TEST_P(LedgerSuite, documents_are_found_by_both_guids_and_by_their_own_numbers) {
  const std::string id = accept("A1").id;
  seal("ROOT-1", {id});
  const std::vector<DocumentRef> expected{{id, 1}};
  EXPECT_EQ(ledger().by_number("guid", "GUID-A1-1", dxp_id), expected);
  EXPECT_EQ(ledger().by_number("guid", "ROOT-1", dxp_id), expected);
  EXPECT_EQ(ledger().by_number("orderNo", "A1", dxp_id), expected);
  EXPECT_TRUE(ledger().by_number("orderNo", "GUID-A1-1", dxp_id).empty());
  EXPECT_TRUE(ledger().by_number("guid", "GUID-A1-1", "DXPENT0000000002").empty());
}

TEST_P(LedgerSuite, several_matches_of_a_number_are_all_given) {
  const std::string first = accept("A1").id;
  const std::string second = accept("A2").id;
  seal("ROOT-1", {first, second});
  EXPECT_EQ(ledger().by_number("guid", "ROOT-1", dxp_id).size(), 2U);
}

TEST_P(LedgerSuite, key_parts_match_with_any_of_them_left_out) {
  const std::string id = accept("A1").id;
  NewVersion strange = new_version("B/1%");
  strange.key = "CEB311Message/4601960001/B%2F1%25";
  const std::string strange_id = accept(strange).id;
  using Parts = std::vector<std::optional<std::string>>;
  const auto found = [this](const Parts& parts) { return ledger().by_key_parts("CEB311Message", parts, dxp_id); };
  EXPECT_EQ(found({"4601960001", "A1"}), (std::vector<DocumentRef>{{id, 1}}));
  EXPECT_EQ(found({std::nullopt, "A1"}), (std::vector<DocumentRef>{{id, 1}}));
  EXPECT_EQ(found({"4601960001", "B/1%"}), (std::vector<DocumentRef>{{strange_id, 1}}));
  EXPECT_EQ(found({"4601960001", std::nullopt}).size(), 2U);
  EXPECT_TRUE(found({"4601960002", "A1"}).empty());
  EXPECT_TRUE(found({"A1"}).empty());
  EXPECT_TRUE(found({}).empty());
  EXPECT_TRUE(ledger().by_key_parts("CEB411Message", Parts{"4601960001", "A1"}, dxp_id).empty());
  EXPECT_TRUE(ledger().by_key_parts("CEB311Message", Parts{"4601960001", "A1"}, "DXPENT0000000002").empty());
}

TEST_P(LedgerSuite, what_matches_nothing_is_kept_and_tried_again) {
  store("d1");
  ledger().set_inbound("d1", InboundState::unmatched, "no document", {});
  EXPECT_TRUE(ledger().fresh_inbound(100).empty());
  EXPECT_EQ(ledger().backlog().inbound, (std::map<InboundState, std::size_t>{{InboundState::unmatched, 1}}));
  ledger().retry_unmatched();
  EXPECT_EQ(ledger().fresh_inbound(100).size(), 1U);
}

TEST_P(LedgerSuite, numbers_of_a_foreign_record_are_foreign_for_its_sender_only) {
  store("d1");
  const std::vector<Number> numbers{{"preNo", "F1"}};
  ledger().set_inbound("d1", InboundState::foreign, "another system's", numbers);
  EXPECT_TRUE(ledger().is_foreign_number(numbers[0], dxp_id));
  EXPECT_FALSE(ledger().is_foreign_number(numbers[0], "DXPENT0000000002"));
  EXPECT_FALSE(ledger().is_foreign_number({"invtNo", "F1"}, dxp_id));
  store("d2");
  ledger().set_inbound("d2", InboundState::unreadable, "garbled", std::vector<Number>{{"preNo", "F2"}});
  EXPECT_FALSE(ledger().is_foreign_number({"preNo", "F2"}, dxp_id));
  ledger().retry_unmatched();
  EXPECT_TRUE(ledger().fresh_inbound(100).empty());
}

TEST_P(LedgerSuite, first_sends_and_the_earliest_that_is_not_settled_are_known) {
  const std::string id = accept("A1").id;
  EXPECT_TRUE(ledger().first_sends(id).empty());
  EXPECT_FALSE(ledger().earliest_unsettled_send(port));
  seal("M1", {id});
  deliver("M1", unconfirmed, at(20));
  deliver("M1", sent);
  EXPECT_EQ(ledger().first_sends(id), (std::vector<std::pair<int, base::Time>>{{1, at(2)}}));
  EXPECT_EQ(standing(id).deliveries_begun, 2);
  EXPECT_EQ(ledger().earliest_unsettled_send(port), at(2));
  EXPECT_FALSE(ledger().earliest_unsettled_send("dxp"));
  ASSERT_TRUE(receive(id, "2", {settled, "2", "lodged", ""}));
  EXPECT_FALSE(ledger().earliest_unsettled_send(port));
}

// ---- operators ----

TEST_P(LedgerSuite, a_move_from_an_old_revision_or_another_state_writes_nothing) {
  const std::string id = accept("A1").id;
  const Move stale = move_to(id, withdrawn);
  ASSERT_TRUE(ledger().move(move_to(id, held), at(1)));
  EXPECT_FALSE(ledger().move(stale, at(2)));
  Move wrong_state = move_to(id, withdrawn);
  wrong_state.from = accepted;
  EXPECT_FALSE(ledger().move(wrong_state, at(2)));
  EXPECT_EQ(standing(id).summary.picture.state, held);
  EXPECT_FALSE(ledger().move({{"unknown", 1}, 1, accepted, {}, {}, ""}, at(2)));
}

TEST_P(LedgerSuite, unsealing_sends_the_others_back_to_be_sealed_anew) {
  const std::string first = accept("A1").id;
  const std::string second = accept("A2").id;
  seal("M1", {first, second});
  ASSERT_TRUE(ledger().unseal(move_to(first, held), at(5)));
  EXPECT_EQ(standing(first).summary.picture.state, held);
  EXPECT_EQ(standing(second).summary.picture.state, accepted);
  EXPECT_TRUE(ledger().due_messages(port, at(99), 100).empty());
  EXPECT_FALSE(ledger().begin_delivery("M1", at(6)));
  EXPECT_FALSE(ledger().message_of(first, {}));
  const auto due = ledger().due_documents(port, at(5), 100);
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].ref.id, second);
  seal("M2", {second});
  EXPECT_EQ(ledger().message_of(second, {})->guid, "M2");
}

TEST_P(LedgerSuite, a_message_whose_bytes_are_leaving_is_not_taken_apart) {
  const std::string id = accept("A1").id;
  seal("M1", {id});
  ASSERT_TRUE(ledger().begin_delivery("M1", at(2)));
  EXPECT_FALSE(ledger().unseal(move_to(id, held), at(5)));
  EXPECT_EQ(standing(id).summary.picture.state, sealed);
}

TEST_P(LedgerSuite, the_timeline_holds_moves_and_the_feed_every_change) {
  const std::string id = accept("A1").id;
  seal("M1", {id});
  deliver("M1", sent);
  ASSERT_TRUE(receive(id, "120", {sent, "120", "", ""}));
  ASSERT_TRUE(receive(id, "121", {sent, "120", "", ""}));
  ASSERT_TRUE(receive(id, "800", {settled, "800", "released", ""}));
  std::vector<State> timeline;
  for (const MoveRow& move : ledger().document(id, {})->timeline) timeline.push_back(move.to);
  EXPECT_EQ(timeline, (std::vector<State>{accepted, sealed, sent, settled}));
  const auto changes = ledger().changes(0, {}, 100);
  ASSERT_EQ(changes.size(), 5U) << "what changes nothing is no change";
  EXPECT_EQ(changes[0].from, accepted);
  EXPECT_EQ(changes[0].by, "erp");
  EXPECT_EQ(changes[3].from, sent);
  EXPECT_EQ(changes[3].to, sent);
  EXPECT_EQ(changes[3].stage, "120");
  EXPECT_EQ(changes[4].outcome, "released");
  EXPECT_EQ(changes[4].key, new_version("A1").key);
}

TEST_P(LedgerSuite, the_feed_goes_on_after_its_cursor_in_the_order_of_the_changes) {
  for (int i = 0; i < 10; ++i) accept("A" + std::to_string(i));
  std::int64_t cursor = 0;
  std::vector<std::string> keys;
  for (int round = 0; round < 4; ++round) {
    for (const MoveRow& change : ledger().changes(cursor, {}, 3)) {
      EXPECT_GT(change.cursor, cursor);
      cursor = change.cursor;
      keys.push_back(change.key);
    }
  }
  ASSERT_EQ(keys.size(), 10U);
  EXPECT_TRUE(std::ranges::is_sorted(keys));
  EXPECT_TRUE(ledger().changes(cursor, {}, 3).empty());
}

TEST_P(LedgerSuite, the_feed_and_the_list_show_only_the_enterprises_asked_for) {
  accept("A1");
  NewVersion other = new_version("B1");
  other.enterprise = "4601960002";
  accept(other);
  NewVersion third = new_version("C1");
  third.enterprise = "4601960003";
  accept(third);
  const std::vector<std::string> one{"4601960002"};
  const std::vector<std::string> two{"4601960002", "4601960003"};
  EXPECT_EQ(ledger().changes(0, one, 10).size(), 1U);
  EXPECT_EQ(ledger().changes(0, two, 10).size(), 2U);
  Query query;
  query.enterprises = one;
  EXPECT_EQ(numbers_of(ledger().list(query)), std::vector<std::string>{"B1"});
  query.enterprises = two;
  EXPECT_EQ(numbers_of(ledger().list(query)), (std::vector<std::string>{"C1", "B1"}));
  query.enterprise = "4601960001";
  EXPECT_TRUE(ledger().list(query).documents.empty());
}

TEST_P(LedgerSuite, pages_stay_as_they_are_while_new_documents_arrive) {
  for (int i = 10; i < 20; ++i) accept("A" + std::to_string(i));
  Query query;
  query.limit = 4;
  std::vector<std::string> seen;
  for (int page_number = 0; page_number < 3; ++page_number) {
    const Page page = ledger().list(query);
    for (const std::string& number : numbers_of(page)) seen.push_back(number);
    accept("B" + std::to_string(page_number));
    EXPECT_EQ(page.next.has_value(), page_number < 2);
    query.cursor = page.next.value_or("");
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"A19", "A18", "A17", "A16", "A15", "A14", "A13", "A12", "A11", "A10"}));
}

TEST_P(LedgerSuite, a_page_that_is_just_full_has_no_next) {
  accept("A1");
  accept("A2");
  Query query;
  query.limit = 2;
  EXPECT_FALSE(ledger().list(query).next);
}

TEST_P(LedgerSuite, the_list_answers_every_filter) {
  const std::string id = accept("A1").id;
  NewVersion payment = new_version("P1");
  payment.type = "CEB411Message";
  payment.key = "CEB411Message/4601960001/P1";
  ASSERT_TRUE(ledger().accept(std::span(&payment, 1), std::nullopt, at(100)));
  ASSERT_TRUE(ledger().move(move_to(id, held), at(1)));
  const auto numbers = [this](auto set) {
    Query query;
    set(query);
    return numbers_of(ledger().list(query));
  };
  using Numbers = std::vector<std::string>;
  EXPECT_EQ(numbers([](Query& q) { q.type = "CEB411Message"; }), Numbers{"P1"});
  EXPECT_EQ(numbers([](Query& q) { q.key = "CEB411Message/4601960001/P1"; }), Numbers{"P1"});
  EXPECT_EQ(numbers([](Query& q) { q.key = "P1"; }), Numbers{"P1"});
  EXPECT_EQ(numbers([](Query& q) { q.number = "A1"; }), Numbers{"A1"});
  EXPECT_EQ(numbers([](Query& q) { q.number = "CEB411Message/4601960001/P1"; }), Numbers{});
  EXPECT_EQ(numbers([](Query& q) { q.state = held; }), Numbers{"A1"});
  EXPECT_EQ(numbers([](Query& q) { q.since = at(100); }), Numbers{"P1"});
  EXPECT_EQ(numbers([](Query& q) { q.until = at(100); }), Numbers{"A1"});
  EXPECT_EQ(numbers([](Query& q) { q.enterprise = "4601960001"; }), (Numbers{"P1", "A1"}));
  EXPECT_EQ(numbers([](Query& q) { q.cursor = "no cursor"; }), Numbers{});
}

TEST_P(LedgerSuite, the_backlog_counts_newest_versions_by_state) {
  const std::string first = accept("A1").id;
  accept("A2");
  ASSERT_TRUE(ledger().move(move_to(first, withdrawn), at(1)));
  EXPECT_EQ(ledger().backlog().by_state, (std::map<State, std::size_t>{{accepted, 1}, {withdrawn, 1}}));
  const NewVersion next = new_version("A1", 2);
  ASSERT_TRUE(ledger().accept(std::span(&next, 1), std::nullopt, at(7)));
  const Backlog backlog = ledger().backlog();
  EXPECT_EQ(backlog.by_state, (std::map<State, std::size_t>{{accepted, 2}}));
  EXPECT_EQ(backlog.oldest_waiting, (std::map<std::string, base::Time>{{port, at(0)}}));
  EXPECT_EQ(ledger().waiting(), 2U);
}

TEST_P(LedgerSuite, what_holds_quotes_and_wildcards_is_plain_text) {
  const std::string number = "A'1\"; DROP TABLE documents; --%_";
  const std::string id = accept(number).id;
  Query query;
  query.number = number;
  EXPECT_EQ(numbers_of(ledger().list(query)), std::vector<std::string>{number});
  EXPECT_EQ(standing(id).summary.number, number);
}

TEST_P(LedgerSuite, of_many_threads_that_move_one_document_one_wins) {
  const Move move = move_to(accept("A1").id, held);
  std::atomic<int> won = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] { won += ledger().move(move, at(1)) ? 1 : 0; });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(won, 1);
}

TEST_P(LedgerSuite, readers_see_whole_transactions_while_another_thread_writes) {
  std::atomic<bool> done = false;
  std::thread writer([&] {
    for (int round = 0; round < 20; ++round) {
      std::vector<NewVersion> versions;
      for (int i = 0; i < 5; ++i) versions.push_back(new_version(std::to_string(round) + "-" + std::to_string(i)));
      ledger().accept(versions, std::nullopt, at(round));
    }
    done = true;
  });
  while (!done) EXPECT_EQ(ledger().changes(0, {}, 1000).size() % 5, 0U);
  writer.join();
  EXPECT_EQ(ledger().waiting(), 100U);
}

TEST_P(LedgerSuite, a_check_passes_where_writing_is_possible) { EXPECT_NO_THROW(ledger().check()); }

}  // namespace tests

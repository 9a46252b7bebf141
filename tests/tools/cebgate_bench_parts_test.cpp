// The load generator's parts: the mix, the documents, the tally.
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <set>
#include <unistd.h>

#include "tools/bench/buyers.h"
#include "tools/bench/documents.h"
#include "tools/bench/process_use.h"
#include "tools/bench/tally.h"

namespace tests::tools {
namespace {

using namespace ::tools::bench;
using ::testing::ElementsAre;
using ::testing::Pair;

std::string text(const boost::json::value& value, const char* pointer) {
  return std::string(value.at_pointer(pointer).as_string());
}

TEST(BenchMix, SpreadsTheTypesEvenlyByTheirWeights) {
  const auto mix = read_mix("CEB311Message=3,CEB411Message");
  ASSERT_TRUE(mix);
  Turns turns(*mix);
  std::vector<std::size_t> order;
  for (int i = 0; i < 8; ++i) order.push_back(turns.next());
  EXPECT_THAT(order, ElementsAre(0, 0, 1, 0, 0, 0, 1, 0));
}

TEST(BenchMix, RefusesWhatIsNoMix) {
  EXPECT_TRUE(read_mix("CEB311Message=1000"));
  for (const char* wrong : {"", "CEB311Message=0", "CEB311Message=1001", "CEB311Message=1,", "CEB999Message",
                            "CEB311Message=1x", "CEB311Message=1,CEB311Message=2"}) {
    EXPECT_FALSE(read_mix(wrong)) << wrong;
  }
}

TEST(BenchDocuments, BelongToOneSaleAndHaveNumbersOfTheirOwn) {
  Documents documents(*read_mix("CEB311Message,CEB411Message,CEB511Message,CEB621Message"), {{"S1", "S2"}, "", "C"},
                      "20260131");
  const auto posted = boost::json::parse(documents.next_post(8)).as_array();
  ASSERT_EQ(posted.size(), 8u);
  std::set<std::string> order_numbers, buyers;
  for (std::size_t sale = 0; sale < 2; ++sale) {
    const auto &order = posted[sale * 4], &payment = posted[sale * 4 + 1], &waybill = posted[sale * 4 + 2],
               &inventory = posted[sale * 4 + 3];
    const std::string number = text(order, "/document/OrderHead/orderNo");
    order_numbers.insert(number);
    EXPECT_EQ(text(payment, "/document/PaymentHead/orderNo"), number);
    EXPECT_EQ(text(waybill, "/document/LogisticsHead/orderNo"), number);
    EXPECT_EQ(text(inventory, "/document/InventoryHead/orderNo"), number);
    EXPECT_EQ(text(payment, "/document/PaymentHead/payTransactionId"),
              text(order, "/document/OrderHead/payTransactionId"));
    EXPECT_EQ(text(inventory, "/document/InventoryHead/logisticsNo"),
              text(waybill, "/document/LogisticsHead/logisticsNo"));
    EXPECT_EQ(text(inventory, "/document/InventoryHead/declTime"), "20260131");
    EXPECT_EQ(text(order, "/enterprise"), sale == 0 ? "S1" : "S2");
    EXPECT_EQ(text(payment, "/enterprise"), sale == 0 ? "S1" : "S2");
    EXPECT_EQ(text(waybill, "/enterprise"), "C");
    const std::string buyer = text(order, "/document/OrderHead/buyerIdNumber");
    buyers.insert(buyer);
    EXPECT_EQ(text(payment, "/document/PaymentHead/payerIdNumber"), buyer);
    EXPECT_EQ(text(inventory, "/document/InventoryHead/buyerIdNumber"), buyer);
  }
  EXPECT_EQ(buyers.size(), 2u);
  EXPECT_EQ(order_numbers.size(), 2u);
}

TEST(BenchBuyers, HaveIdentityNumbersThatHold) {
  EXPECT_EQ(buyer_id(1), "990000199001010017");
  EXPECT_EQ(buyer_id(2), "990000199001010025");
  EXPECT_EQ(buyer_id(most_buyers + 1), buyer_id(1));
}

TEST(BenchDocuments, AreFoundByTheirKeysAndOthersAreNot) {
  Documents documents(*read_mix("CEB311Message"), {{"S1"}, "", ""}, "20260131");
  const auto order = boost::json::parse(documents.next_post(1));
  const std::string number = text(order, "/document/OrderHead/orderNo");
  const auto place = documents.place_of("CEB311Message/S1/" + number);
  ASSERT_TRUE(place);
  EXPECT_EQ(place->sale, 0u);
  EXPECT_FALSE(documents.place_of("CEB411Message/S1/" + number));
  EXPECT_FALSE(documents.place_of("CEB311Message/S1/" + number + "1"));  // not made yet
  EXPECT_FALSE(documents.place_of("CEB311Message/S1/" + number + "x"));
  EXPECT_FALSE(documents.place_of("CEB311Message/S1/DDABCDEFGH0"));
}

TEST(BenchTally, CountsTheLastStateOfEachAndMeasuresUntilItWasFirstSettled) {
  Courses courses(1);
  const base::Time start{std::chrono::milliseconds{1000000}};
  const auto at = [start](int later) { return start + std::chrono::milliseconds{later}; };
  courses.moved({0, 0}, "accepted", at(0));
  courses.moved({0, 1}, "accepted", at(10));
  courses.moved({0, 0}, "settled", at(500));
  courses.moved({0, 0}, "refused", at(600));
  courses.moved({0, 0}, "settled", at(700));
  courses.moved({0, 1}, "settled", at(310));
  courses.moved({0, 1}, "refused", at(900));
  courses.moved({0, 2}, "accepted", at(20));
  courses.moved({0, 2}, "sent", at(30));
  EXPECT_THAT(courses.by_state(), ElementsAre(Pair("refused", 1), Pair("sent", 1), Pair("settled", 1)));
  EXPECT_EQ(courses.seen(), 3u);
  EXPECT_EQ(courses.ended(), 2u);
  EXPECT_EQ(courses.settled(), 1u);
  EXPECT_EQ(courses.settling().count(), 500);
  const Spread spread = courses.latencies().spread();
  EXPECT_EQ(spread.count, 2u);
  EXPECT_EQ(spread.p50, 300);
  EXPECT_EQ(spread.max, 500);
}

TEST(BenchLatencies, AreReadByNearestRank) {
  Latencies latencies;
  EXPECT_EQ(latencies.spread().count, 0u);
  for (int i = 200; i > 0; --i) latencies.add(i);
  const Spread spread = latencies.spread();
  EXPECT_EQ(spread.p50, 100);
  EXPECT_EQ(spread.p99, 198);
  EXPECT_EQ(spread.max, 200);
}

TEST(BenchProcessUse, IsReadFromProcAndFromMetrics) {
  const auto own = use_of(getpid());
  ASSERT_TRUE(own);
  EXPECT_GT(own->memory_bytes, 1u << 20);
  EXPECT_FALSE(use_of(-1));
  const auto told = use_in_metrics("# HELP x\nprocess_cpu_seconds_total 1.5\nprocess_resident_memory_bytes 4096\n");
  ASSERT_TRUE(told);
  EXPECT_EQ(told->cpu_seconds, 1.5);
  EXPECT_EQ(told->memory_bytes, 4096u);
  EXPECT_FALSE(use_in_metrics("process_cpu_seconds_total 1.5\n"));
}

}  // namespace
}  // namespace tests::tools

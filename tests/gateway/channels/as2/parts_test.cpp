// The parts of the channel by themselves, each to its limit and one over.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <gmock/gmock.h>

#include "gateway/channels/as2/arrivals.h"
#include "gateway/channels/as2/awaited_receipts.h"
#include "gateway/channels/as2/earlier_receipts.h"
#include "gateway/channels/as2/failure_limit.h"
#include "gateway/channels/as2/http_forms.h"

namespace gateway::channels::as2 {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

template <class Value>
Value run(boost::asio::io_context& io, boost::asio::awaitable<Value> flow) {
  auto value = boost::asio::co_spawn(io, std::move(flow), boost::asio::use_future);
  io.restart();
  io.run();
  return value.get();
}

Brought brought(const std::string& key, const std::string& dxp_id, const std::string& bytes) {
  return {key, dxp_id, bytes, std::nullopt};
}

TEST(As2Arrivals, HoldSoManyAndSoManyBytes) {
  boost::asio::io_context io;
  Arrivals two(2, 100);
  EXPECT_TRUE(two.put(brought("1", "A", "x"), io.get_executor()));
  EXPECT_TRUE(two.put(brought("2", "A", "x"), io.get_executor()));
  EXPECT_FALSE(two.put(brought("3", "A", "x"), io.get_executor()));
  Arrivals ten_bytes(10, 10);
  EXPECT_TRUE(ten_bytes.put(brought("1", "A", std::string(10, 'x')), io.get_executor()));
  EXPECT_FALSE(ten_bytes.put(brought("2", "A", "x"), io.get_executor()));
  EXPECT_THAT(run(io, ten_bytes.next("A", milliseconds(0), 9)), ElementsAre(std::string(10, 'x')));
  ten_bytes.acknowledge("A");
  EXPECT_TRUE(ten_bytes.put(brought("2", "A", std::string(10, 'x')), io.get_executor())) << "there is room again";
}

TEST(As2Arrivals, WhatIsNobodysInParticularIsGivenToOne) {
  boost::asio::io_context io;
  Arrivals arrivals(10, 1000);
  arrivals.put(brought("1", "", "shared"), io.get_executor());
  EXPECT_THAT(run(io, arrivals.next("A", milliseconds(0), 9)), ElementsAre("shared"));
  EXPECT_THAT(run(io, arrivals.next("B", milliseconds(0), 9)), IsEmpty());
  arrivals.acknowledge("B");
  EXPECT_FALSE(arrivals.is_empty());
  arrivals.acknowledge("A");
  EXPECT_TRUE(arrivals.is_empty());
}

TEST(As2Arrivals, WhatNobodyWasGivenGoesWithWhoeverBroughtIt) {
  boost::asio::io_context io;
  Arrivals arrivals(10, 1000);
  auto first = arrivals.put(brought("1", "A", "x"), io.get_executor());
  EXPECT_FALSE(run(io, arrivals.is_kept(first, milliseconds(1))));
  EXPECT_TRUE(arrivals.is_empty());
  auto second = arrivals.put(brought("2", "A", "y"), io.get_executor());
  EXPECT_THAT(run(io, arrivals.next("A", milliseconds(0), 9)), ElementsAre("y"));
  EXPECT_FALSE(run(io, arrivals.is_kept(second, milliseconds(1))));
  EXPECT_EQ(arrivals.find("2"), second) << "the ledger may have it by now";
}

TEST(As2AwaitedReceipts, AreRememberedUpToALimitAndOfNobodyElse) {
  AwaitedReceipts awaited(2);
  EXPECT_FALSE(awaited.give("<0>", {}));
  for (const char* id : {"<1>", "<2>", "<3>"}) awaited.expect(id);
  EXPECT_FALSE(awaited.give("<1>", {})) << "the oldest of three";
  EXPECT_TRUE(awaited.give("<2>", {}));
  EXPECT_TRUE(awaited.take("<2>"));
  EXPECT_FALSE(awaited.take("<2>"));
  awaited.forget("<3>");
  EXPECT_FALSE(awaited.give("<3>", {}));
}

TEST(As2EarlierReceipts, TheOldestGo) {
  const auto receipt = [](const char* body) { return codecs::as2::OutgoingMdn{{}, body}; };
  EarlierReceipts two(2, 1000);
  for (const char* key : {"1", "2", "3"}) two.remember(key, receipt(key));
  EXPECT_FALSE(two.find("1"));
  EXPECT_EQ(two.find("3")->body, "3");
  two.remember("3", receipt("other"));
  EXPECT_EQ(two.find("3")->body, "3") << "the first one stays";
  EarlierReceipts ten_bytes(100, 10);
  ten_bytes.remember("1", receipt("4444"));
  ten_bytes.remember("2", receipt("4444"));
  EXPECT_TRUE(ten_bytes.find("1"));
  ten_bytes.remember("3", receipt(""));
  EXPECT_FALSE(ten_bytes.find("1"));
}

TEST(As2FailureLimit, CountsWithinItsTime) {
  FailureLimit limit(2, seconds(60));
  const FailureLimit::Moment start{};
  EXPECT_TRUE(limit.may_answer(start));
  EXPECT_TRUE(limit.may_answer(start + seconds(10)));
  EXPECT_FALSE(limit.may_answer(start + seconds(59)));
  EXPECT_TRUE(limit.may_answer(start + seconds(60)));
  EXPECT_FALSE(limit.may_answer(start + seconds(69)));
}

TEST(As2ReceiptAddresses, AreThePartnersServerAndThoseAgreedOn) {
  config::Port port;
  port.url = "https://customs.example:4080/as2?in";
  port.agreement.receipts_to = {"http://mdn.example/x"};
  EXPECT_TRUE(may_be_sent_to(port, "https://customs.example:4080/mdn"));
  EXPECT_TRUE(may_be_sent_to(port, "http://mdn.example/x"));
  for (const char* url : {"http://customs.example:4080/mdn", "https://customs.example/mdn", "http://mdn.example/xy",
                          "https://customs.example:4080@evil.example/", "https://customs.example:4080.evil.example/",
                          "https://evil.example/https://customs.example:4080/", "mailto:a@b", "", "/mdn"}) {
    EXPECT_FALSE(may_be_sent_to(port, url)) << url;
  }
}

}  // namespace
}  // namespace gateway::channels::as2

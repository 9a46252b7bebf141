#include "codecs/hainan/listing.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

namespace codecs::hainan {
namespace {

using Fields = std::map<std::string, std::string>;

const ListingForm& form(std::string_view path) {
  const auto all = standard_listings();
  const auto found = std::find_if(all.begin(), all.end(), [&](const ListingForm& f) { return f.path == path; });
  if (found == all.end()) throw std::invalid_argument("no listing " + std::string(path));
  return *found;
}

std::vector<Fields> read_all(const ListingForm& listing, std::string_view text) {
  std::vector<Fields> all;
  const auto records = split_listing(listing, text);
  if (!records) throw std::runtime_error(records.faults().front().en);
  for (const std::string& record : *records) {
    const auto fields = read_record(listing, record);
    if (!fields) throw std::runtime_error(fields.faults().front().en);
    all.push_back(*fields);
  }
  return all;
}

std::string listing_fault(std::string_view text) {
  const auto records = split_listing(form("/ceb312msg"), text);
  if (records) return "no fault";
  EXPECT_FALSE(records.faults().front().zh.empty());
  return records.faults().front().code + ": " + records.faults().front().en;
}

TEST(Listing, ReadsAnOrderReceiptAsThePlatformPrintsIt) {
  const auto all =
      read_all(form("/ceb312msg"),
               "[{org_id=1, instm=1691397836000, re_order_guid=4CDE1CFD-EDED-46B1-946C-B8022E42FC94, returnstatus=2, "
               "ebpcode=46019600AA, returntime2=20230807164356, ebccode=46019600AB, trans_dxpid=DXPENT0000000001, "
               "returninfo=新增申报成功[4CDE1CFD], returntime=1691397830000, orderno=JO_D80}]");
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0], (Fields{{"receivedAt", "1691397836000"},
                            {"guid", "4CDE1CFD-EDED-46B1-946C-B8022E42FC94"},
                            {"returnStatus", "2"},
                            {"ebpCode", "46019600AA"},
                            {"returnTime", "20230807164356"},
                            {"ebcCode", "46019600AB"},
                            {"dxpId", "DXPENT0000000001"},
                            {"returnInfo", "新增申报成功[4CDE1CFD]"},
                            {"returnedAt", "1691397830000"},
                            {"orderNo", "JO_D80"}}));
}

TEST(Listing, ReadsInventoryReceiptsWithNumbersAndBothGuids) {
  const auto all = read_all(form("/ceb622msg"),
                            "[{org_id=1, instm=1, agentcode=46019600AA, re_elist_guid_cus=C1, returnstatus=120, "
                            "ebpcode=E, preno=B20230000000000001, returntime2=20230807164356, ebccode=B, "
                            "createtime=20230807, trans_dxpid=D, returninfo=[Code:1800;Desc:逻辑校验通过], "
                            "returntime=2, re_elist_guid=G1, customscode=6409, invtno=64092023I000722460}, "
                            "{org_id=1, re_elist_guid=G2, returnstatus=2, preno=B2}]");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].at("customsGuid"), "C1");
  EXPECT_EQ(all[0].at("guid"), "G1");
  EXPECT_EQ(all[0].at("returnInfo"), "[Code:1800;Desc:逻辑校验通过]");
  EXPECT_EQ(all[0].at("invtNo"), "64092023I000722460");
  EXPECT_EQ(all[0].at("customsCode"), "6409");
  EXPECT_EQ(all[0].at("agentCode"), "46019600AA");
  EXPECT_EQ(all[1], (Fields{{"guid", "G2"}, {"returnStatus", "2"}, {"preNo", "B2"}}));
}

TEST(Listing, ReadsPaymentAndWaybillReceipts) {
  EXPECT_EQ(read_all(form("/ceb412msg"), "[{re_payment_guid=G, paycode=P, paytransactionid=T}]").front(),
            (Fields{{"guid", "G"}, {"payCode", "P"}, {"payTransactionId", "T"}}));
  EXPECT_EQ(read_all(form("/ceb512msg"), "[{re_logistics_guid=G, logisticscode=L, logisticsno=N}]").front(),
            (Fields{{"guid", "G"}, {"logisticsCode", "L"}, {"logisticsNo", "N"}}));
}

TEST(Listing, ValuesMayHoldWhatAlsoSeparates) {
  const Fields fields{{"orderNo", "A=1, B=2"},
                      {"ebcCode", ""},
                      {"ebpCode", "a, b"},
                      {"returnInfo", "[{\"x\":1}, {\"y\":2}], {}, }]\r\nnext line, other=5, {, }, ="},
                      {"returnStatus", "-301010"}};
  const ListingForm& listing = form("/ceb312msg");
  const std::vector<std::string> records{write_record(listing, fields), write_record(listing, fields)};
  const auto all = read_all(listing, write_listing(records));
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0], fields);
  EXPECT_EQ(all[1], fields);
}

TEST(Listing, ANameThatComesAgainBelongsToTheValueItStandsIn) {
  const auto all = read_all(form("/ceb312msg"), "[{returnstatus=100, returninfo=see, returnstatus=2, orderno=A}]");
  EXPECT_EQ(all.front(), (Fields{{"returnStatus", "100"}, {"returnInfo", "see, returnstatus=2"}, {"orderNo", "A"}}));
}

TEST(Listing, AnUnknownFirstNameIsPassedOverAndALaterOneStaysInTheValueBeforeIt) {
  const auto all = read_all(form("/ceb312msg"), "[{newname=7, orderno=A, other=8}, {newname=1, orderno=B}]");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0], (Fields{{"orderNo", "A, other=8"}}));
  EXPECT_EQ(all[1], (Fields{{"orderNo", "B"}}));
}

TEST(Listing, APrintedNullIsNoValue) {
  EXPECT_EQ(read_all(form("/ceb622msg"), "[{preno=null, returnstatus=2, returninfo=null, invtno=nullx}]").front(),
            (Fields{{"returnStatus", "2"}, {"invtNo", "nullx"}}));
}

TEST(Listing, AnEmptyListIsNoRecordWhateverStandsRoundIt) {
  for (const char* text : {"[]", " [ ] ", "\xEF\xBB\xBF[]\r\n", "[\n]"}) {
    const auto records = split_listing(form("/ceb312msg"), text);
    ASSERT_TRUE(records) << text;
    EXPECT_TRUE(records->empty()) << text;
  }
  EXPECT_EQ(read_all(form("/ceb312msg"), "\xEF\xBB\xBF \n[{orderno=A}]\r\n").size(), 1U);
}

TEST(Listing, WhatIsNoListIsAFault) {
  for (const char* text : {"", " ", "<html><body>502 Bad Gateway</body></html>", "OK", "{orderno=A}", "]"}) {
    EXPECT_NE(listing_fault(text).find("web page"), std::string::npos) << text;
  }
  for (const char* text : {"[x]", "[{}]", "[1, 2]", "[{\"a\":1}]", "[[]]"}) {
    EXPECT_NE(listing_fault(text).find("no record"), std::string::npos) << text;
  }
}

TEST(Listing, ACutOffTextIsAFaultThatSaysHowMuchWasWhole) {
  EXPECT_NE(listing_fault("[{orderno=A}, {orderno=B}, {ord").find("after 1 whole"), std::string::npos);
  EXPECT_NE(listing_fault("[{orderno=A}, {orderno=B}, {orderno=C").find("after 2 whole"), std::string::npos);
  EXPECT_NE(listing_fault("[").find("after 0 whole"), std::string::npos);
  EXPECT_NE(listing_fault("[{orderno=A]").find("after 0 whole"), std::string::npos);
}

TEST(Listing, ARecordWithoutAKnownNameIsAFault) {
  for (const char* record : {"", "{", "{}", "{a=1, b=2}", "orderno=A}", "{orderno=A", "{ORDERNO=A}"}) {
    const auto fields = read_record(form("/ceb312msg"), record);
    ASSERT_FALSE(fields) << record;
    EXPECT_EQ(fields.faults().front().code, "listing.record");
  }
}

// Pieces that look like the form's own marks, but not like "}, {NAME=" or ", NAME=" with a NAME of the form.
std::string nasty_value(std::mt19937& random) {
  static const std::vector<std::string> pieces{"{",   "}",        "[",    "]",   ", ",   ",",  "=",
                                               "a=1", "}]",       "}, {", "\n",  "\r\n", "订", "null ",
                                               " ",   ", other=", "[]}",  "{x=", "\"",   "\t"};
  std::string value = "v";
  for (auto left = random() % 12; left > 0; --left) value += pieces[random() % pieces.size()];
  return value + ".";
}

bool can_be_told(const std::string& value) {
  for (auto at = value.find("}, {"); at != value.npos; at = value.find("}, {", at + 1)) {
    const auto end = value.find_first_not_of("abcdefghijklmnopqrstuvwxyz", at + 4);
    if (end != value.npos && end > at + 4 && value[end] == '=') return false;
  }
  return true;
}

TEST(Listing, WhatIsWrittenIsReadBackWhateverTheValuesHold) {
  std::mt19937 random(20260131);
  for (int round = 0; round < 2000; ++round) {
    const ListingForm& listing = standard_listings()[random() % standard_listings().size()];
    std::vector<Fields> written;
    std::vector<std::string> records;
    for (auto left = 1 + random() % 4; left > 0; --left) {
      Fields fields;
      for (const auto& [name, meaning] : listing.meaning) {
        std::string value = nasty_value(random);
        if (!meaning.empty() && random() % 4 != 0 && can_be_told(value)) fields[meaning] = std::move(value);
      }
      records.push_back(write_record(listing, fields));
      written.push_back(std::move(fields));
    }
    ASSERT_EQ(read_all(listing, write_listing(records)), written) << write_listing(records);
  }
}

TEST(Listing, NoBytesAreACrash) {
  const std::string whole =
      "[{org_id=1, instm=1691397836000, returninfo=x, y}, {z=[], orderno=A}, {org_id=1, returninfo=[{}], orderno=B}]";
  std::mt19937 random(7);
  for (int round = 0; round < 5000; ++round) {
    std::string text = whole;
    for (auto left = 1 + random() % 6; left > 0; --left) {
      text[random() % text.size()] = "[]{}, =\0\xFF"[random() % 9];
      if (random() % 8 == 0) text.resize(1 + random() % text.size());
    }
    const auto records = split_listing(form("/ceb312msg"), text);
    if (!records) continue;
    for (const std::string& record : *records) {
      const auto fields = read_record(form("/ceb312msg"), record);
      EXPECT_TRUE(fields || !fields.faults().empty());
    }
  }
}

}  // namespace
}  // namespace codecs::hainan

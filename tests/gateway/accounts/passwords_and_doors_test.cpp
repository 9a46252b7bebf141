// Passwords as they are kept, what they may be, and how long doors close.
#include <gmock/gmock.h>

#include "gateway/accounts/doors.h"
#include "gateway/accounts/password_hash.h"
#include "gateway/accounts/rules.h"
#include "gateway/accounts/secret_words.h"

namespace {

using namespace gateway::accounts;  // the tests speak the module's own words
using std::chrono::hours;
using std::chrono::seconds;

TEST(PasswordHashes, are_of_one_password_and_never_twice_the_same) {
  const std::string hash = hash_password("correct horse battery");
  EXPECT_TRUE(is_password(hash, "correct horse battery"));
  EXPECT_FALSE(is_password(hash, "correct horse batterx"));
  EXPECT_FALSE(is_password(hash, ""));
  EXPECT_FALSE(has_other_costs(hash));
  EXPECT_NE(hash_password("correct horse battery"), hash);
}

// RFC 7914 §12, the first 32 bytes of its third vector.
TEST(PasswordHashes, are_scrypt_with_the_costs_that_stand_beside_them) {
  const std::string vector = "scrypt$14$8$1$U29kaXVtQ2hsb3JpZGU=$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI=";
  EXPECT_TRUE(is_password(vector, "pleaseletmein"));
  EXPECT_TRUE(has_other_costs(vector));
}

TEST(PasswordHashes, that_cannot_be_read_or_cost_too_much_are_nobodys) {
  const std::string rest = "$U29kaXVtQ2hsb3JpZGU=$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI=";
  for (const char* const start : {"scrypt$19$8$1", "scrypt$14$17$1", "scrypt$14$8$17", "scrypt$0$8$1", "scrypt$x$8$1",
                                  "bcrypt$14$8$1", "scrypt$14$8"}) {
    EXPECT_FALSE(is_password(start + rest, "pleaseletmein")) << start;
  }
  EXPECT_FALSE(is_password("", ""));
  EXPECT_FALSE(is_password("scrypt$14$8$1$U29kaXVtQ2hsb3JpZGU=$", ""));
}

TEST(PasswordRules, count_characters_and_refuse_the_name) {
  const auto is_good = [](const std::string& password) {
    return judge_password("Administrator", password, "").empty();
  };
  EXPECT_FALSE(is_good("elevenchars"));
  EXPECT_TRUE(is_good("twelve chars"));
  EXPECT_FALSE(is_good("十一个汉字还是太短了啊")) << "33 bytes, 11 characters";
  EXPECT_TRUE(is_good("十二个汉字的密码已经够长"));
  EXPECT_TRUE(is_good(std::string(200, 'x')));
  EXPECT_FALSE(is_good(std::string(201, 'x')));
  EXPECT_FALSE(is_good("administrator"));
}

TEST(UserNames, have_letters_of_any_script_and_no_room_for_tricks) {
  for (const char* const good : {"a", "王五", "li.wu_3-a@shop"}) EXPECT_TRUE(is_user_name(good)) << good;
  for (const char* const bad : {"", "a b", "a/b", "..", "a\n", "a\x7f", "<b>"}) EXPECT_FALSE(is_user_name(bad)) << bad;
  EXPECT_TRUE(is_user_name(std::string(64, 'a')));
  EXPECT_FALSE(is_user_name(std::string(65, 'a')));
}

TEST(SecretWords, are_long_and_never_twice_the_same) {
  const std::string word = new_secret_word();
  EXPECT_TRUE(is_secret_word(word));
  EXPECT_NE(word, new_secret_word());
  EXPECT_FALSE(is_secret_word(word + "0"));
  EXPECT_FALSE(is_secret_word(std::string(64, 'A')));
}

TEST(Doors, close_for_twice_as_long_with_each_try_up_to_an_hour) {
  EXPECT_EQ(pause_after(4, 5), seconds(0));
  EXPECT_EQ(pause_after(5, 5), seconds(30));
  EXPECT_EQ(pause_after(6, 5), seconds(60));
  EXPECT_EQ(pause_after(11, 5), seconds(1920));
  EXPECT_EQ(pause_after(12, 5), hours(1));
  EXPECT_EQ(pause_after(1'000'000, 5), hours(1));
}

TEST(Doors, are_one_for_a_network_of_ipv6_and_say_no_name) {
  const auto subject = [](const std::string& address) { return door_of_address(address).subject; };
  EXPECT_EQ(subject("2001:db8:1:2:3::4"), subject("2001:db8:1:2::"));
  EXPECT_NE(subject("2001:db8:1:2::"), subject("2001:db8:1:3::"));
  EXPECT_NE(subject("192.0.2.1"), subject("192.0.2.2"));
  EXPECT_NE(subject("::ffff:192.0.2.1"), subject("::ffff:192.0.2.2"));
  EXPECT_THAT(door_of_name("mei").subject, testing::Not(testing::HasSubstr("mei")));
}

}  // namespace

// What the profile `directory` does beyond what every channel does.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <fstream>
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "gateway/channels/directory/directory_channel.h"
#include "gateway/channels/directory/in_folder.h"
#include "gateway/channels/directory/placing.h"
#include "tests/gateway/channels/directory_far_end.h"
#include "tests/support/small_disk.h"

namespace gateway::channels::directory {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using tests::channel_dxp_id;
using tests::DirectoryFarEnd;
using tests::write_file;

const Outgoing message{"<a/>", "GUID-1", "CEB311Message", channel_dxp_id};

template <class Value>
boost::asio::awaitable<std::optional<Value>> held(boost::asio::awaitable<Value> flow) {
  co_return co_await std::move(flow);
}

class Directory : public testing::Test {
 protected:
  ~Directory() override { channel_.reset(); }

  template <class Value>
  Value run(boost::asio::awaitable<Value> flow) {
    auto value = boost::asio::co_spawn(io_, held(std::move(flow)), boost::asio::use_future);
    io_.restart();
    io_.run();
    return *value.get();
  }
  Channel& channel() {
    if (!channel_) channel_ = std::make_unique<DirectoryChannel>(far_end_.port());
    return *channel_;
  }
  Answer send() { return run(channel().send(message)); }
  base::Result<std::vector<Received>> receive() { return run(channel().receive(window())); }

  std::vector<std::string> received() {
    std::vector<std::string> bytes;
    const auto all = receive();
    for (const Received& one : *all) bytes.push_back(one.bytes);
    return bytes;
  }
  void acknowledge() {
    auto done = boost::asio::co_spawn(io_, channel().acknowledge(window()), boost::asio::use_future);
    io_.restart();
    io_.run();
    done.get();
  }

  Window window() const { return {far_end_.source(), channel_dxp_id, base::Time()}; }
  std::filesystem::path archived(const std::string& name) const {
    const std::string today = base::china_text(base::SystemClock().now()).substr(0, 10);
    return far_end_.in() / "archive" / today / name;
  }

  boost::asio::io_context io_;
  DirectoryFarEnd far_end_;
  std::unique_ptr<DirectoryChannel> channel_;
};

TEST_F(Directory, the_same_message_again_is_one_file_until_the_client_takes_it) {
  EXPECT_EQ(send().outcome, Outcome::confirmed);
  EXPECT_EQ(send().outcome, Outcome::confirmed);
  EXPECT_THAT(DirectoryFarEnd::files_in(far_end_.out()), ElementsAre(far_end_.out() / "CEB311Message-GUID-1.xml"));
}

TEST_F(Directory, a_file_is_for_the_gateways_user_and_group) {
  const mode_t before = ::umask(0);
  send();
  ::umask(before);
  struct stat status {};
  ASSERT_EQ(::stat((far_end_.out() / "CEB311Message-GUID-1.xml").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0660U);
}

TEST_F(Directory, a_missing_folder_is_said_with_its_name_and_the_gateway_does_not_make_it) {
  std::filesystem::remove(far_end_.out());
  const Answer answer = send();
  EXPECT_EQ(answer.outcome, Outcome::unreachable);
  EXPECT_THAT(answer.text, AllOf(HasSubstr(far_end_.out().string()), HasSubstr("No such file")));
  std::filesystem::remove(far_end_.in());
  const auto without = receive();
  ASSERT_FALSE(without);
  EXPECT_EQ(without.faults().front().code, "channel.folder");
  EXPECT_THAT(channel().health().detail, HasSubstr("make it"));
  EXPECT_FALSE(std::filesystem::exists(far_end_.in()));
}

TEST_F(Directory, is_not_reachable_before_it_has_looked_and_knows_of_both_folders_after_one_look) {
  EXPECT_FALSE(channel().health().reachable);
  std::filesystem::remove(far_end_.out());
  EXPECT_TRUE(receive());
  EXPECT_FALSE(channel().health().reachable);
  EXPECT_THAT(channel().health().detail, HasSubstr(far_end_.out().string()));
  std::filesystem::create_directory(far_end_.out());
  EXPECT_TRUE(receive());
  EXPECT_TRUE(channel().health().reachable);
}

TEST_F(Directory, a_full_disk_is_unreachable_and_leaves_nothing_behind) {
  if (!tests::SmallDisk::can_be_made()) GTEST_SKIP() << "no mount namespaces here";
  const tests::SmallDisk disk(far_end_.out(), std::size_t{1} << 20);
  disk.fill();
  const Answer answer = send();
  EXPECT_EQ(answer.outcome, Outcome::unreachable);
  EXPECT_THAT(answer.text, HasSubstr("No space left"));
  EXPECT_TRUE(receive());
  EXPECT_THAT(channel().health().detail, HasSubstr("No space left"));
  EXPECT_THAT(DirectoryFarEnd::files_in(far_end_.out()), ElementsAre(far_end_.out() / "filler"));
  disk.make_room();
  EXPECT_EQ(send().outcome, Outcome::confirmed);
  disk.make_read_only();
  EXPECT_THAT(send().text, HasSubstr("Read-only"));
}

TEST_F(Directory, what_is_given_up_before_its_renaming_never_gets_there) {
  Placing given_up;
  EXPECT_TRUE(given_up.give_up());
  EXPECT_EQ(given_up.put(far_end_.out(), message).outcome, Outcome::unreachable);
  EXPECT_THAT(DirectoryFarEnd::files_in(far_end_.out()), IsEmpty());
  Placing placed;
  EXPECT_EQ(placed.put(far_end_.out(), message).outcome, Outcome::confirmed);
  EXPECT_FALSE(placed.give_up());
}

TEST_F(Directory, a_message_that_is_not_written_in_time_is_given_up_and_never_gets_there) {
  config::Port hurried = far_end_.port();
  hurried.timeout = milliseconds(1);
  channel_ = std::make_unique<DirectoryChannel>(hurried);
  Outgoing huge = message;
  huge.envelope.assign(std::size_t{64} << 20, 'x');
  const Answer answer = run(channel().send(huge));
  EXPECT_EQ(answer.outcome, Outcome::unreachable);
  EXPECT_THAT(answer.text, HasSubstr("within the time allowed"));
  channel_.reset();  // waits for what was left to itself
  EXPECT_THAT(DirectoryFarEnd::files_in(far_end_.out()), IsEmpty());
}

TEST_F(Directory, a_file_that_is_still_written_is_left_until_it_is_closed) {
  EXPECT_THAT(received(), IsEmpty());
  std::ofstream file(far_end_.in() / "A.xml");
  file << "first half" << std::flush;
  InFolder folder(far_end_.in(), config::AfterReading::archive);
  const auto look = folder.look({}, 10);
  EXPECT_TRUE(look->is_settling);
  EXPECT_THAT(look->files, IsEmpty());
  file << ", second half";
  file.close();
  EXPECT_THAT(received(), ElementsAre("first half, second half"));
}

TEST_F(Directory, what_is_written_to_after_the_reading_is_not_put_away_and_comes_again) {
  write_file(far_end_.in() / "A.xml", "half");
  ASSERT_THAT(received(), ElementsAre("half"));
  std::ofstream(far_end_.in() / "A.xml", std::ios::app) << ", whole";
  acknowledge();
  EXPECT_THAT(received(), ElementsAre("half, whole"));
}

TEST_F(Directory, temporary_names_and_folders_are_not_touched) {
  write_file(far_end_.in() / ".A.xml", "hidden");
  write_file(far_end_.in() / "A.xml.tmp", "temporary");
  std::filesystem::create_directory(far_end_.in() / "of-the-client");
  EXPECT_THAT(received(), IsEmpty());
  acknowledge();
  EXPECT_EQ(DirectoryFarEnd::files_in(far_end_.in()).size(), 2U);
  EXPECT_TRUE(std::filesystem::exists(far_end_.in() / "of-the-client"));
}

TEST_F(Directory, files_come_by_their_time_and_then_by_their_names) {
  const auto now = std::filesystem::file_time_type::clock::now();
  for (const auto& [name, age] : std::vector<std::pair<std::string, seconds>>{
           {"A", seconds(10)}, {"C", seconds(20)}, {"B", seconds(20)}, {"D", seconds(30)}}) {
    write_file(far_end_.in() / name, name);
    std::filesystem::last_write_time(far_end_.in() / name, now - age);
  }
  EXPECT_THAT(received(), ElementsAre("D", "B", "C", "A"));
}

TEST_F(Directory, what_is_acknowledged_goes_to_the_archive_of_the_day_and_replaces_nothing_there) {
  for (const std::string words : {"first", "second"}) {
    write_file(far_end_.in() / "A.xml", words);
    EXPECT_THAT(received(), ElementsAre(words));
    acknowledge();
  }
  EXPECT_EQ(tests::read_file(archived("A.xml")), "first");
  EXPECT_EQ(tests::read_file(archived("A~1.xml")), "second");
  EXPECT_THAT(DirectoryFarEnd::files_in(far_end_.in()), IsEmpty());
}

TEST_F(Directory, what_is_acknowledged_is_removed_where_the_settings_say_so) {
  far_end_.after_reading = config::AfterReading::remove;
  write_file(far_end_.in() / "A.xml", "A");
  EXPECT_THAT(received(), ElementsAre("A"));
  acknowledge();
  EXPECT_TRUE(std::filesystem::is_empty(far_end_.in()));
}

TEST_F(Directory, what_cannot_be_put_away_is_said_and_not_given_again) {
  write_file(far_end_.in() / "A.xml", "A");
  ASSERT_THAT(received(), ElementsAre("A"));
  std::filesystem::create_symlink("nowhere/else", far_end_.in() / "archive");
  acknowledge();
  EXPECT_THAT(received(), IsEmpty());
  EXPECT_THAT(channel().health().detail, HasSubstr("archive"));
  std::filesystem::remove(far_end_.in() / "archive");
  EXPECT_THAT(received(), IsEmpty());
  EXPECT_TRUE(std::filesystem::exists(archived("A.xml")));
}

TEST_F(Directory, what_is_too_large_or_no_file_is_set_aside_and_said) {
  write_file(far_end_.in() / "large.xml", "");
  std::filesystem::resize_file(far_end_.in() / "large.xml", most_file_bytes + 1);
  write_file(far_end_.in() / "largest.xml", "");
  std::filesystem::resize_file(far_end_.in() / "largest.xml", most_file_bytes);
  std::filesystem::create_symlink("/etc/hostname", far_end_.in() / "link.xml");
  ASSERT_EQ(::mkfifo((far_end_.in() / "pipe.xml").c_str(), 0600), 0);
  EXPECT_EQ(received().front().size(), most_file_bytes);
  EXPECT_TRUE(std::filesystem::exists(far_end_.in() / "corrupt" / "large.xml"));
  EXPECT_TRUE(std::filesystem::is_symlink(far_end_.in() / "corrupt" / "link.xml"));
  EXPECT_TRUE(std::filesystem::is_fifo(far_end_.in() / "corrupt" / "pipe.xml"));
  EXPECT_TRUE(channel().health().reachable);
  EXPECT_THAT(channel().health().detail, AllOf(HasSubstr("3 "), EndsWith("corrupt")));
}

TEST_F(Directory, one_look_gives_no_more_bytes_than_its_limit) {
  for (const std::string name : {"A", "B", "C"}) {
    write_file(far_end_.in() / name, "");
    std::filesystem::resize_file(far_end_.in() / name, most_file_bytes);
  }
  EXPECT_EQ(received().size(), most_bytes_at_once / most_file_bytes);
}

TEST_F(Directory, a_folder_that_was_made_anew_is_watched_again) {
  EXPECT_THAT(received(), IsEmpty());
  std::filesystem::rename(far_end_.in(), far_end_.in().string() + ".old");
  std::filesystem::create_directory(far_end_.in());
  far_end_.put("A", channel_dxp_id);
  EXPECT_THAT(received(), ElementsAre("A"));
}

TEST(directory_sightings, a_file_is_whole_when_it_was_closed_or_has_not_changed_for_a_while) {
  Sightings sightings;
  const Sightings::Moment start{};
  sightings.begin_look({"closed"}, start);
  EXPECT_TRUE(sightings.is_whole("closed", {1, 10, 100}));
  EXPECT_FALSE(sightings.is_whole("growing", {2, 10, 100}));
  EXPECT_FALSE(sightings.is_whole("still", {3, 10, 100}));
  sightings.end_look();
  sightings.begin_look({}, start + settled_after);
  EXPECT_TRUE(sightings.is_whole("closed", {1, 10, 100}));
  EXPECT_FALSE(sightings.is_whole("growing", {2, 11, 101}));
  EXPECT_TRUE(sightings.is_whole("still", {3, 10, 100}));
  sightings.end_look();
}

TEST(directory_sightings, a_file_that_went_and_came_again_is_another_one) {
  Sightings sightings;
  const Sightings::Moment start{};
  sightings.begin_look({"A"}, start);
  EXPECT_TRUE(sightings.is_whole("A", {1, 10, 100}));
  sightings.end_look();
  sightings.begin_look({}, start + milliseconds(1));
  sightings.end_look();
  sightings.begin_look({}, start + milliseconds(2));
  EXPECT_FALSE(sightings.is_whole("A", {1, 10, 100}));
}

}  // namespace
}  // namespace gateway::channels::directory

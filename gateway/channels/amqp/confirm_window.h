// What has been published on a channel and not yet been confirmed, by the numbers that the broker counts publications
// with from 1 (RabbitMQ: publisher confirms). Pure; one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace gateway::channels::amqp {

enum class Reach { this_one, all_up_to_it };
enum class Word { ack, nack };

// confirmed: the broker keeps it; returned: no queue takes it; not_taken: the broker does not answer for it.
enum class Settlement { confirmed, returned, not_taken };

struct Settled {
  std::uint64_t number = 0;
  Settlement settlement = Settlement::confirmed;
  std::string words;  // of the broker
};

class ConfirmWindow {
 public:
  std::uint64_t publish(std::string message_id);  // its number
  // Comes before the word on it (basic.return). What nobody waits for is passed over.
  void returned(const std::string& message_id, std::string words);
  std::vector<Settled> settle(std::uint64_t number, Reach reach, Word word);
  std::vector<std::uint64_t> lose();  // the channel is gone: those that nobody will ever settle; counts from 1 again
  std::size_t open() const { return open_.size(); }

 private:
  struct Publication {
    std::string message_id;
    bool is_returned = false;
    std::string words;
  };

  std::uint64_t last_ = 0;
  std::map<std::uint64_t, Publication> open_;
};

}  // namespace gateway::channels::amqp

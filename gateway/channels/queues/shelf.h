// What one queue has handed over on one channel and the caller has not yet acknowledged, by delivery tag. It holds so
// many bytes; what comes beyond goes back to the queue with the next acknowledgement, what would never fit stays with
// the broker. Pure; one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace gateway::channels::queues {

using Tag = std::uint64_t;

enum class Room { now, later, never };

// What to tell the broker. all_up_to: every tag up to it; 0: none.
struct Acknowledgement {
  Tag all_up_to = 0;
  std::vector<Tag> alone;
  std::vector<Tag> back;  // to the queue
};

class Shelf {
 public:
  explicit Shelf(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  Room room_for(std::uint64_t bytes) const;
  void keep(Tag tag, std::string body);
  void put_off(Tag tag);    // there was no room now
  void leave_out(Tag tag);  // there never will be

  bool is_empty() const { return kept_.empty(); }
  // The oldest; the same again until they are acknowledged.
  std::vector<std::string> give(std::size_t most);
  Acknowledgement acknowledge();  // what was given last
  void lose();                    // the channel is gone: its tags mean nothing any more

 private:
  std::size_t most_bytes_, bytes_ = 0;
  std::map<Tag, std::string> kept_;
  std::vector<Tag> put_off_, left_out_;
  std::size_t given_ = 0;
};

}  // namespace gateway::channels::queues

// One message put together from its frames (AMQP 0-9-1 §4.2.6): method, header with its size, pieces of the body. What
// is not to be kept is counted and dropped. Pure; one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace gateway::channels::amqp {

enum class Keeping { body, nothing };

class Assembly {
 public:
  void begin(std::uint64_t tag);
  void announce(std::uint64_t bytes, Keeping keeping);
  void add(std::string_view piece);
  bool is_whole() const { return is_announced_ && missing_ == 0; }
  std::uint64_t tag() const { return tag_; }
  std::uint64_t size() const { return size_; }
  std::string take() { return std::move(body_); }

 private:
  std::uint64_t tag_ = 0, size_ = 0, missing_ = 0;
  bool is_announced_ = false;
  Keeping keeping_ = Keeping::nothing;
  std::string body_;
};

}  // namespace gateway::channels::amqp

#include "gateway/channels/amqp/assembly.h"

#include <algorithm>

namespace gateway::channels::amqp {

void Assembly::begin(std::uint64_t tag) {
  *this = Assembly();
  tag_ = tag;
}

void Assembly::announce(std::uint64_t bytes, Keeping keeping) {
  is_announced_ = true;
  size_ = missing_ = bytes;
  keeping_ = keeping;
  if (keeping == Keeping::body) body_.reserve(bytes);
}

void Assembly::add(std::string_view piece) {
  piece = piece.substr(0, std::min<std::uint64_t>(piece.size(), missing_));
  missing_ -= piece.size();
  if (keeping_ == Keeping::body) body_ += piece;
}

}  // namespace gateway::channels::amqp

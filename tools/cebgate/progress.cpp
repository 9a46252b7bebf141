#include "tools/cebgate/progress.h"

#include <algorithm>
#include <iostream>
#include <string>
#include <unistd.h>

namespace tools::cebgate {

Progress::Progress(std::size_t total)
    : total_(std::max<std::size_t>(total, 1)), on_terminal_(isatty(STDERR_FILENO) == 1) {
  draw();
}

Progress::~Progress() { clear(); }

void Progress::advance(std::size_t by) {
  done_ = std::min(done_ + by, total_);
  draw();
}

void Progress::clear() const {
  if (on_terminal_) std::cerr << "\r\033[K" << std::flush;
}

void Progress::draw() const {
  if (!on_terminal_) return;
  constexpr std::size_t width = 40;
  const std::size_t filled = done_ * width / total_;
  std::cerr << "\r[" << std::string(filled, '#') << std::string(width - filled, '.') << "] " << done_ << "/" << total_
            << std::flush;
}

}  // namespace tools::cebgate

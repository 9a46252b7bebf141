// A bar on stderr that grows while documents are posted; nothing where stderr is no terminal.
#pragma once

#include <cstddef>

namespace tools::cebgate {

class Progress {
 public:
  explicit Progress(std::size_t total);
  ~Progress();  // clears the line
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void advance(std::size_t by);
  void clear() const;  // before something else is printed

 private:
  void draw() const;
  std::size_t total_;
  std::size_t done_ = 0;
  bool on_terminal_;
};

}  // namespace tools::cebgate

// A password, PIN or token: never printed or compared by accident, wiped when it goes. Movable, not copyable.
#pragma once

#include <string>
#include <string_view>

namespace base {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();

  bool empty() const { return text_.empty(); }
  std::string_view reveal() const { return text_; }

 private:
  void wipe();
  std::string text_;
};

// Takes as long for unequal texts of one length as for equal ones.
bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace base

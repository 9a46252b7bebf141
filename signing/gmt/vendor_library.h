// A vendor's shared library. It stays loaded for as long as the program runs: a call may hang in it, and such libraries
// keep threads of their own. Fault key.library, with the loader's reason. One thread at a time.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace signing::gmt {

class VendorLibrary {
 public:
  static base::Result<VendorLibrary> load(const std::string& file);

  // Null where the library does not have it; complete() then names it.
  template <class Function>
  void bind(Function*& function, const char* name) {
    function = reinterpret_cast<Function*>(find(name));
  }
  base::Done complete() const;

 private:
  VendorLibrary(std::string file, void* handle) : file_(std::move(file)), handle_(handle) {}
  void* find(const char* name);

  std::string file_;
  void* handle_;
  std::string missing_, reason_;
};

}  // namespace signing::gmt

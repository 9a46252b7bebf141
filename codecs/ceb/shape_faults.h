// The faults of posted JSON that does not have the shape of its message, in words. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"
#include "codecs/ceb/exact_json.h"

namespace codecs::ceb {

// What may stand at a place.
enum class Allowed { container, list, field, unknown_element, xml_text, text };

base::Fault kind_fault(std::string pointer, std::string_view name, Allowed allowed, JsonKind found);
base::Fault twice_fault(std::string pointer, std::string_view name);
base::Fault name_fault(std::string pointer, std::string_view name);
base::Fault number_fault(std::string pointer, std::string_view name);
base::Fault character_fault(std::string pointer, std::string_view name, std::string_view character);
base::Fault foreign_fault(std::string pointer, std::string_view error);
base::Fault unexpected_member_fault(std::string pointer, std::string_view name, std::string_view allowed_names);
base::Fault type_fault(std::string pointer, std::string_view type);

// Every fault at once, but no more than can be read: the last one then says that there are more.
class FaultList {
 public:
  void add(base::Fault fault);
  bool empty() const { return faults_.empty(); }
  base::Faults take() { return std::move(faults_); }

 private:
  base::Faults faults_;
};

inline constexpr std::size_t most_listed_faults = 1000;

}  // namespace codecs::ceb

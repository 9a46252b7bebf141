#include <algorithm>
#include <charconv>
#include <optional>

#include "codecs/ceb/json_codec.h"
#include "codecs/ceb/json_pointer.h"

namespace codecs::ceb {

namespace {

struct Step {
  std::string_view name;                // without prefix
  std::optional<std::size_t> position;  // from 0
};

// Takes "/ceb:OrderList[1]" off the path.
Step take_step(std::string_view& path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  std::string_view step = path.substr(0, path.find('/'));
  path.remove_prefix(step.size());
  Step taken{.name = step.substr(0, step.find('[')), .position = std::nullopt};
  std::size_t position = 0;
  const auto digits = step.substr(std::min(taken.name.size() + 1, step.size()));
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), position);
  if (read.ec == std::errc{} && position > 0) taken.position = position - 1;
  taken.name.remove_prefix(taken.name.find(':') + 1);  // npos + 1 is 0
  return taken;
}

}  // namespace

PlaceInDocument place_of(const schemas::MessageType& type, std::string_view xpath) {
  PlaceInDocument place;
  take_step(xpath);  // the root
  const Step business = take_step(xpath);
  if (business.name != type.business_node) return place;
  place.document = business.position.value_or(0);
  const schemas::Node* shape = &type.business();
  while (!xpath.empty()) {
    const Step step = take_step(xpath);
    shape = shape != nullptr ? shape->child(step.name) : nullptr;
    place.pointer = pointer_to(place.pointer, step.name);
    const bool is_list = shape != nullptr && shape->repeats();
    if (is_list && step.position) place.pointer = pointer_to(place.pointer, *step.position);
  }
  return place;
}

}  // namespace codecs::ceb

#include "codecs/ceb/message.h"

#include <algorithm>
#include <utility>

namespace codecs::ceb {

const Element* Element::child(std::string_view child_name) const {
  const auto found =
      std::find_if(children.begin(), children.end(), [&](const Element& e) { return e.name == child_name; });
  return found == children.end() ? nullptr : &*found;
}

Element* Element::child(std::string_view child_name) {
  return const_cast<Element*>(std::as_const(*this).child(child_name));
}

}  // namespace codecs::ceb

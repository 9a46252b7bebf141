#include "codecs/ceb/canonical.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <map>

namespace codecs::ceb {

namespace {

constexpr std::string_view digits = "0123456789";

// XML Schema part 2 §4.3.6: numbers collapse white space.
std::string_view without_white_space_around(std::string_view text) {
  constexpr std::string_view white_space = " \t\r\n";
  const auto first = text.find_first_not_of(white_space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(white_space) - first + 1);
}

std::string in_quotes(std::string_view text) {
  return boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

std::string canonical_text(const schemas::Node* shape, const Element& element) {
  const bool is_number =
      shape != nullptr && shape->kind == schemas::NodeKind::field &&
      (shape->facets.base == schemas::BaseType::decimal || shape->facets.base == schemas::BaseType::integer);
  return in_quotes(is_number ? canonical_number(element.text) : element.text);
}

std::string canonical(const schemas::Node* shape, const Element& element);

std::string canonical_children(const schemas::Node* shape, const Element& element) {
  std::map<std::string_view, std::string> by_name;
  for (const Element& child : element.children) {
    std::string& values = by_name[child.name];
    values += values.empty() ? "" : ",";
    values += canonical(shape != nullptr ? shape->child(child.name) : nullptr, child);
  }
  std::string text = "{";
  for (const auto& [name, values] : by_name) {
    text += (text.size() > 1 ? "," : "") + in_quotes(name) + ":[" + values + "]";
  }
  return text + "}";
}

std::string canonical(const schemas::Node* shape, const Element& element) {
  const bool is_container = shape != nullptr && shape->kind == schemas::NodeKind::container;
  return element.children.empty() && !is_container ? canonical_text(shape, element)
                                                   : canonical_children(shape, element);
}

}  // namespace

std::string canonical_number(std::string_view text) {
  std::string_view number = without_white_space_around(text);
  const bool negative = number.starts_with('-');
  if (negative || number.starts_with('+')) number.remove_prefix(1);
  const auto point = number.find('.');
  std::string_view whole = number.substr(0, point);
  std::string_view fraction = point == std::string_view::npos ? std::string_view() : number.substr(point + 1);
  const auto only_digits = [](std::string_view part) { return part.find_first_not_of(digits) == part.npos; };
  if (whole.size() + fraction.size() == 0 || !only_digits(whole) || !only_digits(fraction)) return std::string(text);
  whole.remove_prefix(std::min(whole.find_first_not_of('0'), whole.size()));
  fraction = fraction.substr(0, fraction.find_last_not_of('0') + 1);  // npos + 1 is 0
  std::string plain = whole.empty() ? "0" : std::string(whole);
  if (!fraction.empty()) plain.append(".").append(fraction);
  return negative && plain != "0" ? "-" + plain : plain;
}

std::string canonical_element(const schemas::Node& shape, const Element& element) { return canonical(&shape, element); }

}  // namespace codecs::ceb

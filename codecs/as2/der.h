// Elements of DER and BER (ITU-T X.690 §8.1), no more than what OpenSSL's CMS leaves to do; of this module alone.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace codecs::as2 {

enum class TagClass { universal, context_specific };

std::string der_element(int tag, TagClass tag_class, const std::string& content);
std::string der_sequence(const std::string& content);
std::string der_explicit_0(const std::string& content);  // [0] EXPLICIT
std::string der_object_identifier(int nid);              // by OpenSSL's number

// How many elements there are at all depths, up to where the bytes are none or `most` are passed.
std::size_t count_elements(std::string_view bytes, std::size_t most);

struct Element {
  std::string_view content;
  bool open_length;  // its end is not told (X.690 §8.1.3.6): the content is all that follows
};

// Takes the first one off; nothing where there is none.
std::optional<Element> take_element(std::string_view& bytes);

}  // namespace codecs::as2

// Finds, in the text of a well-formed message, the places where a signature is taken out and put in, so that every
// other byte stays as it was. Expects text that base::XmlDocument has read: no document type declaration.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace signing {

struct Span {
  std::size_t begin, end;
};

struct RootMap {
  std::size_t after_name;      // in the root's start tag
  std::size_t content_end;     // of the root's end tag, or of "/>" where the root has no content
  std::string name;            // as written, with its prefix
  bool self_closing;           // <root/>
  std::vector<Span> children;  // the root's child elements, in order
};

RootMap map_root(std::string_view xml);

// The text before and after the place where the signature goes.
struct SplicedText {
  std::string before, after;
};

// `declarations` go behind the root's name; `removed` in order; `place` is the begin of a child or root.content_end.
SplicedText splice(std::string_view xml, const RootMap& root, std::string_view declarations,
                   const std::vector<Span>& removed, std::size_t place);

}  // namespace signing

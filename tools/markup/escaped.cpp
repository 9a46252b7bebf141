#include "tools/markup/escaped.h"

#include "codecs/ceb/characters.h"

namespace tools::markup {

std::string escaped(std::string_view text) {
  std::string made;
  made.reserve(text.size());
  for (const char c : codecs::ceb::made_carriable(text)) {
    switch (c) {
      case '&':
        made += "&amp;";
        break;
      case '<':
        made += "&lt;";
        break;
      case '>':
        made += "&gt;";
        break;
      case '"':
        made += "&quot;";
        break;
      case '\'':
        made += "&#39;";
        break;
      case '\r':
        made += "&#13;";  // it would be read back as a line feed
        break;
      default:
        made += c;
    }
  }
  return made;
}

}  // namespace tools::markup

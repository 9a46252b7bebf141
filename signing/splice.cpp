#include "signing/splice.h"

#include <algorithm>
#include <stdexcept>

namespace signing {

namespace {

// Walks the mark-up of well-formed text; throws where it is not, which base::XmlDocument has ruled out.
class MarkupWalk {
 public:
  explicit MarkupWalk(std::string_view xml) : xml_(xml) {}

  RootMap run() {
    while (!done_) {
      at_ = find("<", at_);
      step();
    }
    return std::move(root_);
  }

 private:
  std::size_t find(std::string_view what, std::size_t from) const {
    const auto found = xml_.find(what, from);
    if (found == std::string_view::npos) throw std::logic_error("map_root: the text is not well-formed");
    return found;
  }

  std::size_t past(std::string_view what, std::size_t from) const { return find(what, from) + what.size(); }

  void step() {
    const auto rest = xml_.substr(at_);
    if (rest.starts_with("<!--")) {
      at_ = past("-->", at_ + 4);
    } else if (rest.starts_with("<![CDATA[")) {
      at_ = past("]]>", at_ + 9);
    } else if (rest.starts_with("<?")) {
      at_ = past("?>", at_ + 2);
    } else if (rest.starts_with("</")) {
      end_tag();
    } else {
      start_tag();
    }
  }

  // The ">" of the start tag; quoted values may hold one.
  std::size_t tag_end() const {
    std::size_t i = at_;
    while (true) {
      i = xml_.find_first_of("\"'>", i);
      if (i == std::string_view::npos) throw std::logic_error("map_root: the text is not well-formed");
      if (xml_[i] == '>') return i;
      i = past(xml_.substr(i, 1), i + 1);
    }
  }

  void start_tag() {
    const auto close = tag_end();
    const bool empty = xml_[close - 1] == '/';
    if (depth_ == 0) {
      root_.after_name = std::min(xml_.find_first_of(" \t\r\n/>", at_), close);
      root_.name = std::string(xml_.substr(at_ + 1, root_.after_name - at_ - 1));
      root_.self_closing = empty;
      root_.content_end = close - 1;
      done_ = empty;
    } else if (depth_ == 1) {
      root_.children.push_back({at_, close + 1});
    }
    if (!empty) ++depth_;
    at_ = close + 1;
  }

  void end_tag() {
    const auto close = past(">", at_);
    --depth_;
    if (depth_ == 1) root_.children.back().end = close;
    if (depth_ == 0) {
      root_.content_end = at_;
      done_ = true;
    }
    at_ = close;
  }

  std::string_view xml_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool done_ = false;
  RootMap root_{};
};

// xml[from, to) without what is removed.
std::string kept(std::string_view xml, std::size_t from, std::size_t to, const std::vector<Span>& removed) {
  std::string text;
  for (const Span& span : removed) {
    if (span.begin < from || span.begin >= to) continue;
    text += xml.substr(from, span.begin - from);
    from = span.end;
  }
  return text.append(xml.substr(from, to - from));
}

}  // namespace

RootMap map_root(std::string_view xml) { return MarkupWalk(xml).run(); }

SplicedText splice(std::string_view xml, const RootMap& root, std::string_view declarations,
                   const std::vector<Span>& removed, std::size_t place) {
  SplicedText text;
  text.before = xml.substr(0, root.after_name);
  text.before += declarations;
  text.before += kept(xml, root.after_name, place, removed);
  if (!root.self_closing) {
    text.after = kept(xml, place, xml.size(), removed);
    return text;
  }
  text.before += '>';
  text.after = "</" + root.name + ">";
  text.after += xml.substr(root.content_end + 2);
  return text;
}

}  // namespace signing

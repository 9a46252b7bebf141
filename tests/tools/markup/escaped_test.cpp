#include "tools/markup/escaped.h"

#include <gtest/gtest.h>

#include "base/xml.h"

namespace {

using tools::markup::escaped;

TEST(Escaped, IsNeverMarkup) {
  EXPECT_EQ(escaped("<script>alert('\"&')</script>"), "&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;");
  EXPECT_EQ(escaped("订单 a\n\tb"), "订单 a\n\tb");
  EXPECT_EQ(escaped("a\r\n"), "a&#13;\n") << "a reader would drop the carriage return";
}

TEST(Escaped, IsReadByXmlWhateverTheBytes) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  const std::string text = escaped(all + "\xEF\xBF\xBF]]>");
  EXPECT_TRUE(base::XmlDocument::read("<a b=\"" + text + "\">" + text + "</a>"));
}

}  // namespace

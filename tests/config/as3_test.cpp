// A port over AS3: its server and folders, what may not stand there.
#include <gmock/gmock.h>

#include "config/settings.h"
#include "tests/support/paths.h"

namespace tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class As3Settings : public testing::Test {
 protected:
  As3Settings() {
    for (const char* file : {"as3.key.pem", "as3.cert.pem", "customs.pem", "password"}) {
      write_file(scratch_.path() / file, "x");
    }
  }

  base::Result<config::Settings> read(const std::string& url, const std::string& port) const {
    write_file(scratch_.path() / "cebgate.toml",
               "[[port]]\nname = \"exchange\"\nprofile = \"dxp-as3\"\nurl = \"" + url +
                   "\"\npassword = \"file:password\"\n" + port +
                   "\n[port.agreement]\npartner_id = \"CUSTOMS\"\nkey = \"file:as3.key.pem\"\n"
                   "certificate = \"file:as3.cert.pem\"\npartner_certificates = [\"file:customs.pem\"]\n");
    return config::read_settings(scratch_.path() / "cebgate.toml");
  }

  // Those of the port, as their paths.
  std::vector<std::string> faults(const std::string& url, const std::string& port) const {
    const auto settings = read(url, port);
    std::vector<std::string> paths;
    if (settings) return paths;
    for (const base::Fault& fault : settings.faults()) {
      EXPECT_FALSE(fault.zh.empty() || fault.en.empty());
      if (fault.path.starts_with("port[0].")) paths.push_back(fault.path.substr(8));
    }
    return paths;
  }

  ScratchDirectory scratch_;
};

const std::string folders = "user = \"gate\"\nout = \"to\"\nin = \"from\"\n";

TEST_F(As3Settings, are_safe_where_nothing_else_is_said) {
  const auto settings = read("ftp://ftp.example:2121", "user = \"gate\"\nout = \"/{dxp_id}/out/\"\nin = \"in\"\n");
  ASSERT_TRUE(settings) << settings.faults().front().path << settings.faults().front().en;
  const config::Port& port = settings->ports.front();
  EXPECT_EQ(port.ftp.out, "/{dxp_id}/out");
  EXPECT_EQ(port.ftp.in, "in");
  EXPECT_EQ(port.ftp.tls, config::FtpTls::required);
  EXPECT_EQ(port.ftp.after_reading, config::AfterReading::archive);
  EXPECT_EQ(port.password, "file:" + (scratch_.path() / "password").string());
}

TEST_F(As3Settings, take_plain_ftp_only_where_it_is_asked_for) {
  const auto settings = read("ftp://ftp.example", folders + "tls = \"none\"\nafter_reading = \"remove\"\n");
  ASSERT_TRUE(settings) << settings.faults().front().en;
  EXPECT_EQ(settings->ports.front().ftp.tls, config::FtpTls::none);
  EXPECT_EQ(settings->ports.front().ftp.after_reading, config::AfterReading::remove);
  EXPECT_THAT(faults("ftps://ftp.example", folders + "tls = \"none\"\n"), ElementsAre("tls"));
  EXPECT_THAT(faults("ftps://ftp.example", folders + "tls = \"perhaps\"\n"), ElementsAre("tls"));
  EXPECT_THAT(faults("ftps://ftp.example/", folders), IsEmpty());
}

TEST_F(As3Settings, name_what_is_missing_or_not_right) {
  EXPECT_THAT(faults("ftp://ftp.example", "user = \"gate\"\n"), ElementsAre("out", "in"));
  EXPECT_THAT(faults("ftp://ftp.example", "out = \"a\"\nin = \"b\"\n"), ElementsAre("user"));
  EXPECT_THAT(faults("ftp://ftp.example", "user = \"gate\"\nout = \"a\"\nin = \"a/\"\n"), ElementsAre("in"));
  EXPECT_THAT(faults("ftp://ftp.example", "user = \"gate\\r\\nDELE x\"\nout = \"a\\n\"\nin = \"b\"\n"),
              ElementsAre("user", "out"));
  EXPECT_THAT(faults("http://ftp.example", folders), ElementsAre("url"));
  EXPECT_THAT(faults("ftp://ftp.example/folder", folders), ElementsAre("url"));
  EXPECT_THAT(faults("ftp://ftp.example", folders + "listen = \"127.0.0.1:1\"\n"), ElementsAre("listen"));
}

}  // namespace
}  // namespace tests

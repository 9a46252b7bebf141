#include "tests/gateway/app/as2_manner.h"

#include "tests/codecs/as2/partners.h"
#include "tests/support/raw_socket.h"
#include "tests/support/unused_port.h"

namespace tests::app {

namespace {

std::string address(unsigned short port) { return "127.0.0.1:" + std::to_string(port); }
std::string url(unsigned short port) { return "http://" + address(port) + "/as2"; }

}  // namespace

Manner over_as2() { return over_as2_at({unused_port(), unused_port()}, ""); }

Manner over_as2_at(const As2Addresses& addresses, const std::string& more) {
  const As2Partners& partners = As2Partners::shared();
  const std::string shop_key = partners.shop.key_file.string(), shop = partners.shop.certificate_file.string();
  const std::string customs_key = partners.customs.key_file.string(),
                    customs = partners.customs.certificate_file.string();
  Manner manner{.resend_after = "500ms"};
  manner.port = "profile = \"dxp-as2\"\nurl = \"" + url(addresses.platform) + "\"\nlisten = \"" +
                address(addresses.door) + "\"\ntimeout = \"3s\"\nagreement = { partner_id = \"CUSTOMS\", key = \"" +
                shop_key + "\", certificate = \"" + shop + "\", partner_certificates = [\"" + customs + "\"]" + more +
                " }\n";
  manner.platform_arguments = {"--as2",
                               address(addresses.platform),
                               "--as2-key",
                               customs_key,
                               "--as2-certificate",
                               customs,
                               "--as2-partner-certificate",
                               shop,
                               "--as2-partner-url",
                               url(addresses.door),
                               "--as2-lateness",
                               "4"};
  return manner;
}

}  // namespace tests::app

#include "tests/codecs/as2/partners.h"

#include <stdexcept>

#include "tests/support/paths.h"
#include "tests/support/test_keys.h"

namespace tests {

namespace {

namespace as2 = codecs::as2;
namespace fs = std::filesystem;

void make_keys(const fs::path& folder) {
  TestAuthority authority(folder / "authority");
  for (const std::string name : {"shop", "customs", "stranger"}) {
    const TestIdentity identity = authority.issue_rsa(name);
    fs::copy_file(identity.key, folder / (name + ".key.pem"));
    fs::copy_file(identity.certificate, folder / (name + ".cert.pem"));
  }
}

fs::path with_keys(const fs::path& folder) {
  if (!fs::exists(folder / "stranger.cert.pem")) make_keys(folder);
  return folder;
}

As2Party party(const fs::path& folder, const std::string& name, const std::string& id) {
  const fs::path key = folder / (name + ".key.pem"), certificate = folder / (name + ".cert.pem");
  return {id, key, certificate, must(as2::KeyPair::from_files(key, base::Secret(), certificate))};
}

as2::Agreement agreement(const As2Party& own, const As2Party& partner) {
  return {.own_id = own.id,
          .partner_id = partner.id,
          .signing_key = own.keys,
          .decryption_key = own.keys,
          .encryption_certificate = partner.keys.certificate(),
          .partner_signers = {partner.keys.certificate()},
          .outgoing = {},
          .incoming = {},
          .receipt = {},
          .limits = {}};
}

}  // namespace

void fail_with(const base::Faults& faults) {
  std::string told;
  for (const base::Fault& fault : faults) told += fault.code + ": " + fault.en + "\n";
  throw std::runtime_error(told);
}

As2Partners::As2Partners(const fs::path& folder)
    : shop(party(with_keys(folder), "shop", "DXPENT0000000001")),
      customs(party(folder, "customs", "DXP EDI \"CUSTOMS\"")),
      stranger(party(folder, "stranger", "STRANGER")) {}

const As2Partners& As2Partners::shared() {
  static const ScratchDirectory scratch;
  static const As2Partners partners(scratch.path());
  return partners;
}

as2::Agreement As2Partners::of_shop() const { return agreement(shop, customs); }
as2::Agreement As2Partners::of_customs() const { return agreement(customs, shop); }

}  // namespace tests

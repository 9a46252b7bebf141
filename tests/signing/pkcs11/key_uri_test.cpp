#include "signing/pkcs11/key_uri.h"

#include <gtest/gtest.h>

#include "signing/pkcs11/pkcs11_key.h"
#include "signing/pkcs11/wording.h"

namespace {

using signing::pkcs11::KeyUri;
using signing::pkcs11::without_pin;

struct Opened {
  std::string code, words;
};

Opened opened(const std::string& uri) {
  const auto key = signing::pkcs11::open_pkcs11_key({.uri = uri});
  if (key) return {"good", ""};
  EXPECT_FALSE(key.faults().front().zh.empty());
  return {key.faults().front().code, key.faults().front().en};
}

TEST(Pkcs11Uris, AreReadWithTheirParts) {
  auto uri = KeyUri::parse("pkcs11:token=A%20B;object=k;id=%01%ab;type=private?module-path=/x.so&pin-value=12%33");
  ASSERT_TRUE(uri);
  EXPECT_EQ(uri->label(), "k");
  EXPECT_EQ(uri->id(), "\x01\xAB");
  EXPECT_EQ(uri->module_path(), "/x.so");
  EXPECT_EQ(uri->take_pin_value().reveal(), "123");
  EXPECT_EQ(uri->shown(), "pkcs11:token=A%20B;object=k;id=%01%ab;type=private?module-path=/x.so");
}

TEST(Pkcs11Uris, NameTheTokenTheyDescribe) {
  CK_TOKEN_INFO token{};
  const auto fill = [](auto& field, std::string_view text) {
    std::fill(std::begin(field), std::end(field), ' ');
    std::copy(text.begin(), text.end(), std::begin(field));
  };
  fill(token.label, "A B");
  fill(token.serialNumber, "77");
  fill(token.model, "M");
  fill(token.manufacturerID, "F");
  const auto fits = [&](const std::string& path) { return KeyUri::parse("pkcs11:" + path)->names({}, 3, {}, token); };
  for (const auto* path :
       {"", "token=A%20B", "serial=77;model=M;manufacturer=F", "slot-id=3", "token=A%20B;slot-id=3"}) {
    EXPECT_TRUE(fits(path)) << path;
  }
  for (const auto* path : {"token=A", "serial=7", "model=N", "manufacturer=G", "slot-id=4", "token=A%20B;slot-id=0"}) {
    EXPECT_FALSE(fits(path)) << path;
  }
}

TEST(Pkcs11Uris, AreShownWithoutTheirPin) {
  EXPECT_EQ(without_pin("pkcs11:token=x?pin-value=1&module-path=/m"), "pkcs11:token=x?&module-path=/m");
  EXPECT_EQ(without_pin("pkcs11:token=x?module-path=/m&pin-source=file:/p"), "pkcs11:token=x?module-path=/m:/p");
  EXPECT_EQ(without_pin("pkcs11:pin-value=1;token=x;pinfile=/p"), "pkcs11:;token=x");
  EXPECT_EQ(without_pin("pkcs11:token=x;Pin-Value=1"), "pkcs11:token=x");
  EXPECT_EQ(without_pin(""), "");
}

TEST(Pkcs11Uris, OfAWrongFormAreRefused) {
  for (const auto* uri : {"pkcs11", "pkcs12:token=x", "pkcs11:token", "pkcs11:token=%G", "pkcs11:tokn=x",
                          "pkcs11:type=cert", "pkcs11:token=x?module-path=/x.so;pin-value=1", "pkcs11:token=x"}) {
    EXPECT_EQ(opened(uri).code, "key.form") << uri;
  }
  EXPECT_NE(opened("pkcs11:token=x").words.find("?module-path=/path/lib.so"), std::string::npos);
}

TEST(Pkcs11Modules, ThatCannotBeLoadedAreRefusedWithTheReason) {
  auto found = opened("pkcs11:token=x?module-path=/absent/lib.so");
  EXPECT_EQ(found.code, "key.library");
  EXPECT_NE(found.words.find("No such file"), std::string::npos) << found.words;
  found = opened("pkcs11:token=x?module-path=" CEBGATE_SOURCE_DIR "/README.md");
  EXPECT_EQ(found.code, "key.library");
  EXPECT_NE(found.words.find("invalid ELF header"), std::string::npos) << found.words;
  found = opened("pkcs11:token=x?module-path=libcrypto.so.3");
  EXPECT_EQ(found.code, "key.library");
  EXPECT_NE(found.words.find("C_GetFunctionList"), std::string::npos) << found.words;
}

TEST(Pkcs11Modules, ThatNoFolderHoldsAreRefusedWithThePlacesSearched) {
  for (const auto* name : {"absent", "../softhsm/libsofthsm2"}) {
    const auto found = opened(std::string("pkcs11:token=x?module-name=") + name);
    EXPECT_EQ(found.code, "key.library") << name;
    EXPECT_NE(found.words.find("/pkcs11"), std::string::npos) << found.words;
  }
}

TEST(Pkcs11Wording, ShowsTextOfTokensAsCharacters) {
  using signing::pkcs11::readable;
  EXPECT_EQ(readable("企业   "), "企业");
  EXPECT_EQ(readable(std::string_view("a\nb\0\0", 5)), "a?b");
  EXPECT_EQ(readable("\xFF\xFEz"), "??z");
  EXPECT_EQ(readable("   "), "");
  EXPECT_EQ(signing::pkcs11::percent_encoded("\x01\xAB"), "%01%AB");
}

}  // namespace

#include "config/secret_reading.h"

#include <cstdlib>
#include <gmock/gmock.h>

#include "tests/support/paths.h"

namespace {

using std::filesystem::perms;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

class SecretReading : public testing::Test {
 protected:
  std::filesystem::path write(const std::string& name, const std::string& bytes) {
    const auto file = scratch_.path() / name;
    tests::write_file(file, bytes);
    permissions(file, perms::owner_read | perms::owner_write);
    return file;
  }
  base::Result<base::Secret> read(const std::string& reference) {
    return config::read_secret(reference, scratch_.path());
  }
  std::string text(const std::string& reference) {
    const auto secret = read(reference);
    return secret ? std::string(secret->reveal()) : secret.faults().front().code;
  }
  base::Fault fault(const std::string& reference) {
    const auto secret = read(reference);
    if (secret) {
      ADD_FAILURE() << "no fault of " << reference;
      return {};
    }
    EXPECT_EQ(secret.faults().size(), 1u);
    EXPECT_FALSE(secret.faults().front().zh.empty());
    return secret.faults().front();
  }
  std::string in_file(const std::string& bytes) {
    write("pin", bytes);
    return text("file:pin");
  }

  tests::ScratchDirectory scratch_;
};

TEST_F(SecretReading, TakesAFileByRelativeAndAbsolutePath) {
  const auto file = write("pin", "12345678\n");
  EXPECT_EQ(text("file:pin"), "12345678");
  EXPECT_EQ(text("file:./pin"), "12345678");
  EXPECT_EQ(config::read_secret("file:" + file.string(), "/")->reveal(), "12345678");
}

TEST_F(SecretReading, CutsOneLineBreakAndNothingElse) {
  EXPECT_EQ(in_file("a b"), "a b");
  EXPECT_EQ(in_file("a\r\n"), "a");
  EXPECT_EQ(in_file("a\n\n"), "a\n");
  EXPECT_EQ(in_file(" a \n"), " a ");
  EXPECT_EQ(in_file("a\r"), "a\r");
  EXPECT_EQ(in_file("\n"), "settings.secret_read");
  EXPECT_EQ(in_file(""), "settings.secret_read");
}

TEST_F(SecretReading, TakesAFileUpToTheLimitAndNotOneByteMore) {
  EXPECT_EQ(in_file(std::string(4095, 'x') + "\n"), std::string(4095, 'x'));
  EXPECT_EQ(in_file(std::string(4096, 'x')), std::string(4096, 'x'));
  EXPECT_EQ(in_file(std::string(4096, 'x') + "\n"), "settings.secret_read");
  EXPECT_THAT(fault("file:pin").en, HasSubstr("4 KiB"));
}

TEST_F(SecretReading, NamesAFileThatCannotBeRead) {
  create_directory(scratch_.path() / "folder");
  for (const std::string name : {"absent", "folder"}) {
    const auto found = fault("file:" + name);
    EXPECT_EQ(found.code, "settings.secret_read");
    EXPECT_THAT(found.en, HasSubstr((scratch_.path() / name).string()));
  }
}

TEST_F(SecretReading, RefusesAFileThatOthersMayRead) {
  const auto file = write("pin", "12345678");
  for (const auto mode : {perms::group_read, perms::others_read}) {
    permissions(file, perms::owner_read | mode);
    const auto found = fault("file:pin");
    EXPECT_EQ(found.code, "settings.secret_care");
    EXPECT_THAT(found.en, EndsWith("chmod 600 " + file.string()));
    EXPECT_THAT(found.zh, EndsWith("chmod 600 " + file.string()));
  }
}

TEST_F(SecretReading, TakesACredentialOfTheServiceManager) {
  write("sm2-pin", "12345678\n");
  permissions(scratch_.path() / "sm2-pin", perms::owner_read | perms::group_read);  // how an access list looks
  setenv("CREDENTIALS_DIRECTORY", scratch_.path().c_str(), 1);
  EXPECT_EQ(text("credential:sm2-pin"), "12345678");
  EXPECT_EQ(fault("credential:absent").code, "settings.secret_read");
  for (const char* name : {"", ".", "..", "../pin", "/etc/hostname", "a/b"}) {
    EXPECT_EQ(fault("credential:" + std::string(name)).code, "settings.secret") << name;
  }
  unsetenv("CREDENTIALS_DIRECTORY");
  EXPECT_THAT(fault("credential:sm2-pin").en, HasSubstr("LoadCredential=sm2-pin:PATH"));
}

TEST_F(SecretReading, TakesAVariableAgainAndAgain) {
  setenv("CEBGATE_TEST_PIN", "12345678", 1);
  EXPECT_EQ(text("env:CEBGATE_TEST_PIN"), "12345678");
  EXPECT_EQ(text("env:CEBGATE_TEST_PIN"), "12345678");
  setenv("CEBGATE_TEST_PIN", "corrected", 1);
  EXPECT_EQ(text("env:CEBGATE_TEST_PIN"), "corrected");
  unsetenv("CEBGATE_TEST_PIN");
}

TEST_F(SecretReading, NamesAVariableThatIsAbsentOrEmpty) {
  EXPECT_THAT(fault("env:CEBGATE_TEST_ABSENT").en, HasSubstr("no variable CEBGATE_TEST_ABSENT"));
  setenv("CEBGATE_TEST_EMPTY", "", 1);
  EXPECT_THAT(fault("env:CEBGATE_TEST_EMPTY").en, HasSubstr("is empty"));
  unsetenv("CEBGATE_TEST_EMPTY");
}

bool own_environment_shows(const std::string& text) {
  return tests::read_file("/proc/self/environ").find(text) != std::string::npos;
}

[[noreturn]] void take_the_variable_and_leave() {
  if (!own_environment_shows("CEBGATE_TEST_SHOWN=a hidden one")) std::_Exit(2);
  const auto secret = config::read_secret("env:CEBGATE_TEST_SHOWN", "/");
  if (!secret || secret->reveal() != "a hidden one") std::_Exit(3);
  std::_Exit(own_environment_shows("a hidden one") || *std::getenv("CEBGATE_TEST_SHOWN") != '\0' ? 4 : 0);
}

// What /proc shows is the environment as it was given at the start, so a program is started with it: this one again.
TEST_F(SecretReading, LeavesNothingOfAVariableInTheEnvironment) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  if (std::getenv("CEBGATE_TEST_SHOWN") == nullptr) setenv("CEBGATE_TEST_SHOWN", "a hidden one", 1);
  EXPECT_EXIT(take_the_variable_and_leave(), testing::ExitedWithCode(0), "");
  unsetenv("CEBGATE_TEST_SHOWN");
}

TEST_F(SecretReading, NeverRepeatsWhatMayBeTheSecretItself) {
  for (const char* given : {"87654321", "", "file:", "env:", "env:87654321", "env:a=87654321", "pin:87654321",
                            "credential:", "credential:/87654321", "FILE:87654321"}) {
    const auto found = fault(given);
    EXPECT_EQ(found.code, "settings.secret") << given;
    for (const std::string& words : {found.zh, found.en, found.path, found.source}) {
      EXPECT_THAT(words, Not(HasSubstr("87654321")));
    }
    for (const char* form : {"file:", "env:", "credential:"}) {
      EXPECT_THAT(found.en, HasSubstr(form));
      EXPECT_THAT(found.zh, HasSubstr(form));
    }
  }
}

}  // namespace

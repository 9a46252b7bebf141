#include "signing/gmt/code_names.h"

#include <array>
#include <cstdio>

namespace signing::gmt {

namespace {

constexpr std::uint32_t skf_base = 0x0A000000, sdf_base = 0x01000000;

// In the order of their numbers, from 1, each with a blank behind.
constexpr std::string_view skf_names =
    "SAR_FAIL SAR_UNKNOWNERR SAR_NOTSUPPORTYETERR SAR_FILEERR SAR_INVALIDHANDLEERR SAR_INVALIDPARAMERR "
    "SAR_READFILEERR SAR_WRITEFILEERR SAR_NAMELENERR SAR_KEYUSAGEERR SAR_MODULUSLENERR SAR_NOTINITIALIZEERR "
    "SAR_OBJERR SAR_MEMORYERR SAR_TIMEOUTERR SAR_INDATALENERR SAR_INDATAERR SAR_GENRANDERR SAR_HASHOBJERR "
    "SAR_HASHERR SAR_GENRSAKEYERR SAR_RSAMODULUSLENERR SAR_CSPIMPRTPUBKEYERR SAR_RSAENCERR SAR_RSADECERR "
    "SAR_HASHNOTEQUALERR SAR_KEYNOTFOUNTERR SAR_CERTNOTFOUNTERR SAR_NOTEXPORTERR SAR_DECRYPTPADERR "
    "SAR_MACLENERR SAR_BUFFER_TOO_SMALL SAR_KEYINFOTYPEERR SAR_NOT_EVENTERR SAR_DEVICE_REMOVED "
    "SAR_PIN_INCORRECT SAR_PIN_LOCKED SAR_PIN_INVALID SAR_PIN_LEN_RANGE SAR_USER_ALREADY_LOGGED_IN "
    "SAR_USER_PIN_NOT_INITIALIZED SAR_USER_TYPE_INVALID SAR_APPLICATION_NAME_INVALID SAR_APPLICATION_EXISTS "
    "SAR_USER_NOT_LOGGED_IN SAR_APPLICATION_NOT_EXISTS SAR_FILE_ALREADY_EXIST SAR_NO_ROOM SAR_FILE_NOT_EXIST "
    "SAR_REACH_MAX_CONTAINER_COUNT ";

constexpr std::string_view sdf_names =
    "SDR_UNKNOWERR SDR_NOTSUPPORT SDR_COMMFAIL SDR_HARDFAIL SDR_OPENDEVICE SDR_OPENSESSION SDR_PARDENY "
    "SDR_KEYNOTEXIST SDR_ALGNOTSUPPORT SDR_ALGMODNOTSUPPORT SDR_PKOPERR SDR_SKOPERR SDR_SIGNERR SDR_VERIFYERR "
    "SDR_SYMOPERR SDR_STEPERR SDR_FILESIZEERR SDR_FILENOEXIST SDR_FILEOFSERR SDR_KEYTYPEERR SDR_KEYERR "
    "SDR_ENCDATAERR SDR_RANDERR SDR_PRKRERR SDR_MACERR SDR_FILEEXISTS SDR_FILEWERR SDR_NOBUFFER SDR_INARGERR "
    "SDR_OUTARGERR ";

// Empty for a number that has no name.
constexpr std::string_view name_of(std::uint32_t number, std::string_view names) {
  if (number == 0) return {};
  for (; number > 1 && !names.empty(); --number) names.remove_prefix(names.find(' ') + 1);
  return names.substr(0, names.find(' '));
}
static_assert(name_of(0x24, skf_names) == "SAR_PIN_INCORRECT" && name_of(0x33, skf_names).empty());
static_assert(name_of(0x18, sdf_names) == "SDR_PRKRERR" && name_of(0x1F, sdf_names).empty());

}  // namespace

std::string told(const Answer& answer) {
  std::array<char, sizeof "0x00000000"> digits{};
  std::snprintf(digits.data(), digits.size(), "0x%08X", answer.code);
  // A number below its base wraps round, and no table is that long.
  const std::string_view skf = name_of(answer.code - skf_base, skf_names);
  const std::string_view name = skf.empty() ? name_of(answer.code - sdf_base, sdf_names) : skf;
  std::string text = std::string(answer.function) + " " + digits.data();
  if (!name.empty()) text += " (" + std::string(name) + ")";
  return text;
}

}  // namespace signing::gmt

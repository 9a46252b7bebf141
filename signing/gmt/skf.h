// What signing needs of the interface of smart keys, as a vendor's library has it (GM/T 0016-2012 §6.4, §7, annex A).
// ULONG has 32 bits there; some vendors build theirs with 64, so that numbers given back get a Slot of that size.
#pragma once

#include <cstdint>

#include "signing/gmt/ecc_signature.h"

namespace signing::gmt::skf {

using Code = std::uint32_t;
using Ulong = std::uint32_t;
using Bool = std::int32_t;

struct Slot {
  Ulong value = 0;
  Ulong upper_half = 0;
};
static_assert(sizeof(Ulong) == 4 && sizeof(Slot) == 8);

inline constexpr Bool yes = 1;
inline constexpr Ulong user_pin = 1;
inline constexpr Ulong device_is_absent = 0;

using EnumDev = Code(Bool present_only, char* names, Ulong* size);
using ConnectDev = Code(char* name, void** device);
using DisConnectDev = Code(void* device);
using GetDevState = Code(char* name, Ulong* state);
using EnumApplication = Code(void* device, char* names, Ulong* size);
using OpenApplication = Code(void* device, char* name, void** application);
using CloseApplication = Code(void* application);
using GetPinInfo = Code(void* application, Ulong pin_kind, Ulong* most_tries, Ulong* tries_left, Bool* is_default);
using VerifyPin = Code(void* application, Ulong pin_kind, char* pin, Ulong* tries_left);
using EnumContainer = Code(void* application, char* names, Ulong* size);
using OpenContainer = Code(void* application, char* name, void** container);
using CloseContainer = Code(void* container);
using ExportCertificate = Code(void* container, Bool for_signing, unsigned char* der, Ulong* size);
using ExportPublicKey = Code(void* container, Bool for_signing, unsigned char* blob, Ulong* size);
using EccSignData = Code(void* container, unsigned char* digest, Ulong size, EccSignature* value);
using RsaSignData = Code(void* container, unsigned char* data, Ulong size, unsigned char* value, Ulong* value_size);

inline constexpr Code ok = 0;
inline constexpr Code not_supported_yet = 0x0A000003;
inline constexpr Code invalid_handle = 0x0A000005;
inline constexpr Code not_initialized = 0x0A00000C;
inline constexpr Code timeout = 0x0A00000F;
inline constexpr Code certificate_not_found = 0x0A00001C;
inline constexpr Code device_removed = 0x0A000023;
inline constexpr Code pin_incorrect = 0x0A000024;
inline constexpr Code pin_locked = 0x0A000025;
inline constexpr Code pin_invalid = 0x0A000026;
inline constexpr Code pin_length_range = 0x0A000027;
inline constexpr Code user_already_logged_in = 0x0A000028;
inline constexpr Code user_pin_not_initialized = 0x0A000029;
inline constexpr Code user_not_logged_in = 0x0A00002D;

}  // namespace signing::gmt::skf

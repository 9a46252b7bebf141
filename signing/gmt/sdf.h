// What signing needs of the interface of crypto machines, as a vendor's library has it (GM/T 0018-2012 §5, §6, annex
// A).
#pragma once

#include <cstdint>

#include "signing/gmt/ecc_signature.h"

namespace signing::gmt::sdf {

using Code = std::uint32_t;
using Number = std::uint32_t;

using OpenDevice = Code(void** device);
using CloseDevice = Code(void* device);
using OpenSession = Code(void* device, void** session);
using CloseSession = Code(void* session);
using GetDeviceInfo = Code(void* session, unsigned char* info);
using GetPrivateKeyAccessRight = Code(void* session, Number index, unsigned char* password, Number size);
using ReleasePrivateKeyAccessRight = Code(void* session, Number index);
using ExportSignPublicKey = Code(void* session, Number index, unsigned char* key);  // of both kinds
using InternalSignEcc = Code(void* session, Number index, unsigned char* digest, Number size, EccSignature* value);
using InternalPrivateKeyOperationRsa = Code(void* session, Number index, unsigned char* input, Number size,
                                            unsigned char* output, Number* output_size);

inline constexpr Code ok = 0;
inline constexpr Code not_supported = 0x01000002;
inline constexpr Code communication_failed = 0x01000003;
inline constexpr Code hardware_failed = 0x01000004;
inline constexpr Code no_access_right = 0x01000007;
inline constexpr Code key_not_there = 0x01000008;
inline constexpr Code key_access_refused = 0x01000018;
inline constexpr Code input_wrong = 0x0100001D;

}  // namespace signing::gmt::sdf

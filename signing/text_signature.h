// The signature of a plain text, for what is no XML: signValue of 海关总署公告 2018 年第 179 号. Safe from every
// thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "signing/dialect.h"
#include "signing/key.h"

namespace signing {

// The value's bytes over the text's bytes as they are, verified before they are given out. Faults: key.*,
// signature.self.
base::Result<std::string> sign_text(std::string_view text, const Key& key, SignatureAlgorithm algorithm);

}  // namespace signing

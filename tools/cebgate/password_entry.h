// A new password from whoever runs the program: a file, the terminal (twice, unseen), or the first line of standard
// input. Faults: user.password, settings.secret_read, settings.secret_care.
#pragma once

#include <string>

#include "base/result.h"
#include "base/secret.h"
#include "tools/cebgate/language.h"

namespace tools::cebgate {

// file: empty where none was named.
base::Result<base::Secret> enter_password(const std::string& file, Language language);

}  // namespace tools::cebgate

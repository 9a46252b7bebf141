// The program's command line from argv to the exit status (docs: `cebgate --help`). Never throws.
#pragma once

namespace tools::cebgate {

int run(int argc, char** argv);

}  // namespace tools::cebgate

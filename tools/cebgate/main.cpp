#include <malloc.h>

#include "tools/cebgate/command_line.h"

// A large body goes back to the system with its last use. By itself glibc keeps pieces of up to 32 MiB once one was
// freed (mallopt(3), M_MMAP_THRESHOLD). Where jemalloc is linked this moves nothing.
int main(int argc, char** argv) {
  constexpr int large_bytes = 1 << 20;
  mallopt(M_MMAP_THRESHOLD, large_bytes);
  mallopt(M_TRIM_THRESHOLD, large_bytes);
  return tools::cebgate::run(argc, argv);
}

// How jemalloc, which the program is linked with, keeps its memory: in two arenas; what is free goes back to the system
// after a second, pieces of a megabyte and more at once, so that a burst of posts does not stay in the resident set.
// jemalloc(3), TUNING.

// The name is jemalloc's.
extern "C" {
const char* malloc_conf = "narenas:2,dirty_decay_ms:1000,muzzy_decay_ms:0,oversize_threshold:1048576";
}

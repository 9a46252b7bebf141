// How jemalloc, which the program is linked with, keeps its memory: in one arena, beside the caches of the threads;
// what is free goes back to the system after a fifth of a second, pieces of 2 MiB and more at once. Large bodies at the
// same time would else stay in the resident set; whole messages, of some 300 KiB, would be asked of the system and
// filled with zeros again and again. jemalloc(3), TUNING.

// The name is jemalloc's.
extern "C" {
const char* malloc_conf = "narenas:1,dirty_decay_ms:200,muzzy_decay_ms:0,oversize_threshold:2097152";
}

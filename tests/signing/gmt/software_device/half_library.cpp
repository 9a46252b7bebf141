// A library that has one function of each interface and lacks the others.
extern "C" {
unsigned SKF_EnumDev(int, char*, unsigned* size) { return *size = 0; }
int SDF_OpenDevice(void**) { return 0; }
}

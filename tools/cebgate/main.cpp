#include "tools/cebgate/command_line.h"

int main(int argc, char** argv) { return tools::cebgate::run(argc, argv); }

# Language, warnings and build speed, the same for every target.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(cebgate_options INTERFACE)
target_compile_options(cebgate_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Werror)
target_include_directories(cebgate_options INTERFACE ${CMAKE_SOURCE_DIR})
# Places where tests let the gateway die; never in what is built for use.
option(CEBGATE_FAILPOINTS "let CEBGATE_FAILPOINT in the environment end the process" OFF)
if(CEBGATE_FAILPOINTS)
  target_compile_definitions(cebgate_options INTERFACE CEBGATE_FAILPOINTS)
endif()
set(CEBGATE_SANITIZE "" CACHE STRING "what -fsanitize takes, for example address,undefined")
if(CEBGATE_SANITIZE)
  add_compile_options(-fsanitize=${CEBGATE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${CEBGATE_SANITIZE})
endif()

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND (CEBGATE_SANITIZE OR NOT CMAKE_BUILD_TYPE STREQUAL "Debug"))
  # GCC 12 reports these when it optimizes although nothing is wrong: inside std::string and coroutine frames (GCC bugs 105329, 105562),
  # and for Asio's recycled coroutine frames, whose operator new is aligned_alloc and whose operator delete is free.
  target_compile_options(cebgate_options INTERFACE -Wno-restrict -Wno-maybe-uninitialized -Wno-mismatched-new-delete)
endif()

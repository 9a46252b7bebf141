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

# LLVM's linker takes a quarter of the time of GNU's for programs with what a debugger wants.
find_program(LLD ld.lld)
if(LLD AND CMAKE_BUILD_TYPE STREQUAL "Debug")
  add_link_options(-fuse-ld=lld)
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
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(--param=ggc-min-heapsize=500000)  # kB: GCC collects its garbage only from there on, a twentieth of its time
endif()
if(CEBGATE_SANITIZE)
  add_compile_options(-fsanitize=${CEBGATE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${CEBGATE_SANITIZE})
endif()

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND (CEBGATE_SANITIZE OR NOT CMAKE_BUILD_TYPE STREQUAL "Debug"))
  # GCC 12 reports these when it optimizes although nothing is wrong: inside std::string and coroutine frames (GCC bugs 105329, 105562),
  # and for Asio's recycled coroutine frames, whose operator new is aligned_alloc and whose operator delete is free.
  target_compile_options(cebgate_options INTERFACE -Wno-restrict -Wno-maybe-uninitialized -Wno-mismatched-new-delete)
endif()

# What several sources instantiate alike is compiled once where they are compiled together: a build takes a quarter of its time.
# The sources of a folder then share their unnamed namespaces, so no two of them may use one name there for two things.
option(CEBGATE_UNITY "compile the sources of a folder together, twelve at a time" OFF)
if(CEBGATE_UNITY)
  set(CMAKE_UNITY_BUILD ON)
  set(CMAKE_UNITY_BUILD_BATCH_SIZE 12)
  # Warnings that other builds give: of names that a neighbour declares, and of what its unnamed namespace holds.
  target_compile_options(cebgate_options INTERFACE -Wno-shadow $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endif()

# A third of the time of most sources went into reading the standard library, and a tenth of a test's into GoogleTest.
# cebgate_precompiled(TARGET standard_library|of_tests): its sources find those headers read already.
option(CEBGATE_PRECOMPILE "read the headers of cmake/precompiled once for all sources" OFF)
if(CEBGATE_PRECOMPILE)
  foreach(headers standard_library of_tests)
    add_library(${headers} OBJECT cmake/precompiled/${headers}.cpp)
    target_link_libraries(${headers} PRIVATE cebgate_options)
    target_precompile_headers(${headers} PRIVATE cmake/precompiled/${headers}.h)
  endforeach()
  target_link_libraries(of_tests PRIVATE GTest::gmock)  # it defines what GoogleTest's headers ask for
endif()
function(cebgate_precompiled name headers)
  if(CEBGATE_PRECOMPILE)
    target_precompile_headers(${name} REUSE_FROM ${headers})
  endif()
endfunction()

# The software libraries that the tests of signing/gmt open as a vendor's: one with the standard's ULONG, one with a ULONG
# of 64 bits, one that lacks most functions.
set(software_device ${CMAKE_CURRENT_LIST_DIR})
function(software_library name)
  cmake_parse_arguments(arg "" "" "SOURCES" ${ARGN})
  add_library(${name} MODULE ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE cebgate_options OpenSSL::Crypto)
  set_target_properties(${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  add_dependencies(signing_gmt_test ${name})
endfunction()

foreach(bits 32 64)
  software_library(software_device_${bits}
                   SOURCES ${software_device}/skf_library.cpp ${software_device}/sdf_library.cpp
                           ${software_device}/private_key.cpp ${software_device}/device_state.cpp)
  target_compile_definitions(software_device_${bits} PRIVATE SOFT_ULONG=std::uint${bits}_t)
endforeach()
software_library(software_device_half SOURCES ${software_device}/half_library.cpp)

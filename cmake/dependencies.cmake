# Third-party libraries, all from Debian 12; docs/decisions says why each one is here.
set(Boost_NO_BOOST_CMAKE OFF)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(Threads REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(LibXml2 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(PostgreSQL REQUIRED)
find_package(pugixml REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(prometheus-cpp REQUIRED)
find_package(GTest REQUIRED)
find_package(benchmark REQUIRED)
find_library(csv_library csv REQUIRED)  # it comes with neither a CMake nor a pkg-config file
add_library(csv UNKNOWN IMPORTED)
set_target_properties(csv PROPERTIES IMPORTED_LOCATION ${csv_library})
# Debian's pkg-config file for it names two others that are not there; the C library under it has no link of its own.
find_library(qpid_proton_cpp qpid-proton-cpp REQUIRED)
find_library(qpid_proton_core libqpid-proton-core.so.10 REQUIRED)
add_library(qpid_proton INTERFACE)
target_link_libraries(qpid_proton INTERFACE ${qpid_proton_cpp} ${qpid_proton_core})
find_package(Python3 REQUIRED COMPONENTS Interpreter)  # makes the XSDs, runs the checks of the tree
pkg_check_modules(xmlsec REQUIRED IMPORTED_TARGET xmlsec1-openssl)
pkg_check_modules(botan REQUIRED IMPORTED_TARGET botan-2)
pkg_check_modules(jemalloc REQUIRED IMPORTED_TARGET jemalloc)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(libzip REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(rabbitmq REQUIRED IMPORTED_TARGET librabbitmq)
pkg_check_modules(p11kit REQUIRED IMPORTED_TARGET p11-kit-1)
pkg_check_modules(tomlplusplus REQUIRED IMPORTED_TARGET tomlplusplus)

# Asio and Beast are compiled once, here; every user sees declarations only.
add_library(boost_network STATIC cmake/boost_network.cpp)
target_compile_definitions(boost_network PUBLIC BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION
                                                BOOST_ASIO_NO_DEPRECATED)
target_link_libraries(boost_network PUBLIC Boost::headers OpenSSL::SSL OpenSSL::Crypto Threads::Threads)

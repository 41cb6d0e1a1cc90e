# Debian packages: `cpack` in a build directory made with BUILD_SHARED_LIBS=ON and CMAKE_INSTALL_PREFIX=/usr. The tool's
# needs no other: it holds what it uses of the libraries.
if(NOT TWILIO_SMS_INSTALL OR NOT BUILD_SHARED_LIBS OR NOT TARGET twilio_sms_tool)
    return()
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME twilio-sms)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "twilio-sms contributors <twilio-sms@localhost>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL runtime dev tool)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${PROJECT_BINARY_DIR}/src ${PROJECT_BINARY_DIR}/src/simulator)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(runtime libtwilio-sms${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME ${runtime})
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION libs)
set(CPACK_COMPONENT_RUNTIME_DESCRIPTION "sends SMS and MMS through Twilio (shared libraries)
 A C++20 SDK on Boost.Asio that says for every message what became of it.
 With the simulator, a local Twilio for tests.")

set(CPACK_DEBIAN_DEV_PACKAGE_NAME libtwilio-sms-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS "${runtime} (= ${PROJECT_VERSION}), libboost1.81-dev, libboost-json1.81-dev, \
libboost-url1.81-dev, libssl-dev (>= 3.0)")
set(CPACK_COMPONENT_DEV_DESCRIPTION "sends SMS and MMS through Twilio (development files)
 Headers, CMake package and pkg-config files of a C++20 SDK on Boost.Asio.")

set(CPACK_DEBIAN_TOOL_PACKAGE_NAME twilio-sms)
set(CPACK_DEBIAN_TOOL_PACKAGE_SECTION net)
set(CPACK_DEBIAN_TOOL_PACKAGE_RECOMMENDS ca-certificates)
set(CPACK_COMPONENT_TOOL_DESCRIPTION "sends SMS and MMS through Twilio (command line tool)
 Messages, campaigns from a CSV file, and a local Twilio for tests.")

foreach(component IN LISTS CPACK_COMPONENTS_ALL)
    string(TOUPPER ${component} upper)
    install(FILES LICENSE DESTINATION share/doc/${CPACK_DEBIAN_${upper}_PACKAGE_NAME} RENAME copyright
        COMPONENT ${component} EXCLUDE_FROM_ALL)
endforeach()
include(CPack)

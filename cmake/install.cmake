# Installation: headers, libraries, the tool, the CMake package and pkg-config files `twilio_sms`.
# Components: `runtime` (shared libraries), `dev` (what building against them takes), `tool`.
if(NOT TWILIO_SMS_INSTALL)
    return()
endif()
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/twilio_sms)
set(suffix)
if(BUILD_SHARED_LIBS)
    set(suffix _shared)
endif()

# install_library(NAME ARCHIVE): as target twilio_sms::NAME, with an export file and a pkg-config file of its own.
function(install_library name archive)
    set_target_properties(${archive}${suffix} PROPERTIES EXPORT_NAME ${name})
    install(TARGETS ${archive}${suffix} EXPORT ${archive}
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT dev
        LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT runtime NAMELINK_COMPONENT dev)
    install(EXPORT ${archive} NAMESPACE twilio_sms:: FILE ${archive}-targets.cmake DESTINATION ${package_dir}
        COMPONENT dev)
    configure_file(cmake/${archive}.pc.in ${archive}.pc @ONLY)
    install(FILES ${CMAKE_CURRENT_BINARY_DIR}/${archive}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT dev)
endfunction()

# Boost has no pkg-config files. Who links a static library needs all of it even without `pkg-config --static`.
set(pc_libs "")
set(pc_libs_private "")
set(needed_libraries "-lboost_json -lboost_url -lboost_container -lssl -lcrypto -pthread")
if(BUILD_SHARED_LIBS)
    set(pc_libs_private ${needed_libraries})
else()
    set(pc_libs " ${needed_libraries}")
endif()
file(RELATIVE_PATH pc_prefix /x/${CMAKE_INSTALL_LIBDIR}/pkgconfig /x) # so that the installed tree can be moved

install_library(twilio_sms twilio_sms)
set(left_out PATTERN simulator.hpp EXCLUDE)
if(TARGET twilio_sms_simulator)
    install_library(simulator twilio_sms_simulator)
    set(left_out)
endif()
install(DIRECTORY include/twilio_sms DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT dev
    FILES_MATCHING PATTERN *.hpp ${left_out})
if(TARGET twilio_sms_tool)
    install(TARGETS twilio_sms_tool DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT tool)
endif()

configure_package_config_file(cmake/twilio_sms-config.cmake.in twilio_sms-config.cmake
    INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(twilio_sms-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/twilio_sms-config.cmake
    ${CMAKE_CURRENT_BINARY_DIR}/twilio_sms-config-version.cmake DESTINATION ${package_dir} COMPONENT dev)

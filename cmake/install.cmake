# Installation: headers, libraries, the tool, the CMake package and pkg-config file `twilio_sms`.
if(NOT TWILIO_SMS_INSTALL)
    return()
endif()
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/twilio_sms)
set(libraries twilio_sms)
set(left_out PATTERN simulator.hpp EXCLUDE)
if(TARGET twilio_sms_simulator)
    set_target_properties(twilio_sms_simulator PROPERTIES EXPORT_NAME simulator)
    list(APPEND libraries twilio_sms_simulator)
    set(left_out)
endif()

install(TARGETS ${libraries} EXPORT twilio_sms
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
    RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY include/twilio_sms DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN *.hpp ${left_out})
if(TARGET twilio_sms_tool)
    install(TARGETS twilio_sms_tool DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

install(EXPORT twilio_sms NAMESPACE twilio_sms:: FILE twilio_sms-targets.cmake DESTINATION ${package_dir})
configure_package_config_file(cmake/twilio_sms-config.cmake.in twilio_sms-config.cmake
    INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(twilio_sms-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/twilio_sms-config.cmake
    ${CMAKE_CURRENT_BINARY_DIR}/twilio_sms-config-version.cmake DESTINATION ${package_dir})

# Boost has no pkg-config files. Who links a static library needs all of it even without `pkg-config --static`.
set(needed_libraries "-lboost_json -lboost_url -lboost_container -lssl -lcrypto -pthread")
get_target_property(type twilio_sms TYPE)
if(type STREQUAL "STATIC_LIBRARY")
    set(pc_libs " ${needed_libraries}")
    set(pc_libs_private "")
else()
    set(pc_libs "")
    set(pc_libs_private ${needed_libraries})
endif()
file(RELATIVE_PATH pc_prefix /x/${CMAKE_INSTALL_LIBDIR}/pkgconfig /x) # so that the installed tree can be moved
configure_file(cmake/twilio_sms.pc.in twilio_sms.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/twilio_sms.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# An overlay port: builds the tree that it lies in. In a registry of ports vcpkg_from_github takes the place of the path.
get_filename_component(SOURCE_PATH "${CURRENT_PORT_DIR}/../../.." ABSOLUTE)

vcpkg_check_features(OUT_FEATURE_OPTIONS features FEATURES simulator TWILIO_SMS_BUILD_SIMULATOR)
vcpkg_cmake_configure(
    SOURCE_PATH "${SOURCE_PATH}"
    OPTIONS ${features}
        -DTWILIO_SMS_BUILD_TOOLS=OFF
        -DTWILIO_SMS_BUILD_TESTS=OFF
        -DTWILIO_SMS_BUILD_EXAMPLES=OFF
        -DTWILIO_SMS_BUILD_BENCHMARKS=OFF)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(PACKAGE_NAME twilio_sms CONFIG_PATH lib/cmake/twilio_sms)
vcpkg_fixup_pkgconfig()
file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/debug/include")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")

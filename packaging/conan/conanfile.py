"""Conan 2: `conan create packaging/conan`. Packs the tree that it lies in."""

import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, load


class TwilioSms(ConanFile):
    name = "twilio-sms"
    description = "Sends SMS and MMS through Twilio, and says for every message what became of it"
    license = "MIT"
    package_type = "library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"shared": [True, False], "simulator": [True, False]}
    default_options = {"shared": False, "simulator": True}

    @property
    def _tree(self):
        return os.path.join(self.recipe_folder, "..", "..")

    def set_version(self):  # the one place that names it
        header = load(self, os.path.join(self._tree, "include", "twilio_sms", "version.hpp"))
        self.version = re.search(r'define TWILIO_SMS_VERSION "([0-9.]+)"', header).group(1)

    def export_sources(self):
        for pattern in ("CMakeLists.txt", "LICENSE", "cmake/*", "include/*", "src/*"):
            copy(self, pattern, self._tree, self.export_sources_folder)

    def validate(self):
        check_min_cppstd(self, 20)

    def requirements(self):
        # Asio's types are part of the interface; Boost.JSON and URL, and OpenSSL, are not.
        self.requires("boost/[>=1.81 <2]", transitive_headers=True)
        self.requires("openssl/[>=3 <4]")

    def layout(self):
        cmake_layout(self)

    def generate(self):
        CMakeDeps(self).generate()
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["TWILIO_SMS_BUILD_SIMULATOR"] = bool(self.options.simulator)
        for part in ("TOOLS", "TESTS", "EXAMPLES", "BENCHMARKS"):
            toolchain.cache_variables["TWILIO_SMS_BUILD_" + part] = False
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        CMake(self).install()

    def package_info(self):
        self.cpp_info.set_property("cmake_file_name", "twilio_sms")
        sdk = self.cpp_info.components["sdk"]
        sdk.set_property("cmake_target_name", "twilio_sms::twilio_sms")
        sdk.set_property("pkg_config_name", "twilio_sms")
        sdk.libs = ["twilio_sms"]
        sdk.defines = ["BOOST_ASIO_NO_DEPRECATED"]
        sdk.system_libs = ["pthread"]
        sdk.requires = ["boost::headers", "boost::json", "boost::url", "openssl::openssl"]
        if self.options.simulator:
            simulator = self.cpp_info.components["simulator"]
            simulator.set_property("cmake_target_name", "twilio_sms::simulator")
            simulator.set_property("pkg_config_name", "twilio_sms_simulator")
            simulator.libs = ["twilio_sms_simulator"]
            simulator.requires = ["sdk"]

// The library's version. CMake reads it from here: the one place that names it.
#pragma once
#define TWILIO_SMS_VERSION "0.1.0"

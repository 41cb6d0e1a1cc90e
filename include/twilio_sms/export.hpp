// What a shared library shows: everything else is built with hidden visibility. The same for a static library, so that
// installed headers need to know nothing about how the library was built.
#pragma once

#define TWILIO_SMS_API __attribute__((visibility("default")))
#define TWILIO_SMS_LOCAL __attribute__((visibility("hidden"))) // of a class within a class that is shown

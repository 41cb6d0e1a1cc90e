# Warnings and sanitizers, for this project's own targets only.
add_library(twilio_sms_compile_options INTERFACE)
target_compile_features(twilio_sms_compile_options INTERFACE cxx_std_20)
if(top_level)
    target_compile_options(twilio_sms_compile_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # All fire wrongly in optimised Boost and standard headers of GCC 12; the last one where it inlined the new of
        # a coroutine's frame, but not its delete.
        target_compile_options(twilio_sms_compile_options
            INTERFACE -Wno-maybe-uninitialized -Wno-restrict -Wno-mismatched-new-delete)
    endif()
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(twilio_sms_compile_options INTERFACE -fcoroutines)
endif()
if(TWILIO_SMS_SANITIZE)
    add_compile_definitions(_GLIBCXX_ASSERTIONS) # an empty optional, an index out of range
    add_compile_options(-fsanitize=${TWILIO_SMS_SANITIZE} -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${TWILIO_SMS_SANITIZE})
    if(TWILIO_SMS_SANITIZE MATCHES "undefined")
        add_compile_options(-fno-sanitize-recover=all)
    endif()
    if(TWILIO_SMS_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        add_compile_options(-Wno-tsan) # fences in Boost headers; noise
    endif()
    if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
        add_compile_options(-fno-sanitize=function) # Clang 14 fails on coroutines with it
    endif()
endif()

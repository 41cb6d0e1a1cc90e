// The whole public interface.
#pragma once
#include <twilio_sms/bulk.hpp>
#include <twilio_sms/error.hpp>
#include <twilio_sms/export.hpp>
#include <twilio_sms/log.hpp>
#include <twilio_sms/messages.hpp>
#include <twilio_sms/notification.hpp>
#include <twilio_sms/observer.hpp>
#include <twilio_sms/phone_number.hpp>
#include <twilio_sms/provider.hpp>
#include <twilio_sms/provider_options.hpp>
#include <twilio_sms/rate_limit.hpp>
#include <twilio_sms/receipt.hpp>
#include <twilio_sms/segments.hpp>
#include <twilio_sms/stats.hpp>
#include <twilio_sms/version.hpp>

/// @namespace twilio_sms
/// All of the SDK. Begin with `provider`, `provider_options`, `notification` and `failure`.

// Why a request over HTTP came to nothing, in words of our own.
#pragma once

#include <httplib.h>

namespace tools {

inline const char* reason_of(httplib::Error e) {
  switch (e) {
    case httplib::Error::Connection: case httplib::Error::ConnectionTimeout: return "nobody answers at this address";
    case httplib::Error::Read: case httplib::Error::Write: return "the connection broke off or took too long";
    case httplib::Error::ExceedRedirectCount: return "the server redirects without end";
    case httplib::Error::SSLConnection: case httplib::Error::SSLServerVerification: return "the server's certificate is not accepted";
    case httplib::Error::SSLLoadingCerts: return "this machine's certificates cannot be loaded";
    default: return "the answer is not one of HTTP";
  }
}

}  // namespace tools

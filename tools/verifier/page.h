// The browser's verifier: one page, built in.
#pragma once

#include <string_view>

namespace tools {

std::string_view verifier_page();   // HTML, UTF-8

}  // namespace tools

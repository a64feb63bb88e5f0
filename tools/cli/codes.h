// Refusal and failure codes in Chinese, for people.
#pragma once

#include <string_view>

namespace tools {

// A short Chinese sentence of the code, or nullptr.
const char* chinese_of(std::string_view code);

}  // namespace tools

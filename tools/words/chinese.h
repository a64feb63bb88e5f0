// The command's help in Chinese.
#pragma once

#include <CLI/CLI.hpp>

namespace tools {

// Puts what commands and options say of themselves into Chinese, and the words around it. What has no translation stays.
void speak_chinese(CLI::App& top);

}  // namespace tools

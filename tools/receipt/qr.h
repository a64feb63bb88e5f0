// QR codes (ISO/IEC 18004) as text and as SVG. The only user of libqrencode.
#pragma once

#include <string>
#include <vector>

namespace tools {

// Modules of a code, row by row, true: dark. Error correction M. Empty: the text is too long (2,331 bytes).
std::vector<std::vector<bool>> qr_modules(const std::string& text);

std::string qr_text(const std::vector<std::vector<bool>>&);   // half blocks, two rows a line, light border
std::string qr_svg(const std::vector<std::vector<bool>>&);    // one path, 4 modules of border

}  // namespace tools

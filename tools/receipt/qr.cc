#include "tools/receipt/qr.h"

#include <qrencode.h>

#include <memory>

namespace tools {
namespace {

constexpr int kBorder = 4;   // light modules around the code, as the standard asks

bool dark(const std::vector<std::vector<bool>>& m, int row, int column) {
  const int n = static_cast<int>(m.size());
  return row >= 0 && column >= 0 && row < n && column < n && m[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
}

}  // namespace

std::vector<std::vector<bool>> qr_modules(const std::string& text) {
  std::unique_ptr<QRcode, void (*)(QRcode*)> code(QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M), QRcode_free);
  if (!code) return {};
  const auto n = static_cast<std::size_t>(code->width);
  std::vector<std::vector<bool>> out(n, std::vector<bool>(n));
  for (std::size_t i = 0; i < n * n; ++i) out[i / n][i % n] = (code->data[i] & 1) != 0;
  return out;
}

// Printed on paper or a light screen: dark modules are ink.
std::string qr_text(const std::vector<std::vector<bool>>& m) {
  static constexpr const char* kGlyphs[] = {" ", "▄", "▀", "█"};
  std::string out;
  const int n = static_cast<int>(m.size());
  for (int row = -kBorder; row < n + kBorder; row += 2) {
    for (int column = -kBorder; column < n + kBorder; ++column) out += kGlyphs[(dark(m, row, column) ? 2 : 0) + (dark(m, row + 1, column) ? 1 : 0)];
    out += "\n";
  }
  return out;
}

std::string qr_svg(const std::vector<std::vector<bool>>& m) {
  const int n = static_cast<int>(m.size());
  const std::string side = std::to_string(n + 2 * kBorder);
  std::string path;
  for (int row = 0; row < n; ++row)
    for (int column = 0; column < n; ++column)
      if (dark(m, row, column)) path += "M" + std::to_string(column + kBorder) + " " + std::to_string(row + kBorder) + "h1v1h-1z";
  return "<svg class=\"qr\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side + "\" role=\"img\" aria-label=\"QR\"><rect width=\"" + side + "\" height=\"" + side +
         "\" fill=\"#fff\"/><path fill=\"#000\" shape-rendering=\"crispEdges\" d=\"" + path + "\"/></svg>";
}

}  // namespace tools

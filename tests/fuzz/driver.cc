// Runs a fuzz target without a fuzzer: over each file of a corpus, every prefix of it at a stride, and
// flipped bits. So every build checks the targets, and what fuzzing found once stays found.
//   DRIVER FOLDER
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

#include "tests/fuzz/target.h"
#include "tests/support/build.h"

namespace {

const std::size_t kVariants = build::sanitized ? 40 : 150;   // of each kind a file: within seconds

void run(const std::vector<char>& bytes, std::size_t size) { LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), size); }

void run_variants(std::vector<char> bytes) {
  run(bytes, bytes.size());
  const std::size_t stride = bytes.size() / kVariants + 1;
  for (std::size_t n = 0; n < bytes.size(); n += stride) run(bytes, n);
  for (std::size_t i = 0; i < bytes.size(); i += stride) {
    const char flip = static_cast<char>(1 << (i / stride % 8));
    bytes[i] = static_cast<char>(bytes[i] ^ flip);
    run(bytes, bytes.size());
    bytes[i] = static_cast<char>(bytes[i] ^ flip);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return std::cerr << "usage: DRIVER FOLDER\n", 2;
  std::size_t files = 0;
  for (auto& entry : std::filesystem::directory_iterator(argv[1])) {
    std::ifstream in(entry.path(), std::ios::binary);
    run_variants({std::istreambuf_iterator<char>(in), {}});
    ++files;
  }
  std::cout << files << " files\n";
  return files == 0 ? 1 : 0;
}

// Runs the pufa command as a user does, and gives it a folder of its own.
#pragma once

#include <catch2/catch.hpp>

#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "ledger/crypto/suite.h"
#include "ledger/text/encoding.h"
#include "tests/support/build.h"

namespace command {

namespace fs = std::filesystem;

// A folder that goes with its owner; in memory where the machine has such a place, as syncing is not what
// these tests are about.
class Folder {
 public:
  Folder() : path_((fs::is_directory("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path()) / ("pufa-test-" + ledger::hex(ledger::system_random().bytes(8)))) { fs::create_directories(path_); }
  ~Folder() {
    std::error_code ec;
    fs::remove_all(path_, ec);
  }
  Folder(const Folder&) = delete;

  std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  std::string str() const { return path_.string(); }

 private:
  fs::path path_;
};

inline void write(const std::string& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}
inline std::string read(const std::string& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

struct Ran {
  int status = -1;
  std::string out, err;
};

inline std::string quoted(const std::string& word) {
  std::string s = "'";
  for (char c : word) s += c == '\'' ? "'\\''" : std::string(1, c);
  return s + "'";
}

// `environment`: assignments before the command, as LC_ALL=C.
inline Ran run(const char* program, const std::vector<std::string>& words, const std::string& environment = "LC_ALL=C") {
  Folder errors;
  std::string line = environment + " " + quoted(program);
  for (auto& w : words) line += " " + quoted(w);
  line += " 2>" + quoted(errors / "err");
  std::FILE* pipe = ::popen(line.c_str(), "r");
  REQUIRE(pipe != nullptr);
  Ran ran;
  char buffer[4096];
  for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) ran.out.append(buffer, n);
  const int status = ::pclose(pipe);
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  ran.err = read(errors / "err");
  return ran;
}
inline Ran pufa(const std::vector<std::string>& words, const std::string& environment = "LC_ALL=C") { return run(build::pufa, words, environment); }

// What it printed, all being well.
inline std::string good(const Ran& ran) {
  INFO(ran.out << ran.err);
  REQUIRE(ran.status == 0);
  return ran.out;
}

// One line a fault that ends in its code, none of a library's words, nothing on standard output.
inline void check_failed(const Ran& ran, int status, const std::string& code, const std::string& place = "") {
  INFO("out: " << ran.out << "\nerr: " << ran.err);
  CHECK(ran.status == status);
  CHECK(ran.out.empty());
  for (const char* word : {"exception", "terminate", "rocksdb", "RocksDB", "IO error", "kj/", "capnp", "error:140", "ERROR:", "\n\n"})
    CHECK(ran.err.find(word) == std::string::npos);
  std::istringstream lines(ran.err);
  std::string line;
  REQUIRE(std::getline(lines, line));
  CHECK(line.ends_with(" [" + code + "]"));
  CHECK(line.find(place) != std::string::npos);
  // After the faults of a file comes what became of it, and no more.
  if (std::getline(lines, line)) CHECK(line == "refused; nothing was stored");
  CHECK_FALSE(std::getline(lines, line));
}

}  // namespace command

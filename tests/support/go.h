// A Go program of tests/oracle, built once into its owner's folder: Debian keeps Go's libraries in /usr/share/gocode.
#pragma once

#include "tests/support/command.h"

namespace command {

inline bool has_go() {
  if (std::system("command -v go >/dev/null 2>&1") == 0) return true;
  WARN("go is missing: the log is not read by Go");
  return false;
}

class GoProgram {
 public:
  explicit GoProgram(const std::string& name) {
    const std::string environment = "GO111MODULE=off GOFLAGS= GOPATH=/usr/share/gocode GOCACHE=" + quoted(folder_ / "cache");
    const std::string source = std::string(SOURCE_ROOT "/tests/oracle/") + name + ".go";
    REQUIRE(std::system((environment + " go build -o " + quoted(folder_ / "program") + " " + quoted(source)).c_str()) == 0);
  }

  // Its one line, of standard input and words; the exit status must agree with it.
  std::string operator()(const std::string& in, const std::vector<std::string>& words = {}) const {
    write(folder_ / "in", in);
    std::string line = quoted(folder_ / "program");
    for (auto& w : words) line += " " + quoted(w);
    const int status = std::system((line + " <" + quoted(folder_ / "in") + " >" + quoted(folder_ / "out")).c_str());
    const auto out = read(folder_ / "out");
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == (out == "ok\n" ? 0 : 1));
    return out;
  }

 private:
  Folder folder_;
};

}  // namespace command

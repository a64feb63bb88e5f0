// The walls between rooms, and the house style that a machine can see.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace fs = std::filesystem;

namespace {

struct Source {
  std::string path, text;   // path from the repository's root
};

std::vector<Source> sources() {
  std::vector<Source> out;
  for (const char* room : {"ledger", "projections", "tools", "tests"})
    for (auto& e : fs::recursive_directory_iterator(fs::path(SOURCE_ROOT) / room)) {
      const auto ext = e.path().extension();
      if (ext != ".h" && ext != ".cc" && ext != ".capnp") continue;
      std::ifstream in(e.path());
      std::stringstream text;
      text << in.rdbuf();
      out.push_back({fs::relative(e.path(), SOURCE_ROOT).string(), text.str()});
    }
  return out;
}

bool includes(const Source& s, const std::string& prefix) {
  return s.text.find("#include <" + prefix) != std::string::npos || s.text.find("#include \"" + prefix) != std::string::npos;
}
bool in(const Source& s, const std::string& folder) { return s.path.rfind(folder, 0) == 0; }

std::string text_of(const std::string& path) {
  std::ifstream in(fs::path(SOURCE_ROOT) / path);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The part of a page below a heading, to the next one.
std::string section(const std::string& page, const std::string& heading) {
  const auto from = page.find("\n## " + heading + "\n");
  return from == page.npos ? "" : page.substr(from, page.find("\n## ", from + 1) - from);
}

bool any_holds(const std::vector<Source>& all, const std::string& folder, const std::string& text) {
  return std::any_of(all.begin(), all.end(), [&](auto& s) { return in(s, folder) && s.text.find(text) != s.text.npos; });
}

}  // namespace

TEST_CASE("each library is included in its own folder only") {
  for (auto& s : sources()) {
    INFO(s.path);
    if (includes(s, "rocksdb/")) CHECK((in(s, "ledger/store/") || in(s, "tests/crash/") || in(s, "tests/damage/")));
    if (includes(s, "capnp/") || includes(s, "kj/")) CHECK((in(s, "ledger/schema/") || in(s, "tests/wire_test")));
    if (includes(s, "openssl/")) CHECK(in(s, "ledger/crypto/"));
    if (includes(s, "qrencode.h")) CHECK(in(s, "tools/receipt/qr"));
    if (includes(s, "httplib.h")) CHECK((in(s, "tools/public/") || in(s, "tools/witness/http") || in(s, "tests/")));
  }
}

TEST_CASE("rooms look one way: tools to projections to ledger") {
  for (auto& s : sources()) {
    INFO(s.path);
    if (in(s, "ledger/")) CHECK_FALSE((includes(s, "projections/") || includes(s, "tools/") || includes(s, "tests/")));
    if (in(s, "projections/")) CHECK_FALSE((includes(s, "tools/") || includes(s, "tests/") || includes(s, "ledger/store/") || includes(s, "ledger/log/")));
    if (in(s, "tools/")) CHECK_FALSE(includes(s, "tests/"));
    // What the stand-alone verifier will link must not reach for storage.
    if (in(s, "ledger/core/") || in(s, "ledger/merkle/") || in(s, "ledger/crypto/") || in(s, "ledger/schema/") || in(s, "ledger/text/"))
      CHECK_FALSE((includes(s, "ledger/store/") || includes(s, "ledger/log/")));
  }
}

TEST_CASE("files keep to one idea, and nothing is left for later") {
  const std::string later[] = {std::string("TO") + "DO", std::string("FIX") + "ME", std::string("XX") + "X:"};
  for (auto& s : sources()) {
    INFO(s.path);
    CHECK(std::count(s.text.begin(), s.text.end(), '\n') <= 520);
    for (auto& word : later) CHECK(s.text.find(word) == std::string::npos);
    CHECK(s.text.find('\t') == std::string::npos);
    CHECK((s.text.empty() || s.text.back() == '\n'));
  }
}

TEST_CASE("nothing exact uses floating point, the clock or chance") {
  for (auto& s : sources()) {
    if (!in(s, "ledger/") && !in(s, "projections/")) continue;
    if (in(s, "ledger/log/ledger.cc")) continue;   // the production clock, injected
    INFO(s.path);
    for (const char* word : {" double ", " float ", "std::rand", "system_clock", "random_device", "setlocale", "std::locale"})
      CHECK(s.text.find(word) == std::string::npos);
  }
}

TEST_CASE("the threat model names tests and limits that there are") {
  const auto text = section(text_of("ledger/README.md"), "Threats");
  const auto all = sources();
  std::size_t tests = 0, limits = 0;
  const std::regex test("\\| \"([^\"]+)\" \\|"), limit("`(k[A-Za-z]+)`");
  for (std::sregex_iterator i(text.begin(), text.end(), test), end; i != end; ++i, ++tests) {
    INFO((*i)[1]);
    CHECK(any_holds(all, "tests/", "TEST_CASE(\"" + (*i)[1].str() + "\""));
  }
  for (std::sregex_iterator i(text.begin(), text.end(), limit), end; i != end; ++i, ++limits) {
    INFO((*i)[1]);
    CHECK((any_holds(all, "ledger/", " " + (*i)[1].str() + " = ") || any_holds(all, "tools/", " " + (*i)[1].str() + " = ")));
  }
  CHECK(tests > 20);
  CHECK(limits > 5);
}

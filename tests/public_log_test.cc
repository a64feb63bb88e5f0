// The log in public: exports that grow, mirrors that check them, and what each refuses.
#include <httplib.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "tests/command/site.h"
#include "tools/cli/app.h"

using namespace command;

namespace {

using Files = std::map<std::string, std::string>;

// Every file below a folder, by its path from there.
Files files(const std::string& root) {
  Files out;
  std::error_code ec;
  for (auto& e : fs::recursive_directory_iterator(root, ec))
    if (e.is_regular_file()) out[fs::relative(e.path(), root).string()] = read(e.path().string());
  return out;
}

class PublicSite : public Site {
 public:
  explicit PublicSite(int events = 600, const std::string& suite = "intl") : Site(suite) { add(events); }
  Ran publish(const std::string& out) const { return pufa({"export", dir, "--tiles", out}); }
  Ran mirror(const std::string& source, const std::string& copy) const { return pufa({"mirror", source, copy, "--policy", policy}); }

  const std::string out = folder / "out", copy = folder / "copy", policy = file("policy", "log " + vkey + "\nquorum none\n");
};

ino_t inode(const std::string& path) {
  struct stat st {};
  REQUIRE(::stat(path.c_str(), &st) == 0);
  return st.st_ino;
}

bool contains(const Files& whole, const Files& part) {
  return std::all_of(part.begin(), part.end(), [&](auto& f) { return whole.count(f.first) != 0 && whole.at(f.first) == f.second; });
}

void flip(const std::string& path, std::size_t at) {
  auto bytes = read(path);
  bytes[at] = static_cast<char>(bytes[at] ^ 1);
  write(path, bytes);
}

}  // namespace

TEST_CASE("an export grows: nothing published is written again, partial tiles go once full") {
  PublicSite site;
  good(site.publish(site.out));
  const auto first = files(site.out);
  CHECK(first.count("tile/0/001") == 1);
  const auto again = *ledger::parse_json(good(pufa({"export", site.dir, "--tiles", site.out, "--json"})));
  CHECK(again["files"] == 0);
  CHECK(files(site.out) == first);
  const auto kept = inode(site.out + "/tile/0/001");
  site.add(300);
  good(site.publish(site.out));
  CHECK(inode(site.out + "/tile/0/001") == kept);
  good(site.publish(site.folder / "fresh"));
  const auto grown = files(site.out);
  CHECK(contains(grown, files(site.folder / "fresh")));
  CHECK(grown.count("tile/entries/002") == 1);
  CHECK_FALSE(fs::exists(site.out + "/tile/entries/002.p"));
  CHECK_FALSE(fs::exists(site.out + "/.incoming"));
}

TEST_CASE("what was damaged in a published or a mirrored folder is mended by a whole run") {
  PublicSite site(600);
  good(site.publish(site.out));
  good(site.mirror(site.out, site.copy));
  const auto before = files(site.out);
  const auto whole = [&](const std::string& damaged) {
    std::vector<std::string> words = damaged == site.out ? std::vector<std::string>{"export", site.dir, "--tiles", site.out} : std::vector<std::string>{"mirror", site.out, site.copy, "--policy", site.policy};
    words.insert(words.end(), {"--whole", "--json"});
    return ledger::parse_json(good(pufa(words)))->at("files").get<int>();
  };
  for (auto& folder : {site.out, site.copy}) {
    CHECK(whole(folder) == 0);
    for (auto& [path, bytes] : before) {
      if (path == "checkpoint") continue;
      flip(folder + "/" + path, bytes.size() / 2);
      CHECK(whole(folder) == 2);   // it and the checkpoint
      fs::remove(folder + "/" + path);
      CHECK(whole(folder) == 2);
      CHECK(files(folder) == before);
    }
  }
  site.add(5);
  for (auto& folder : {site.out, site.copy}) {
    flip(folder + "/tile/entries/000", 40);
    CHECK(whole(folder) > 2);
  }
  CHECK(files(site.out) == files(site.copy));
}

TEST_CASE("an export broken off before its checkpoint is taken up again") {
  PublicSite site;
  good(site.publish(site.out));
  const auto whole = files(site.out);
  fs::remove(site.out + "/checkpoint");
  fs::create_directories(site.out + "/.incoming/tile");
  write(site.out + "/tile/0/000", "cut off");
  good(site.publish(site.out));
  CHECK(files(site.out) == whole);
}

TEST_CASE("an export of another log, of a fork or of more than the ledger holds is refused, and nothing changes") {
  PublicSite site(20), other(60);
  site.save("early");
  site.add(10);
  good(site.publish(site.out));
  const auto before = files(site.out);
  check_failed(other.publish(site.out), 1, "log-forked", site.out);
  site.save("late");
  site.back("early");
  check_failed(site.publish(site.out), 1, "log-rolled-back", site.out);
  site.add(40, "分叉");
  check_failed(site.publish(site.out), 1, "log-forked", site.out);
  site.back("late");
  site.add(1);
  CHECK(files(site.out) == before);
  auto renamed = before.at("checkpoint");
  write(site.out + "/checkpoint", "x" + renamed);
  check_failed(site.publish(site.out), 1, "log-foreign", site.out);
  write(site.out + "/checkpoint", renamed);
  for (auto& [path, bytes] : before)
    if (path.starts_with("tile/0/")) flip(site.out + "/" + path, 3);
  check_failed(site.publish(site.out), 4, "copy-damaged", site.out);
  check_failed(site.publish(site.folder.str()), 4, "folder-not-empty", site.folder.str());
  check_failed(site.publish(site.policy), 2, "file", site.policy);
}

TEST_CASE("a mirror holds the same files, follows, and can be mirrored") {
  PublicSite site;
  good(site.publish(site.out));
  good(site.mirror(site.out, site.copy));
  CHECK(files(site.copy) == files(site.out));
  good(site.mirror(site.out, site.copy));
  CHECK(files(site.copy) == files(site.out));
  for (const int more : {1, 200, 300}) {
    site.add(more);
    good(site.publish(site.out));
    good(site.mirror(site.out, site.copy));
    CHECK(files(site.copy) == files(site.out));
    good(site.mirror(site.copy, site.folder / "second"));
    CHECK(contains(files(site.out), files(site.folder / "second")));   // which saw fewer sizes, so fewer partial tiles
    CHECK(read(site.folder / "second/checkpoint") == read(site.out + "/checkpoint"));
  }
}

TEST_CASE("in the other suite too a log is published, mirrored, and damage and forks are told") {
  PublicSite site(300, "gm");
  good(site.publish(site.out));
  good(site.mirror(site.out, site.copy));
  CHECK(files(site.copy) == files(site.out));
  site.save("before");
  site.add(10, "甲");
  good(site.publish(site.out));
  good(site.mirror(site.out, site.copy));
  const auto kept = files(site.copy);
  CHECK(kept == files(site.out));

  site.back("before");
  site.add(10, "乙");
  good(site.publish(site.folder / "fork"));
  check_failed(site.mirror(site.folder / "fork", site.copy), 1, "log-forked", "fork");
  CHECK(contains(files(site.copy), kept));

  flip(site.out + "/tile/entries/000", 700);
  check_failed(site.mirror(site.out, site.folder / "another"), 1, "log-damaged", "tile/entries/000");
}

TEST_CASE("a mirror over HTTP; what the server lacks or breaks off is an error that changes nothing") {
  PublicSite site;
  good(site.publish(site.out));
  httplib::Server server;
  server.set_mount_point("/log", site.out);
  server.Get("/broken/checkpoint", [](const httplib::Request&, httplib::Response& r) { r.status = 500; });
  server.Get("/endless/checkpoint", [](const httplib::Request&, httplib::Response& r) { r.set_content(std::string(1 << 20, 'x'), "text/plain"); });
  const std::string url = "http://127.0.0.1:" + std::to_string(server.bind_to_any_port("127.0.0.1"));
  std::thread serving([&] { server.listen_after_bind(); });
  good(site.mirror(url + "/log/", site.copy));
  CHECK(files(site.copy) == files(site.out));
  check_failed(site.mirror(url + "/none", site.copy), 4, "log-unreachable", "/none/checkpoint is missing");
  check_failed(site.mirror(url + "/broken", site.copy), 4, "log-unreachable", "500");
  check_failed(site.mirror(url + "/endless", site.copy), 4, "log-unreachable", "longer");
  site.add(300);
  good(site.publish(site.out));
  const auto before = files(site.copy);
  fs::rename(site.out + "/tile/0/002", site.out + "/away");
  check_failed(site.mirror(url + "/log", site.copy), 4, "log-unreachable", "tile/0/002");
  CHECK(files(site.copy) == before);
  fs::rename(site.out + "/away", site.out + "/tile/0/002");
  good(site.mirror(url + "/log", site.copy));
  server.stop();
  serving.join();
  check_failed(site.mirror(url + "/log", site.copy), 4, "log-unreachable", url);
  check_failed(site.mirror("ftp://x/log", site.copy), 2, "usage", "ftp");
  check_failed(site.mirror("http:///log", site.copy), 2, "usage", "http");
}

TEST_CASE("every file of a log, altered or missing, keeps a mirror where it was") {
  PublicSite site(300);
  good(site.publish(site.out));
  good(site.mirror(site.out, site.copy));
  site.add(300);
  good(site.publish(site.folder / "fresh"));
  const auto before = files(site.copy);
  int altered = 0;
  for (auto& [path, bytes] : files(site.folder / "fresh")) {
    if (path == "checkpoint" || path == "tile/0/000" || path == "tile/entries/000") continue;   // the mirror has these
    INFO(path);
    const auto whole = site.folder / "fresh/" + path;
    for (const std::size_t at : {std::size_t{2}, bytes.size() / 2, bytes.size() - 1}) {
      flip(whole, at);
      check_failed(site.mirror(site.folder / "fresh", site.copy), 1, "log-damaged");
      write(whole, bytes);
    }
    write(whole, bytes + "x");
    check_failed(site.mirror(site.folder / "fresh", site.copy), 1, "log-damaged", path);
    fs::remove(whole);
    check_failed(site.mirror(site.folder / "fresh", site.copy), 4, "log-unreachable", path);
    write(whole, bytes);
    CHECK(files(site.copy) == before);
    ++altered;
  }
  CHECK(altered >= 5);
  good(site.mirror(site.folder / "fresh", site.copy));
}

TEST_CASE("a fork is refused and kept as proof; a rollback is reported; both change nothing else") {
  PublicSite site;
  site.save("early");
  good(site.publish(site.folder / "early-out"));
  site.add(100);
  good(site.publish(site.out));
  good(site.mirror(site.out, site.copy));
  const auto before = files(site.copy);
  check_failed(site.mirror(site.folder / "early-out", site.copy), 1, "log-rolled-back", "early-out");
  CHECK(files(site.copy) == before);
  site.back("early");
  for (const int more : {50, 50, 200}) {   // a fork that is shorter, as long and longer
    site.add(more, "分叉");
    const auto fork = site.folder / ("fork" + std::to_string(fs::file_size(site.policy) + files(site.copy).size()));
    good(site.publish(fork));
    const auto served = read(fork + "/checkpoint");
    for (int run = 0; run < 2; ++run) check_failed(site.mirror(fork, site.copy), 1, "log-forked", fork);
    auto after = files(site.copy);
    CHECK(contains(after, before));
    const auto kept = std::find_if(after.begin(), after.end(), [&](auto& f) { return f.first.ends_with(".served") && f.second == served; });
    REQUIRE(kept != after.end());
    const auto size = served.substr(served.find('\n') + 1, served.find('\n', served.find('\n') + 1) - served.find('\n') - 1);
    CHECK(kept->first == "fork-" + size + "-1.served");
    CHECK(after["fork-" + size + "-1.mirrored"] == before.at("checkpoint"));
    CHECK(read(site.copy + "/checkpoint") == before.at("checkpoint"));
  }
  CHECK(files(site.copy).size() == before.size() + 6);
  good(site.mirror(site.out, site.copy));
}

TEST_CASE("a mirror believes only checkpoints that its policy trusts, of its own log") {
  PublicSite site(5), other(5);
  good(site.publish(site.out));
  good(other.publish(other.out));
  check_failed(site.mirror(other.out, site.copy), 1, "checkpoint-unsigned", other.out);
  const auto note = read(site.out + "/checkpoint");
  write(site.out + "/checkpoint", note.substr(0, note.find("\n\n") + 2));
  check_failed(site.mirror(site.out, site.copy), 3, "checkpoint-malformed", site.out);
  auto forged = note;
  auto& digit = forged[forged.size() - 20];   // of the signature's base64
  digit = digit == 'A' ? 'B' : 'A';
  write(site.out + "/checkpoint", forged);
  check_failed(site.mirror(site.out, site.copy), 1, "checkpoint-unsigned", site.out);
  write(site.out + "/checkpoint", note);
  CHECK_FALSE(fs::exists(site.copy));
  good(site.mirror(site.out, site.copy));
  for (auto& [path, bytes] : files(site.copy))
    if (path.starts_with("tile/0/")) flip(site.copy + "/" + path, 3);
  site.add(1);
  good(site.publish(site.out));
  check_failed(site.mirror(site.out, site.copy), 4, "copy-damaged", site.out);
}

TEST_CASE("a full disk at any point leaves what was published as it was") {
  PublicSite site(300);
  good(site.publish(site.out));
  good(site.mirror(site.out, site.copy));
  site.add(300);
  good(site.publish(site.folder / "fresh"));
  const std::vector<std::vector<std::string>> commands{{"export", site.dir, "--tiles", site.out}, {"mirror", site.folder / "fresh", site.copy, "--policy", site.policy}};
  for (auto& words : commands) {
    const auto into = words[0] == "export" ? site.out : site.copy;
    const auto before = files(into);
    int failed = 0, status = 4;
    for (long budget = 0; status != 0; budget += 12'345) {
      const auto ran = pufa(words, "LC_ALL=C ASAN_OPTIONS=verify_asan_link_order=0 LD_PRELOAD=" + quoted(build::full_disk) + " PUFA_TEST_DISK=" + quoted(into) +
                                       " PUFA_TEST_DISK_BYTES=" + std::to_string(budget));
      INFO(words[0] << " with " << budget << " bytes: " << ran.err);
      if ((status = ran.status) == 0) break;
      check_failed(ran, 4, "file-write", into);
      CHECK(read(into + "/checkpoint") == before.at("checkpoint"));
      CHECK(contains(files(into), before));
      CHECK_FALSE(fs::exists(into + "/.incoming"));
      ++failed;
    }
    CHECK(failed > 5);
    CHECK(contains(files(into), files(site.folder / "fresh")));
  }
}

TEST_CASE("nothing is published within a published log") {
  PublicSite site(5);
  good(site.publish(site.out));
  check_failed(site.publish(site.out + "/within"), 4, "folder-not-empty", site.out);
  check_failed(site.mirror(site.out, site.out + "/tile/within"), 4, "folder-not-empty", site.out);
  good(site.mirror(site.out, site.copy));
}

TEST_CASE("two programs do not publish to one folder at once") {
  PublicSite site(5);
  good(site.publish(site.out));
  site.add(1);
  const int held = ::open(site.out.c_str(), O_RDONLY | O_DIRECTORY);
  REQUIRE(::flock(held, LOCK_EX) == 0);
  check_failed(site.publish(site.out), 4, "folder-busy", site.out);
  ::close(held);
  good(site.publish(site.out));
}

TEST_CASE("merkle checks a proof in either form: it holds, it does not, it is malformed") {
  PublicSite site(3);
  const auto receipt = *ledger::parse_json(site.admit("unit", training("证明").dump(), {"--json", "--proofs"}));
  const auto& event = receipt["events"][0];
  std::istringstream note(receipt["checkpoint"].get<std::string>());
  std::string origin, size, root;
  note >> origin >> size >> root;
  const auto index = std::to_string(event["position"].get<std::uint64_t>());
  std::vector<std::string> words{"merkle", "inclusion", "--index", index, "--size", size, "--leaf-hash", event["leafHash"], "--root", root, "--proof"};
  for (auto& h : event["proof"]) words.push_back(h);
  CHECK(pufa(words).status == 0);
  words[3] = "0";
  CHECK(pufa(words).status == 1);
  words[7] = "leaf";
  check_failed(pufa(words), 2, "usage", "--leaf-hash");
  const auto same = [&](const std::string& root1) { return pufa({"merkle", "consistency", "--size1", size, "--size2", size, "--root1", root1, "--root2", root}); };
  CHECK(same(root).status == 0);
  CHECK(same(ledger::hex(*ledger::unbase64(root))).status == 0);
  CHECK(same(event["leafHash"]).status == 1);
  check_failed(same(root.substr(1)), 2, "usage", "--root1");
  CHECK(pufa({"merkle", "consistency", "--size1", "0", "--size2", "0", "--root1", root, "--root2", root}).status == 1);   // no tree of nothing
}

// Witnesses as processes of their own, asked over HTTP: by hand, and by the ledger.
#include <thread>

#include "tests/command/site.h"
#include "tests/support/growing_log.h"
#include "tests/support/witness_service.h"
#include "tools/witness/http.h"

namespace {

using command::pufa;
using command::Service;
using command::Site;
using growing::Log;
using ledger::Json;

void new_key(const std::string& folder, const std::string& name, const char* suite = "intl") {
  REQUIRE(pufa({"key", "new", folder + "/" + name + ".pem", "--suite", suite}).status == 0);
}

std::vector<std::string> codes(const command::Ran& verified) {
  std::vector<std::string> out;
  const auto report = *ledger::parse_json(verified.out);
  for (auto& f : report["findings"]) out.push_back(f["code"]);
  return out;
}

}  // namespace

TEST_CASE("a service answers as the core does, and ends cleanly") {
  command::Folder folder;
  new_key(folder.str(), "w");
  Log log;
  log.grow(40);
  Service service(folder.str(), "w", log.verifier().vkey());
  auto ask = [&](const std::string& body) { return *tools::ask_witness(service.url + "/", body); };
  CHECK(ask(log.request(0, 20)).status == 200);
  const auto conflict = ask(log.request(0, 20));
  CHECK(conflict.status == 409);
  CHECK(conflict.type == "text/x.tlog.size");
  CHECK(conflict.body == "20\n");
  CHECK(ask("old").status == 400);
  CHECK(ask(std::string(2 * tools::kWitnessRequestBytesMax, 'x')).status == 413);
  CHECK(tools::ask_witness(service.url + "/elsewhere", log.request(20, 30))->status == 404);
  CHECK(ask(log.request(20, 30)).status == 200);
  CHECK(service.end(SIGTERM) == 0);
  CHECK(tools::ask_witness(service.url, log.request(30, 40)).error().code == "witness-unreachable");
  CHECK(tools::ask_witness("ftp://a", "").error().code == "witness-unreachable");
}

TEST_CASE("a killed witness comes back with everything that it cosigned") {
  command::Folder folder;
  new_key(folder.str(), "w");
  Log log;
  log.grow(4000);
  std::uint64_t signed_size = 0;
  for (int life = 0; life < 5; ++life) {
    Service service(folder.str(), "w", log.verifier().vkey());
    const std::uint64_t size = service.cosigned.empty() ? 0 : service.cosigned[0]["size"].get<std::uint64_t>();
    CHECK(size >= signed_size);
    CHECK(size <= signed_size + 1);   // at most the one under way
    signed_size = size;
    std::thread killer([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(40 + 7 * life));
      CHECK(service.end(SIGKILL) == 128 + SIGKILL);
    });
    const auto url = service.url;
    while (signed_size < 4000) {
      const auto answer = tools::ask_witness(url, log.request(signed_size, signed_size + 1));
      if (!answer || answer->status != 200) break;
      ++signed_size;
    }
    killer.join();
  }
  CHECK(signed_size > 0);
}

TEST_CASE("a witness takes its address alone") {
  command::Folder folder;
  new_key(folder.str(), "w");
  Log log;
  const Service first(folder.str(), "w", log.verifier().vkey());
  const auto address = first.url.substr(first.url.find("//") + 2);
  command::check_failed(pufa({"witness", "--state", folder / "other.state", "--key", folder / "w.pem", "--name", "w", "--log", log.verifier().vkey(), "--listen", address}),
                        4, "listen", address);
}

TEST_CASE("a request in a file is answered without a network") {
  command::Folder folder;
  new_key(folder.str(), "w", "gm");
  Log log(ledger::gm());
  log.grow(40);
  const std::vector<std::string> words{"witness", "--state", folder / "w.state", "--key", folder / "w.pem", "--name", "w", "--log", log.verifier().vkey()};
  auto with = [&](const std::string& body) {
    auto all = words;
    command::write(folder / "request", body);
    all.insert(all.end(), {"--once", folder / "request"});
    return pufa(all);
  };
  const auto good = with(log.request(0, 20));
  CHECK(good.status == 0);
  CHECK(good.out.rfind("— w ", 0) == 0);
  const auto conflict = with(log.request(0, 20));
  CHECK(conflict.status == 3);
  CHECK(conflict.out == "20\n");
  CHECK(pufa(words).out.find("last cosigned log.example/a 20 ") != std::string::npos);
  command::write(folder / "w.state", "damaged");
  command::check_failed(pufa(words), 4, "storage-damaged", folder / "w.state");
}

TEST_CASE("a ledger collects its witnesses' cosignatures, and evidence names them") {
  Site site;
  const auto folder = site.folder.str();
  new_key(folder, "city"), new_key(folder, "audit-office", "gm"), new_key(folder, "dead");
  Service city(folder, "city", site.vkey), audit(folder, "audit-office", site.vkey), dead(folder, "dead", site.vkey);
  const auto lines = "log " + site.vkey + "\nwitness city " + city.vkey + " " + city.url + "\nwitness audit " + audit.vkey + " " + audit.url +
                     "\nwitness dead " + dead.vkey + " " + dead.url + "\n";
  dead.end(SIGKILL);
  const auto policy = site.file("policy", lines + "group two 2 city audit dead\nquorum two\n"), strict = site.file("strict", lines + "group all all city audit dead\nquorum all\n");
  auto verified = [&](const std::string& with) { return codes(pufa({"verify", site.dir, "--policy", with, "--json"})); };
  CHECK(verified(policy) == std::vector<std::string>{"quorum-missing"});

  const auto first = pufa({"cosign", site.dir, "--policy", policy});
  INFO(first.out << first.err);
  CHECK(first.status == 0);
  CHECK(first.out.find("✓ city cosigned at ") != std::string::npos);
  CHECK(first.out.find("✓ audit cosigned at ") != std::string::npos);
  CHECK(first.out.find("✗ dead: ") != std::string::npos);
  CHECK(first.out.find("the policy's quorum is met") != std::string::npos);
  CHECK(verified(policy).empty());
  CHECK(pufa({"cosign", site.dir, "--policy", strict}).status == 1);
  CHECK(verified(strict) == std::vector<std::string>{"quorum-missing"});

  // The log goes on, by the clock; witnesses see that it extends what they know.
  const auto submitted = [&](const std::string& title, const std::string& at) {
    const auto ran = pufa({"submit", site.dir, "--key", site.key("unit"), "--at", at, "--json", site.file("more.jsonl", command::training(title).dump() + "\n")});
    INFO(ran.out << ran.err);
    REQUIRE(ran.status == 0);
    return (*ledger::parse_json(ran.out))["events"][0]["id"].get<std::string>();
  };
  const auto event = submitted("民法典学习", ledger::format_instant(ledger::system_now()));
  const auto second = pufa({"cosign", site.dir, "--policy", policy, "--json"});
  CHECK(second.status == 0);
  const auto said = *ledger::parse_json(second.out);
  CHECK(said["quorum"] == true);
  CHECK(said["witnesses"].size() == 2);
  CHECK(said["failed"][0]["code"] == "witness-unreachable");
  CHECK(verified(policy).empty());

  const auto evidence = site.folder / "record.evidence";
  REQUIRE(pufa({"prove", site.dir, "--event", event, "-o", evidence}).status == 0);
  const auto checked = pufa({"check", evidence, "--policy", policy});
  INFO(checked.out);
  CHECK(checked.status == 0);
  CHECK(checked.out.find("✓ witnessed: audit at ") != std::string::npos);
  CHECK(checked.out.find("; city at ") != std::string::npos);
  CHECK(pufa({"check", evidence, "--policy", strict}).status == 1);
  command::check_failed(pufa({"cosign", site.dir, "--policy", site.file("bare", "log " + site.vkey + "\nquorum none\n")}), 2, "usage", "witness NAME VKEY URL");
}

TEST_CASE("an admission time that witnesses contradict is found") {
  Site site;
  new_key(site.folder.str(), "city");
  Service city(site.folder.str(), "city", site.vkey);
  const auto policy = site.file("policy", "log " + site.vkey + "\nwitness city " + city.vkey + " " + city.url + "\nquorum city\n");
  REQUIRE(pufa({"cosign", site.dir, "--policy", policy}).status == 0);
  site.admit("unit", command::training().dump() + "\n");   // admitted, it says, long before the checkpoint without it was cosigned
  const auto verified = pufa({"verify", site.dir, "--policy", policy, "--json"});
  CHECK(verified.status == 1);
  CHECK(codes(verified) == std::vector<std::string>{"admission-time-unwitnessed"});
  CHECK(codes(pufa({"verify", site.dir, "--json"})).empty());
  const auto late = pufa({"submit", site.dir, "--key", site.key("unit"), "--at", "2029-01-01T00:00:00Z", site.file("late.jsonl", command::training("提前").dump() + "\n")});
  INFO(late.out << late.err);
  REQUIRE(late.status == 0);
  REQUIRE(pufa({"cosign", site.dir, "--policy", policy}).status == 0);
  CHECK(codes(pufa({"verify", site.dir, "--policy", policy, "--json"})) == std::vector<std::string>{"admission-time-unwitnessed", "admission-time-unwitnessed"});
}

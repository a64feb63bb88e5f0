// A stranger's reading of the log: Go's golang.org/x/mod/sumdb, the code behind sum.golang.org, opens the
// command's notes, checks its proofs and hashes its records anew; and refuses each when a bit of it is altered.
#include <functional>

#include "ledger/log/stored_tree.h"
#include "ledger/merkle/note.h"
#include "tests/command/site.h"
#include "tests/support/go.h"
#include "tools/cli/app.h"

using namespace command;

namespace {

constexpr int kSubmissions = 20;

// Submissions of 1 to 40 events, past the first full tile.
Json receipts(Site& site) {
  Json all = Json::array();
  for (int s = 0; s < kSubmissions; ++s) {
    std::string lines;
    const int events = 1 + s * 39 / (kSubmissions - 1);
    for (int e = 0; e < events; ++e) lines += training("学习" + std::to_string(s) + "." + std::to_string(e)).dump() + "\n";
    auto receipt = ledger::parse_json(site.admit("unit", lines, {"--json", "--proofs"}));
    REQUIRE(receipt);
    all.push_back(std::move(*receipt));
  }
  return all;
}

std::uint64_t size_of(const std::string& signed_note) {
  auto note = ledger::parse_note(signed_note);
  REQUIRE(note);
  auto checkpoint = ledger::parse_checkpoint(note->text);
  REQUIRE(checkpoint);
  return checkpoint->size;
}

// No command prints a consistency proof: the ledger's tree over the stored tiles makes them.
Json consistency(const Site& site, const Json& checkpoints, std::uint64_t size) {
  auto store = ledger::open_store(site.dir, ledger::OpenMode::read);
  REQUIRE(store);
  auto tree = ledger::stored_tree(**store, ledger::intl(), size);
  REQUIRE(tree);
  Json all = Json::array();
  for (std::size_t i = 1; i < checkpoints.size(); ++i) {
    auto proof = (*tree)->consistency(size_of(checkpoints[i - 1]), size_of(checkpoints[i]));
    REQUIRE(proof);
    all.push_back(Json::array());
    for (auto& h : *proof) all.back().push_back(ledger::hex(h.view()));
  }
  return all;
}

// The store's records and checkpoints from genesis on, and the receipts.
Json whole_input(Site& site) {
  Json in{{"vkey", site.vkey}, {"origin", kOrigin}, {"receipts", receipts(site)}};
  for (auto& [place, value] : site.contents()) {
    if (place.first == static_cast<int>(ledger::Shelf::records)) in["records"].push_back(ledger::base64(value));
    if (place.first == static_cast<int>(ledger::Shelf::checkpoints)) in["checkpoints"].push_back(value);
  }
  in["consistency"] = consistency(site, in["checkpoints"], in["records"].size());
  return in;
}

ledger::Bytes flipped(ledger::Bytes bytes, std::size_t bit) {
  bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
  return bytes;
}
void flip_hex(Json& word, std::size_t bit) { word = ledger::hex(flipped(*ledger::unhex(word.get<std::string>()), bit)); }
void flip_base64(Json& word, std::size_t bit) { word = ledger::base64(flipped(*ledger::unbase64(word.get<std::string>()), bit)); }

// In the base64 that ends a line of a note: the root ends its text, the signature the note.
enum class Line { root, signature };
void flip_note(Json& note, Line line, std::size_t bit) {
  std::string s = note;
  const auto end = line == Line::root ? s.find("\n\n") : s.size() - 1;
  const auto from = s.find_last_of(" \n", end - 1) + 1;
  Json word = s.substr(from, end - from);
  flip_base64(word, bit);
  note = s.replace(from, end - from, word.get<std::string>());
}

// The log's own signature over a root that is not its records'.
void sign_other_root(const Site& site, Json& note, std::size_t bit) {
  flip_note(note, Line::root, bit);
  auto key = tools::load_key(site.key("operator"), "");
  REQUIRE(key);
  auto parsed = ledger::parse_note(note.get<std::string>());
  REQUIRE(parsed);
  note = ledger::sign_note(parsed->text, kOrigin, ledger::intl(), *key->key);
}

Json& receipt(Json& in, std::size_t r = 9) { return in["receipts"][r]; }
Json& event(Json& in, std::size_t e = 4, std::size_t r = 9) { return receipt(in, r)["events"][e]; }

using Bit = std::size_t;
struct Alteration {
  const char *name, *fault;   // what Go's line begins with
  std::function<void(Json&, Bit)> alter;
};

std::vector<Alteration> alterations(const Site& site) {
  return {
      {"a leaf hash", "inclusion of ", [](Json& in, Bit b) { flip_hex(event(in)["leafHash"], b); }},
      {"the first hash of a proof", "inclusion of ", [](Json& in, Bit b) { flip_hex(event(in)["proof"].front(), b); }},
      {"the last hash of a proof", "inclusion of ", [](Json& in, Bit b) { flip_hex(event(in, 39, 19)["proof"].back(), b); }},
      {"a record with a receipt", "record ", [](Json& in, Bit b) { flip_base64(in["records"].back(), b); }},
      {"the genesis record", "root of 1:", [](Json& in, Bit b) { flip_base64(in["records"].front(), b); }},
      {"a receipt's root", "note: invalid signature", [](Json& in, Bit b) { flip_note(receipt(in)["checkpoint"], Line::root, b); }},
      {"a stored root", "note: invalid signature", [](Json& in, Bit b) { flip_note(in["checkpoints"][9], Line::root, b); }},
      {"a receipt's signature", "note: ", [](Json& in, Bit b) { flip_note(receipt(in)["checkpoint"], Line::signature, b); }},
      {"a stored signature", "note: ", [](Json& in, Bit b) { flip_note(in["checkpoints"][9], Line::signature, b); }},
      {"a receipt's root signed anew", "inclusion of ", [&site](Json& in, Bit b) { sign_other_root(site, receipt(in)["checkpoint"], b); }},
      {"a stored root signed anew", "root of ", [&site](Json& in, Bit b) { sign_other_root(site, in["checkpoints"][9], b); }},
      {"a hash of a consistency proof", "consistency of ", [](Json& in, Bit b) { flip_hex(in["consistency"][9].back(), b); }},
  };
}

void double_last(Json& list) {
  Json last = list.back();
  list.push_back(std::move(last));
}

// Each part whole, and not where it belongs.
std::vector<Alteration> misfits(const Site& stranger) {
  return {
      {"a leaf at another place", "inclusion of ", [](Json& in, Bit) { std::swap(event(in)["position"], event(in, 5)["position"]); }},
      {"another receipt's note", "inclusion of ", [](Json& in, Bit) { receipt(in)["checkpoint"] = receipt(in, 10)["checkpoint"]; }},
      {"a proof without its first hash", "inclusion of ", [](Json& in, Bit) { event(in)["proof"].erase(0); }},
      {"a proof with a hash too many", "inclusion of ", [](Json& in, Bit) { double_last(event(in)["proof"]); }},
      {"a consistency proof with a hash too many", "consistency of ", [](Json& in, Bit) { double_last(in["consistency"][9]); }},
      {"a history without its last record", "checkpoint: ", [](Json& in, Bit) { in["records"].erase(in["records"].size() - 1); }},
      {"two records in each other's place", "root of ", [](Json& in, Bit) { std::swap(in["records"][1], in["records"][2]); }},
      {"another ledger's key of the same name", "note: ", [&stranger](Json& in, Bit) { in["vkey"] = stranger.vkey; }},
  };
}

void check_refused(const GoProgram& oracle, const Json& whole, const Alteration& a, std::size_t bit) {
  Json altered = whole;
  a.alter(altered, bit);
  const auto out = oracle(altered.dump());
  INFO(a.name << ", bit " << bit << ": " << out);
  CHECK(out.starts_with(a.fault));
}

}  // namespace

TEST_CASE("Go's sumdb reads the ledger's notes, proofs and roots, and refuses each altered bit") {
  if (!has_go()) return;
  const GoProgram oracle("tlog");
  Site site, stranger;
  const Json whole = whole_input(site);
  REQUIRE(whole["checkpoints"].size() == kSubmissions + 2);   // also of genesis and of the founding records
  REQUIRE(oracle(whole.dump()) == "ok\n");
  for (auto& a : alterations(site))
    for (const std::size_t bit : {0, 100, 255}) check_refused(oracle, whole, a, bit);
  for (auto& a : misfits(stranger)) check_refused(oracle, whole, a, 0);
}

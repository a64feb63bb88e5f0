// RFC 6962 hashing and proofs: every tree to 70 leaves, every proof, every bit flip refused.
#include <catch2/catch.hpp>

#include "ledger/merkle/note.h"
#include "ledger/merkle/policy.h"
#include "ledger/merkle/tiles.h"
#include "ledger/text/encoding.h"

using namespace ledger;

namespace {

// MTH by its definition (section 2.1), sharing nothing with the code under test but the hash.
Hash reference_root(const Suite& s, const std::vector<Hash>& d, std::size_t first, std::size_t n) {
  if (n == 0) return s.hash(BytesView());
  if (n == 1) return d[first];
  std::size_t k = 1;
  while (k * 2 < n) k *= 2;
  return s.hash({"\x01", reference_root(s, d, first, k).view(), reference_root(s, d, first + k, n - k).view()});
}

std::vector<Hash> leaves(const Suite& s, std::size_t n) {
  std::vector<Hash> out;
  for (std::size_t i = 0; i < n; ++i) out.push_back(leaf_hash(s, "leaf " + std::to_string(i)));
  return out;
}

HashReader reader(const Suite& s, const std::vector<Hash>& d) {
  return [&](const Subtree& t) { return reference_root(s, d, t.index << t.level, std::size_t{1} << t.level); };
}

}  // namespace

TEST_CASE("known roots of RFC 6962 trees") {
  // Certificate Transparency's reference vectors.
  const std::vector<std::string> data{"", std::string(1, '\0'), "\x10", "\x20\x21", "\x30\x31", "\x40\x41\x42\x43",
                                      "\x50\x51\x52\x53\x54\x55\x56\x57", "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};
  Frontier f(intl());
  CHECK(hex(f.root().view()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  for (auto& d : data) f.add(leaf_hash(intl(), d));
  CHECK(hex(f.root().view()) == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
}

TEST_CASE("every tree to 70 leaves: roots, inclusion, consistency; every altered proof is refused") {
  for (const Suite* suite : {&intl(), &gm()}) {
    const std::size_t max = suite == &intl() ? 70 : 20;
    const auto d = leaves(*suite, max);
    const auto read = reader(*suite, d);
    Frontier grown(*suite);
    for (std::size_t n = 0; n <= max; ++n) {
      const Hash root = reference_root(*suite, d, 0, n);
      REQUIRE(grown.root() == root);
      REQUIRE(root_of(*suite, n, read) == root);
      for (std::size_t i = 0; i < n; ++i) {
        const Proof p = prove_inclusion(*suite, i, n, read);
        REQUIRE(check_inclusion(*suite, i, n, d[i], p, root));
        REQUIRE_FALSE(check_inclusion(*suite, i, n, d[(i + 1) % max], p, root));
        REQUIRE_FALSE(check_inclusion(*suite, n, n, d[i], p, root));
        for (std::size_t k = 0; k < p.size(); ++k) {
          Proof bad = p;
          bad[k].b[k % 32] ^= 1;
          REQUIRE_FALSE(check_inclusion(*suite, i, n, d[i], bad, root));
        }
        Proof longer = p, shorter = p;
        longer.push_back(root);
        REQUIRE_FALSE(check_inclusion(*suite, i, n, d[i], longer, root));
        if (!p.empty()) {
          shorter.pop_back();
          REQUIRE_FALSE(check_inclusion(*suite, i, n, d[i], shorter, root));
        }
      }
      for (std::size_t m = 0; m <= n; ++m) {
        const Hash old = reference_root(*suite, d, 0, m);
        const Proof p = prove_consistency(*suite, m, n, read);
        REQUIRE(check_consistency(*suite, m, n, old, root, p));
        for (std::size_t k = 0; k < p.size(); ++k) {
          Proof bad = p;
          bad[k].b[31] ^= 0x80;
          REQUIRE_FALSE(check_consistency(*suite, m, n, old, root, bad));
        }
        if (m > 0 && m < n) {
          Proof longer = p;
          longer.push_back(root);
          REQUIRE_FALSE(check_consistency(*suite, m, n, old, root, longer));
          REQUIRE_FALSE(check_consistency(*suite, n, m, root, old, p));
        }
      }
      if (n < max) grown.add(d[n]);
    }
  }
}

TEST_CASE("tiles: proofs from stored tiles and a restored edge equal those of the whole tree") {
  const std::size_t n = 66'000;   // more than one full tile of level 1
  std::map<std::pair<int, std::uint64_t>, Bytes> stored;
  auto read = [&](const TileId& t) -> Result<Bytes> {
    auto it = stored.find({t.level, t.index});
    if (it == stored.end()) return refuse("storage-damaged", "no such tile");
    return it->second;
  };
  const auto d = leaves(intl(), n);
  TileTree tree(intl(), read);
  for (auto& leaf : d) tree.append(leaf, [&](const TileId& t, Bytes b) { stored[{t.level, t.index}] = std::move(b); });
  CHECK(stored.size() == 257 + 1);
  CHECK(stored.at({0, 3}).substr(0, 32) == d[768].view());
  TileTree again(intl(), read);
  REQUIRE(again.restore(n, [&](std::uint64_t i) -> Result<Hash> { return d[i]; }));
  REQUIRE(again.root() == tree.root());
  for (std::uint64_t i : {0u, 255u, 256u, 40'000u, 65'535u, 65'536u, 65'999u}) {
    CHECK(check_inclusion(intl(), i, n, d[i], *again.inclusion(i, n), tree.root()));
    auto root = again.root_at(i);
    CHECK(check_consistency(intl(), i, n, *root, tree.root(), *again.consistency(i, n)));
  }
  again.append(d[0], [](const TileId&, Bytes) {});
  tree.append(d[0], [](const TileId&, Bytes) {});
  CHECK(again.root() == tree.root());
}

TEST_CASE("tile paths are those of C2SP") {
  CHECK(tile_path(0, 1234067, 0) == "tile/0/x001/x234/067");
  CHECK(tile_path(1, 0, 17) == "tile/1/000.p/17");
  CHECK(tile_path(-1, 273, 112) == "tile/entries/273.p/112");
}

TEST_CASE("the signed note of the specification's example") {
  const std::string vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
  const std::string note = "This is an example message.\n\n\xE2\x80\x94 example.com/foo "
                           "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
  auto v = NoteVerifier::parse(vkey);
  REQUIRE(v);
  CHECK(v->vkey() == vkey);
  auto n = parse_note(note);
  REQUIRE(n);
  CHECK(verify_note(*n, {*v}));
  auto altered = note;
  altered[3] ^= 1;
  CHECK_FALSE(verify_note(*parse_note(altered), {*v}));
  CHECK_FALSE(verify_note(*n, {}));
  for (auto bad : {"", "no signatures\n", "text\n\n- dash ascii AAAA\n", "text\n\n\xE2\x80\x94 name AAAA\n"}) CHECK_FALSE(parse_note(bad));
}

TEST_CASE("notes, checkpoints and policies of both suites") {
  for (const Suite* suite : {&intl(), &gm()}) {
    auto key = suite->derive(Bytes(32, 'k'));
    Checkpoint c{"demo.example/log", 42, suite->hash(BytesView("root"))};
    auto text = sign_note(c.text(), c.origin, *suite, *key);
    auto note = parse_note(text);
    REQUIRE(note);
    NoteVerifier v(c.origin, *suite, *suite->parse_raw(key->public_key().raw()));
    CHECK(verify_note(*note, {v}));
    auto parsed = NoteVerifier::parse(v.vkey());
    REQUIRE(parsed);
    CHECK(verify_note(*note, {*parsed}));
    auto back = parse_checkpoint(note->text);
    REQUIRE(back);
    CHECK(back->size == 42);
    CHECK(back->root == c.root);
    CHECK(parse_policy("log " + v.vkey() + "\nquorum none\n"));
    CHECK_FALSE(parse_policy("log " + v.vkey() + "\n"));
    CHECK_FALSE(parse_policy("quorum none\n"));
    CHECK_FALSE(parse_policy("log " + v.vkey() + "\nquorum who\n"));
  }
  for (auto bad : {"a\n01\nAAAA\n", "a\n1\n", "a b\n1\nAAAA\n", "a\n1\nAA==\n"}) CHECK_FALSE(parse_checkpoint(bad));
}

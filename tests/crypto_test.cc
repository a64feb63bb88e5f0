// Both suites against published vectors and the openssl command.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "ledger/crypto/suite.h"
#include "ledger/text/encoding.h"

using namespace ledger;

namespace {

struct Folder {
  std::filesystem::path path = std::filesystem::temp_directory_path() / ("pufa-crypto-" + hex(system_random().bytes(6)));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string file(const std::string& name) const { return (path / name).string(); }
  void write(const std::string& name, BytesView v) const { std::ofstream(file(name), std::ios::binary) << v; }
  Bytes read(const std::string& name) const {
    std::ifstream in(file(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

bool run(const std::string& command) { return std::system((command + " >/dev/null 2>&1").c_str()) == 0; }

}  // namespace

TEST_CASE("SM3 and SHA-256 vectors") {
  CHECK(hex(sm3("abc").view()) == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  std::string abcd;
  for (int i = 0; i < 16; ++i) abcd += "abcd";
  CHECK(hex(sm3(abcd).view()) == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
  CHECK(hex(sm3("").view()) == "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b");
  CHECK(hex(sha256("abc").view()) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("the SM2 signature of GM/T 0003.5 verifies under the default user id, and no altered one does") {
  const auto point = unhex("0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                           "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13");
  auto key = gm().parse_raw(*point);
  REQUIRE(key);
  Bytes der = *unhex("3046022100f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
                     "022100b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");
  CHECK((*key)->verify("message digest", der));
  CHECK_FALSE((*key)->verify("message digesT", der));
  der.back() ^= 1;
  CHECK_FALSE((*key)->verify("message digest", der));
  Bytes off_curve = *point;
  off_curve.back() ^= 1;
  CHECK_FALSE(gm().parse_raw(off_curve));
}

TEST_CASE("RFC 8032 test 1") {
  auto key = intl().derive(*unhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
  CHECK(hex(key->public_key().raw()) == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  CHECK(hex(key->sign("")) == "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
}

TEST_CASE("keys and signatures pass to and from the openssl command") {
  Folder f;
  for (const Suite* suite : {&intl(), &gm()}) {
    const bool is_gm = suite == &gm();
    auto key = suite->generate();
    f.write("ours.pem", key->pem(""));
    f.write("locked.pem", key->pem("secret"));
    REQUIRE(run("openssl pkey -in " + f.file("ours.pem") + " -pubout -outform DER -out " + f.file("ours.der")));
    CHECK(f.read("ours.der") == key->public_key().spki());
    REQUIRE(run("openssl pkey -in " + f.file("locked.pem") + " -passin pass:secret -pubout -outform DER -out " + f.file("locked.der")));
    CHECK(f.read("locked.der") == key->public_key().spki());
    CHECK_FALSE(parse_private_pem(f.read("locked.pem"), ""));
    CHECK_FALSE(parse_private_pem(f.read("locked.pem"), "wrong"));
    CHECK(parse_private_pem(f.read("locked.pem"), "secret"));

    f.write("message", "pufa");
    f.write("signature", key->sign("pufa"));
    const std::string how = is_gm ? " -rawin -digest sm3 -pkeyopt distid:1234567812345678" : " -rawin";
    REQUIRE(run("openssl pkey -in " + f.file("ours.pem") + " -pubout -out " + f.file("pub.pem")));
    CHECK(run("openssl pkeyutl -verify -pubin -inkey " + f.file("pub.pem") + " -in " + f.file("message") + " -sigfile " + f.file("signature") + how));

    REQUIRE(run(std::string("openssl genpkey -algorithm ") + (is_gm ? "SM2" : "ED25519") + " -out " + f.file("theirs.pem")));
    auto theirs = parse_private_pem(f.read("theirs.pem"), "");
    REQUIRE(theirs);
    CHECK(theirs->suite == suite);
    REQUIRE(run("openssl pkeyutl -sign -inkey " + f.file("theirs.pem") + " -in " + f.file("message") + " -out " + f.file("theirs.sig") + how));
    CHECK(theirs->key->public_key().verify("pufa", f.read("theirs.sig")));
  }
}

TEST_CASE("sealed values open under their key only") {
  for (const Suite* suite : {&intl(), &gm()}) {
    const Bytes key(32, 'k');
    Bytes sealed = suite->encrypt(key, "投诉内容");
    CHECK(*suite->decrypt(key, sealed) == "投诉内容");
    CHECK_FALSE(suite->decrypt(Bytes(32, 'x'), sealed));
    for (std::size_t i = 0; i < sealed.size(); ++i) {
      Bytes bad = sealed;
      bad[i] ^= 4;
      CHECK_FALSE(suite->decrypt(key, bad));
    }
  }
}

TEST_CASE("a derived key is a function of its seed") {
  for (const Suite* suite : {&intl(), &gm()}) {
    CHECK(suite->derive(Bytes(32, 'a'))->public_key().id() == suite->derive(Bytes(32, 'a'))->public_key().id());
    CHECK(suite->derive(Bytes(32, 'a'))->public_key().id() != suite->derive(Bytes(32, 'b'))->public_key().id());
  }
}

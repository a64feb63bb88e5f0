// Canonical bytes of headers and records: those that Cap'n Proto's own builder and canonicalize give.
#include <capnp/message.h>
#include <capnp/serialize.h>
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <set>

#include "ledger/schema/event.capnp.h"
#include "ledger/schema/wire.h"

using namespace ledger;

namespace {

capnp::Data::Reader blob(BytesView v) { return {reinterpret_cast<const kj::byte*>(v.data()), v.size()}; }

template <typename Builder>
Bytes canonical(Builder b) {
  auto words = capnp::canonicalize(b.asReader());
  return {reinterpret_cast<const char*>(words.begin()), words.size() * sizeof(capnp::word)};
}

Bytes by_library(const Header& h) {
  capnp::MallocMessageBuilder message;
  auto b = message.initRoot<schema::Header>();
  b.setId(blob(h.id.view()));
  b.setType(static_cast<std::uint16_t>(h.type));
  if (!h.unit.empty()) b.setUnit(h.unit.c_str());
  if (!h.named.empty()) {
    auto list = b.initNamed(static_cast<unsigned>(h.named.size()));
    for (unsigned i = 0; i < list.size(); ++i) list.set(i, h.named[i].c_str());
  }
  b.setOn(h.on.days);
  b.setCommitment(blob(h.commitment.view()));
  return canonical(b);
}

Bytes by_library(const SubmissionHeader& h) {
  capnp::MallocMessageBuilder message;
  auto b = message.initRoot<schema::SubmissionHeader>();
  b.setLedgerId(blob(h.ledger_id.view()));
  b.setSubmissionId(blob(h.submission_id.view()));
  b.setKeyId(blob(h.key_id.view()));
  b.setSignedAt(h.signed_at.ms);
  b.setCount(h.count);
  b.setRoot(blob(h.root.view()));
  return canonical(b);
}

Bytes by_library(const Record& r) {
  capnp::MallocMessageBuilder message;
  auto b = message.initRoot<schema::Record>();
  b.setPosition(r.position);
  b.setAdmittedAt(r.admitted.ms);
  b.setRulesVersion(r.rules_version);
  b.setIndex(r.index);
  b.setSubmissionHash(blob(r.submission_hash.view()));
  b.setHeader(blob(r.header));
  if (!r.submission_header.empty()) b.setSubmissionHeader(blob(r.submission_header));
  if (!r.signature.empty()) b.setSignature(blob(r.signature));
  return canonical(b);
}

template <std::size_t N>
Bytes some_bytes() { return *rc::gen::container<Bytes>(N, rc::gen::arbitrary<char>()); }
Bytes any_bytes() { return *rc::gen::arbitrary<Bytes>(); }
std::string any_text() { return *rc::gen::container<std::string>(rc::gen::inRange<char>('0', 'z')); }

// Numbers of every size, nought among them.
template <typename T>
T any_number() { return *rc::gen::oneOf(rc::gen::just(T{0}), rc::gen::just(std::numeric_limits<T>::max()), rc::gen::arbitrary<T>()); }

Id any_event_id() {
  Id id = Id::from(some_bytes<16>());
  id.b[6] = static_cast<std::uint8_t>(0x70 | (id.b[6] & 0x0F)), id.b[8] = static_cast<std::uint8_t>(0x80 | (id.b[8] & 0x3F));
  return id;
}

Header any_header() {
  const auto named = *rc::gen::container<std::set<std::string>>(rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange<char>('0', 'z'))));
  return {any_event_id(), static_cast<EventType>(*rc::gen::inRange<unsigned>(0, kEventTypes)), any_text(), {named.begin(), named.end()},
          Date{any_number<std::int32_t>()}, Hash::from(some_bytes<32>())};
}

}  // namespace

TEST_CASE("a header's bytes are those of the library, and read back") {
  CHECK(rc::check([] {
    const Header h = any_header();
    const Bytes bytes = encode(h);
    RC_ASSERT(bytes == by_library(h));
    const auto back = decode_header(bytes);
    RC_ASSERT(back.has_value());
    RC_ASSERT(back->named == h.named && back->unit == h.unit && back->on == h.on && back->type == h.type && back->commitment == h.commitment);
  }));
}

TEST_CASE("a submission header's bytes are those of the library, and read back") {
  CHECK(rc::check([] {
    const SubmissionHeader h{Id::from(some_bytes<16>()), Id::from(some_bytes<16>()), KeyId::from(some_bytes<16>()),
                             Instant{any_number<std::int64_t>()}, any_number<std::uint32_t>(), Hash::from(some_bytes<32>())};
    const Bytes bytes = encode(h);
    RC_ASSERT(bytes == by_library(h));
    const auto back = decode_submission_header(bytes);
    RC_ASSERT(back.has_value());
    RC_ASSERT(back->signed_at == h.signed_at && back->count == h.count && back->root == h.root);
  }));
}

TEST_CASE("a record's bytes are those of the library, and read back") {
  CHECK(rc::check([] {
    const Record r{any_number<std::uint64_t>(), Instant{any_number<std::int64_t>()}, any_number<std::uint16_t>(), any_number<std::uint32_t>(),
                   Hash::from(some_bytes<32>()), any_bytes(), any_bytes(), any_bytes()};
    const Bytes bytes = encode(r);
    RC_ASSERT(bytes == by_library(r));
    const auto back = decode_record(bytes);
    RC_ASSERT(back.has_value());
    RC_ASSERT(back->header == r.header && back->signature == r.signature && back->index == r.index && back->position == r.position);
  }));
}

TEST_CASE("a header one of whose bits was flipped is refused, or says something else") {
  const Header h{Id::from(BytesView("\x01\x02\x03\x04\x05\x06\x70\x07\x80\x08\x09\x0a\x0b\x0c\x0d\x0e", 16)), EventType::ActivityHeld, "A", {"B", "C"}, Date{7},
                 Hash::from(Bytes(32, 'h'))};
  const Bytes bytes = encode(h);
  REQUIRE(decode_header(bytes));
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    Bytes flipped = bytes;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ 1 << bit % 8);
    const auto back = decode_header(flipped);
    INFO("bit " << bit);
    CHECK((!back || encode(*back) == flipped));
  }
}

TEST_CASE("a list of units that all lie at one place is not read once for each of them") {
  Header h{Id::from(Bytes(16, 'i')), EventType::ActivityHeld, "", {}, Date{7}, Hash::from(Bytes(32, 'h'))};
  for (int i = 0; i < 4'000; ++i) h.named.push_back(std::to_string(10'000 + i));
  h.named.push_back(Bytes(20'000, 'u'));
  Bytes bytes = encode(h);
  // The list's last pointer, wherever in it, leads to the long text: turned so that each does.
  const std::size_t list = bytes.find("10000") - 8 * h.named.size();
  std::uint64_t last = 0;
  std::memcpy(&last, bytes.data() + list + 8 * (h.named.size() - 1), 8);
  for (std::size_t i = 0; i < h.named.size(); ++i) {
    const std::uint64_t pointer = last + (std::uint64_t{h.named.size() - 1 - i} << 2);
    std::memcpy(bytes.data() + list + 8 * i, &pointer, 8);
  }
  const auto back = decode_header(bytes);
  REQUIRE_FALSE(back);
  CHECK(back.error().code == "not-canonical");
}

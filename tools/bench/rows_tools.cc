// Figures 12 to 14: what the floors are made of, one by one, as other programs measure it too (peers.sh compares).
#include "tools/bench/floors.h"
#include "tools/bench/rows.h"

namespace tools::bench {
namespace {

constexpr Seconds kLong = 2;

// How often a second it can be done, on one core.
template <typename F>
ledger::Result<double> rate(F&& once) {
  Stopwatch watch;
  double n = 0;
  for (; watch.seconds() < kLong; ++n) LEDGER_CHECK(once());
  return n / watch.seconds();
}

Row figure(const std::string& name, double value, const std::string& unit, const std::string& note) {
  Row r{name, value, unit};
  r.note = note;
  return r;
}

}  // namespace

ledger::Result<Row> synced_appends(Bench& b) {
  PlainFile file(b.dir + "/appended");
  const ledger::Bytes block(4'096, 'x');
  const double value = LEDGER_TRY(rate([&] { return file.append_synced(block); }));
  return figure("synced appends", value, "appends/s", "4 KiB to a file that grows, fdatasync after each");
}

ledger::Result<Row> verifications(Bench& b) {
  const ledger::Bytes message(64, 'm'), signature = b.work.operator_key().sign(message);
  const auto key = b.work.suite().parse_public(b.work.operator_key().public_key().spki());
  const double value = LEDGER_TRY(rate([&]() -> ledger::Status {
    return key && (**key).verify(message, signature) ? ledger::Status() : ledger::refuse("storage", "a signature of the measurement does not verify");
  }));
  return figure("signatures verified", value, "verifications/s", "of a short message, on one core");
}

ledger::Result<Row> hashing(Bench& b) {
  const ledger::Bytes block(16'384, 'x');
  const double value = LEDGER_TRY(rate([&]() -> ledger::Status { return (void)b.work.suite().hash(block), ledger::Status(); }));
  return figure("hashing", value * 16'384 / 1e6, "MB/s", "blocks of 16 KiB, on one core");
}

}  // namespace tools::bench

// Requests of data subjects, destroyed keys of sealed values, archive packages and commitments.
//
// Invariants: a destroyed key stays destroyed; the last index position and the last access-log day
// only grow.
#pragma once

#include <optional>
#include <string>
#include <tuple>

#include "projections/rules/records.h"
#include "projections/rules/stamp.h"

namespace projections {

struct Case;
struct Change;

struct SubjectRequest {
  Stamp at;
  ledger::SubjectRequestDecided::Kind kind{};
  ledger::SubjectRequestDecided::Outcome outcome{};
  Date received_on;
  Id target;
};

struct KeyDestruction {
  Stamp at;
  ledger::PersonalDataKeyDestroyed::LegalBasis basis{};
  Date retention_ended;
  Id request;  // none: no such ref
};

struct ArchivePackage {
  Stamp at;
  int year = 0;
  std::uint64_t head_size = 0;
  ledger::Hash head_root, sha256;
  ledger::ArchivePackageExported::Retention retention{};
};

struct IndexRoots {
  Stamp at;
  ledger::Hash units_root, keys_root;
  std::uint64_t units = 0, keys = 0;
};

struct AccessLogHead {
  Stamp at;
  std::uint64_t entries = 0;
  ledger::Hash head;
};

struct ArchiveState {
  explicit ArchiveState(Journal&);
  ~ArchiveState();
  using Sealed = std::tuple<Id, std::string>;  // record, its field or "*"

  Table<Id, SubjectRequest> requests;                   // by SubjectRequestDecided
  Table<Sealed, KeyDestruction, TupleHash> destroyed;
  Table<std::string, ArchivePackage> packages;          // by packageNo
  Table<std::uint64_t, IndexRoots> indexes;             // by position
  Table<std::int32_t, AccessLogHead> access_days;       // by day, since 1970-01-01

  // The key of the record's field is gone, by itself or with all of the record's.
  bool is_destroyed(const Id& record, std::string_view field) const;
  std::optional<std::uint64_t> last_index() const;
  std::optional<Date> last_access_day() const;
  void commit_index(const Event&, const ledger::IndexCommitted&);
  void commit_access_log(const Event&, const ledger::AccessLogCommitted&);

 private:
  static constexpr int kOnly = 0;  // key of tables that hold one value
  Table<int, std::uint64_t> last_index_;
  Table<int, Date> last_access_day_;
};

Status check(const Case&, const ledger::SubjectRequestDecided&);
Status check(const Case&, const ledger::PersonalDataKeyDestroyed&);
Status check(const Case&, const ledger::ArchivePackageExported&);
// The index's own codes compare it with roots over the log, which the log itself keeps: ledger/.
Status check(const Case&, const ledger::IndexCommitted&);
Status check(const Case&, const ledger::AccessLogCommitted&);

void apply(Change&, const ledger::SubjectRequestDecided&);
void apply(Change&, const ledger::PersonalDataKeyDestroyed&);
void apply(Change&, const ledger::ArchivePackageExported&);
void apply(Change&, const ledger::IndexCommitted&);
void apply(Change&, const ledger::AccessLogCommitted&);

}  // namespace projections

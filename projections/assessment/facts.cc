#include "projections/assessment/facts.h"

#include <algorithm>

#include "ledger/schema/catalogue.h"
#include "projections/assessment/measure_kinds.h"

namespace projections::assessment {
namespace {

constexpr std::size_t kChunkBytes = 1u << 20;

// Whether a required reference of the body names left-out events only.
bool lost_reference(const ledger::Field& f, const ledger::Struct& payload,
                    const std::unordered_set<Id>& without) {
  if (!f.is_ref() || !f.need) return false;
  if (!f.list) return without.count(payload.get_id(f.offset)) != 0;
  const ledger::IdList ids(payload.get_list(f.offset));
  for (auto id : ids)
    if (without.count(id) == 0) return false;
  return !ids.empty();
}

}  // namespace

const Body& Fact::body() const {
  if (!body_) body_ = std::make_unique<Body>(std::move(Body::parse(bytes_, ledger::Trust::admitted).value()));
  return *body_;
}

void Facts::apply(const Event& e) {
  if (admissions_.empty() || admissions_.back().second != e.admitted)
    admissions_.emplace_back(e.position, e.admitted);
  size_ = e.position + 1;
  if (!without_.empty() && leaves_out(e)) return;
  if (e.type == EventType::AssessmentSchemePublished) schemes_.emplace_back(e, keep(e.body->bytes()));
  if (is_scored(e.type)) facts_.emplace_back(e, keep(e.body->bytes()));
}

bool Facts::leaves_out(const Event& e) {
  if (without_.count(e.id) != 0) return true;
  const auto payload = e.body->payload();
  for (auto& f : ledger::type_of(e.type).fields)
    if (lost_reference(f, payload, without_)) return without_.insert(e.id), true;
  return false;
}

BytesView Facts::keep(BytesView bytes) {
  if (chunks_.empty() || chunks_.back().size() + bytes.size() > kChunkBytes) {
    chunks_.emplace_back();
    chunks_.back().reserve(std::max(kChunkBytes, bytes.size()));
  }
  std::string& chunk = chunks_.back();
  const std::size_t at = chunk.size();
  chunk.append(bytes);
  return BytesView(chunk).substr(at);
}

std::optional<Instant> Facts::last_admission(std::uint64_t size) const {
  auto after = std::lower_bound(admissions_.begin(), admissions_.end(), size,
                                [](auto& a, std::uint64_t s) { return a.first < s; });
  if (after == admissions_.begin()) return std::nullopt;
  return std::prev(after)->second;
}

}  // namespace projections::assessment

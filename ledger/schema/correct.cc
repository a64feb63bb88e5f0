#include "ledger/schema/correct.h"

#include "ledger/schema/draft.h"
#include "ledger/schema/show.h"

namespace ledger {
namespace {

// Encoding a corrected body seals nothing, so no randomness is ever asked for.
class NoRandom final : public Random {
  void fill(char* out, std::size_t n) override { std::memset(out, 0, n); }
};

Status overlay(const Type& type, const Change& change, Json& data, std::optional<Date>* on) {
  const std::string name(change.field());
  const Json value = LEDGER_TRY(parse_json(change.value()));   // canonical, by its shape
  if (name == "on") {
    auto day = value.is_string() ? parse_date(value.get<std::string>()) : std::nullopt;
    if (!day) return refuse(value.is_string() ? "date-impossible" : "wrong-type", "a business date is needed", "data.changes.on");
    *on = day;
    return {};
  }
  const Field* f = find_field(type.fields, name);
  if (f == nullptr && name != "attachments" && name != "remark")
    return refuse("unknown-field", "the corrected record has no such field", "data.changes." + name);
  if (name == "remark" || (f != nullptr && (f->is_ref() || f->kind == Kind::sealed)))
    return refuse("not-correctable", "references and sealed values cannot be corrected: annul and enter anew", "data.changes." + name);
  if (value.is_null()) data.erase(name);
  else data[name] = value;
  return {};
}

}  // namespace

Result<Body> corrected(const Body& original, const RecordCorrected& correction, std::optional<Date>* on) {
  const Type& type = type_of(static_cast<EventType>(original.type_ordinal()));
  Json data = show_data(original), refs = show_refs(original);
  for (auto change : correction.changes()) LEDGER_CHECK(overlay(type, change, data, on));
  NoRandom random;
  DraftContext context{intl(), {}, random, {}, {}};   // suite and ledger id matter to sealing only
  std::vector<SealedValue> opened;
  std::vector<Error> faults;
  Bytes bytes = encode_body(type, data, refs, context, {}, opened, faults);
  if (!faults.empty()) return tl::unexpected<Error>(faults.front());
  auto body = LEDGER_TRY(Body::parse(bytes));
  auto shape = check_shape(body);
  if (!shape.empty()) return tl::unexpected<Error>(shape.front());
  return body;
}

}  // namespace ledger

// Reading a shelf in order: up to the first damaged block, or past all of them.
//
// A cursor does not leave a damaged block by itself, but can be set behind it. Where that is, nobody says: the first
// place from which reading works again is looked for, in steps that grow by two and then halve. For that, keys are taken
// as numbers, by their first 16 bytes.
#include "ledger/store/store.h"
#include "ledger/text/encoding.h"

namespace ledger {
namespace {

using Place = unsigned __int128;

constexpr std::size_t kPlaceBytes = sizeof(Place);
constexpr Place kLastPlace = ~Place{0};

Place place_of(BytesView key) {
  Place p = 0;
  for (std::size_t i = 0; i < kPlaceBytes; ++i) p = p << 8 | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0);
  return p;
}

// The least key of a place: without the zeros at its end.
Bytes key_of(Place p) {
  Bytes key(kPlaceBytes, '\0');
  for (std::size_t i = kPlaceBytes; i-- > 0; p >>= 8) key[i] = static_cast<char>(p & 0xFF);
  return key.substr(0, key.find_last_not_of('\0') + 1);
}

// To the next key of the same length.
void count_up(Bytes& key) {
  for (std::size_t i = key.size(); i-- > 0;)
    if (++key[i] != '\0') break;
}

bool is_numbered(Shelf s) { return s == Shelf::records || s == Shelf::bodies || s == Shelf::checkpoints || s == Shelf::vault; }

class Past {
 public:
  Past(const Store& store, Shelf shelf) : store_(store), shelf_(shelf) {}

  // At the first key from which reading works again behind a damaged place; null: it works from none.
  std::unique_ptr<Cursor> go(Place damaged) {
    if (reads(damaged)) return std::move(cursor_);
    Place low = damaged, step = 1;
    for (; step <= kLastPlace - low; step *= 2) {
      if (reads(low + step)) return at_first(low, low + step);
      if (step > kLastPlace / 2) break;
    }
    return nullptr;
  }

 private:
  bool reads(Place p) {
    cursor_ = store_.seek(shelf_, key_of(p));
    return cursor_->status().has_value();
  }
  std::unique_ptr<Cursor> at_first(Place bad, Place good) {
    while (good - bad > 1) {
      const Place middle = bad + (good - bad) / 2;
      (reads(middle) ? good : bad) = middle;
    }
    reads(good);
    return std::move(cursor_);
  }

  const Store& store_;
  const Shelf shelf_;
  std::unique_ptr<Cursor> cursor_;
};

class PastCursor final : public Cursor {
 public:
  PastCursor(const Store& store, Shelf shelf, BytesView from, GapSink gap)
      : past_(store, shelf), gap_(std::move(gap)), at_(store.seek(shelf, from)), next_(from) {
    leave_damage();
  }
  bool valid() const override { return at_ && at_->valid(); }
  BytesView key() const override { return at_->key(); }
  BytesView value() const override { return at_->value(); }
  void next() override {
    next_.assign(at_->key());
    count_up(next_);
    at_->next();
    leave_damage();
  }
  Status status() const override { return {}; }

 private:
  void leave_damage() {
    while (at_ && !at_->valid() && !at_->status()) {
      at_ = past_.go(place_of(next_));
      gap_({next_, valid() ? std::optional(Bytes(at_->key())) : std::nullopt});
    }
  }

  Past past_;
  GapSink gap_;
  std::unique_ptr<Cursor> at_;
  Bytes next_;   // the least key that was not read
};

}  // namespace

Status Store::scan(Shelf shelf, BytesView from, const std::function<bool(BytesView, BytesView)>& f) const {
  auto at = seek(shelf, from);
  for (; at->valid(); at->next())
    if (!f(at->key(), at->value())) return {};
  return at->status();
}

std::unique_ptr<Cursor> Store::seek_past(Shelf shelf, BytesView from, GapSink gap) const {
  return std::make_unique<PastCursor>(*this, shelf, from, std::move(gap));
}

void Store::scan_past(Shelf shelf, BytesView from, const std::function<bool(BytesView, BytesView)>& f, GapSink gap) const {
  for (auto at = seek_past(shelf, from, std::move(gap)); at->valid(); at->next())
    if (!f(at->key(), at->value())) return;
}

Error damage_of(Shelf shelf, const Gap& gap) {
  const auto name = [&](const Bytes& key) { return is_numbered(shelf) && key.size() >= 8 ? std::to_string(read_be(key.substr(0, 8))) : hex(key); };
  const std::string from = gap.from.empty() ? "its beginning" : name(gap.from), to = gap.to ? "before " + name(*gap.to) : "its end";
  return {"storage-damaged", "", std::string("the stored bytes of the shelf ") + name_of(shelf) + " are damaged from " + from + " to " + to};
}

}  // namespace ledger

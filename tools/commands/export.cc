// pufa export: the log as a static tree of C2SP tiles
#include <iostream>

#include "ledger/log/export.h"
#include "ledger/text/encoding.h"
#include "tools/cli/workspace.h"
#include "tools/commands/public_log.h"
#include "tools/public/folder.h"

namespace tools {
namespace {

struct Exported {
  ledger::Checkpoint head;
  std::uint64_t files = 0, bytes = 0;
};

ledger::Checkpoint nothing(const ledger::Checkpoint& head, const ledger::Suite& suite) { return {head.origin, 0, ledger::empty_root(suite)}; }

// The head published before, of the empty tree when there is none.
ledger::Result<ledger::Checkpoint> published_head(const PublishedFolder& folder, const ledger::Checkpoint& head, const ledger::Suite& suite) {
  auto note = LEDGER_TRY(folder.checkpoint());
  if (!note) return nothing(head, suite);
  auto old = ledger::parse_note(*note).and_then([](const ledger::Note& n) { return ledger::parse_checkpoint(n.text); });
  if (!old) return ledger::refuse("copy-damaged", "the checkpoint published there cannot be read: delete the folder and export anew");
  return old;
}

ledger::Result<Exported> export_to(const Reader& reader, const std::string& out, bool whole) {
  const auto& suite = *reader.genesis.suite;
  const auto newest = LEDGER_TRY(ledger::newest_checkpoint(*reader.store));
  auto folder = LEDGER_TRY(PublishedFolder::open(out));
  const auto old = LEDGER_TRY(published_head(*folder, newest.head, suite));
  LEDGER_CHECK(ledger::check_extends(*reader.store, suite, old, newest.head));
  const bool nothing_new = old.size == newest.head.size;
  if (nothing_new && !whole) return Exported{newest.head};
  auto read = [&](const ledger::TileFile& f) { return folder->read(f); };
  auto stage = [&](const ledger::TileFile& f, ledger::BytesView bytes) { return whole ? folder->mend(f, bytes) : folder->stage(f, bytes); };
  LEDGER_CHECK(ledger::export_tiles(*reader.store, suite, whole ? nothing(newest.head, suite) : old, newest.head, read, stage));
  if (nothing_new && folder->files() == 0) return Exported{newest.head};
  LEDGER_CHECK(folder->commit(newest.note, old.size, newest.head.size));
  return Exported{newest.head, folder->files() + 1, folder->bytes() + newest.note.size()};
}

}  // namespace

int run_export(const App& app, const ExportOptions& o) {
  auto reader = open_reader(o.dir);
  if (!reader) return fail(app, reader.error());
  auto done = export_to(*reader, o.tiles, o.whole);
  if (!done) return fail(app, done.error(), o.tiles);
  if (app.json) {
    const ledger::OrderedJson j{{"size", done->head.size}, {"root", ledger::hex(done->head.root.view())}, {"files", done->files}, {"bytes", done->bytes}};
    std::cout << j.dump() << "\n";
    return kGood;
  }
  std::cout << mark(app, reader->genesis) << o.tiles << ": " << done->head.size << app.t(" 条记录,写入 ", " records, ") << done->files
            << app.t(" 个文件,", " files written, ") << done->bytes << app.t(" 字节\n", " bytes\n");
  return kGood;
}

}  // namespace tools

// A folder that holds a published log: read by anyone at any time, changed by one program at a time.
//
// New files are staged in FOLDER/.incoming, then synced, moved into place and synced; the checkpoint comes
// last, by a rename. A published file is never written again but to mend it; partial files go once their full one is there.
// What fails before the commit leaves nothing.
#pragma once

#include "ledger/merkle/note.h"
#include "ledger/merkle/tile_files.h"

namespace tools {

// A file of a published log as its folder holds it; a partial file may be gone once the full one is there.
// `log-unreachable` when it is in neither form.
ledger::Result<ledger::Bytes> read_published(const std::string& folder, const ledger::TileFile&);

class PublishedFolder {
 public:
  // Makes the folder when it is not there. `folder-busy` while another program publishes there;
  // `folder-not-empty` when it holds anything but a published log.
  static ledger::Result<std::unique_ptr<PublishedFolder>> open(const std::string& path);
  ~PublishedFolder();
  PublishedFolder(const PublishedFolder&) = delete;

  // The checkpoint's note; none was published yet: nothing.
  ledger::Result<std::optional<std::string>> checkpoint() const;
  ledger::Result<ledger::Bytes> read(const ledger::TileFile& f) const { return read_published(path_, f); }

  ledger::Status stage(const ledger::TileFile&, ledger::BytesView);
  // Unless it lies there already with these bytes.
  ledger::Status mend(const ledger::TileFile&, ledger::BytesView);
  // Staged files, then the checkpoint. `old`: size of the tree published before.
  ledger::Status commit(std::string_view checkpoint, std::uint64_t old, std::uint64_t size);
  // A file beside the tree, whole or not at all; durable.
  ledger::Status keep(const std::string& name, std::string_view bytes);

  std::uint64_t files() const { return staged_.size(); }
  std::uint64_t bytes() const { return bytes_; }

 private:
  PublishedFolder(std::string path, int lock) : path_(std::move(path)), lock_(lock) {}
  ledger::Status sync() const;
  ledger::Status move_into_place();
  void drop_partials(std::uint64_t old, std::uint64_t size);

  std::string path_;
  int lock_;                        // the folder itself, open and locked
  std::vector<ledger::TileFile> staged_;
  std::string made_;                // the folder made last: files come in order
  std::uint64_t bytes_ = 0;
};

}  // namespace tools

// The store over RocksDB on an environment of the caller's: for tests whose disk fails.
#pragma once

#include <rocksdb/env.h>

#include "ledger/store/store.h"

namespace ledger {

// As `open_store`, which takes the machine's own.
Result<std::unique_ptr<Store>> open_rocks(const std::string& directory, OpenMode, rocksdb::Env*);

}  // namespace ledger

// Checkpoints out of what was kept of them: a bare note, or what `pufa submit` and `pufa publish` print.
#pragma once

#include <string>
#include <vector>

#include "ledger/result.h"

namespace tools {

// The signed notes of a file, at least one: of its text, or of the members `checkpoint` of its JSON documents.
// None, or one that is no checkpoint: `checkpoint-malformed` with the line.
ledger::Result<std::vector<std::string>> read_checkpoints(std::string_view text);
// Those of all files, in order; the code names the file.
ledger::Result<std::vector<std::string>> read_checkpoint_files(const std::vector<std::string>& files);

}  // namespace tools

// pufa mirror: follows a published log, checks what is new (or all of it), and keeps the same files
#include "tools/public/mirror.h"

#include <iostream>

#include "ledger/text/encoding.h"
#include "tools/cli/policy_file.h"
#include "tools/commands/public_log.h"

namespace tools {
namespace {

ledger::Result<Mirrored> run(const MirrorOptions& o, const ledger::Policy& policy) {
  auto source = LEDGER_TRY(open_source(o.source));
  return mirror(*source, o.dir, policy, o.whole);
}

}  // namespace

int run_mirror(const App& app, const MirrorOptions& o) {
  auto policy = read_policy(o.policy);
  if (!policy) return fail(app, policy.error());
  auto done = run(o, *policy);
  if (!done) return fail(app, done.error(), o.source);
  if (app.json) {
    const ledger::OrderedJson j{{"origin", done->head.origin}, {"size", done->head.size}, {"root", ledger::hex(done->head.root.view())},
                                {"oldSize", done->old}, {"files", done->files}, {"bytes", done->bytes}};
    std::cout << j.dump() << "\n";
    return kGood;
  }
  std::cout << done->head.origin << ": " << done->head.size << app.t(" 条记录,新增 ", " records, ") << done->head.size - done->old
            << (o.whole ? app.t(" 条,全部重新核验", " of them new; all of them checked") : app.t(" 条,新增者均已核验", " of them new, those checked"))
            << app.t(",写入 ", "; ") << done->files << app.t(" 个文件\n", " files written\n");
  return kGood;
}

}  // namespace tools

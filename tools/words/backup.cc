// backup, restore, repair, succeed
#include "tools/commands/commands.h"
#include "tools/words/words.h"

namespace tools {
namespace {

void add_backing_up(CLI::App& top, Words& w) {
  auto o = std::make_shared<BackupOptions>();
  auto* c = command(top, w, "backup", "copy what is new into a backup and check it, also while the ledger is written to",
                    "pufa backup L /mnt/backup/L");
  c->add_option("dir", o->dir, "folder of the ledger")->required();
  c->add_option("backup", o->output, "folder of the backup; the next run adds what is new")->required();
  c->callback([&w, o] { w.run = [o](const App& a) { return run_backup(a, *o); }; });
}

void add_restoring(CLI::App& top, Words& w) {
  auto o = std::make_shared<RestoreOptions>();
  auto* c = command(top, w, "restore", "make a ledger of a backup, and verify it whole",
                    "pufa restore /mnt/backup/L L --checkpoint newest.note");
  c->add_option("backup", o->backup, "folder of the backup")->required();
  c->add_option("dir", o->dir, "folder of the ledger; it must be new or empty")->required();
  c->add_option("--checkpoint", o->checkpoints, "a newer checkpoint that somebody kept: what came after the backup is told by it");
  c->callback([&w, o] { w.run = [o](const App& a) { return run_restore(a, *o); }; });
}

void add_repairing(CLI::App& top, Words& w) {
  auto o = std::make_shared<RepairOptions>();
  auto* c = command(top, w, "repair", "make a whole ledger again of what a damaged one still holds, in a new folder, and verify it",
                    "pufa repair L L.repaired --backup /mnt/backup/L");
  c->add_option("dir", o->dir, "folder of the damaged ledger; nothing in it is changed")->required();
  c->add_option("output", o->output, "folder of the repaired ledger; it must be new or empty")->required();
  c->add_option("--backup", o->backup, "a backup, or another copy of the ledger: what is damaged or missing is taken from there");
  c->callback([&w, o] { w.run = [o](const App& a) { return run_repair(a, *o); }; });
}

void add_succeeding(CLI::App& top, Words& w) {
  auto o = std::make_shared<SucceedOptions>();
  auto* c = command(top, w, "succeed", "make a ledger that goes on after one that was lost: its genesis names the last head known",
                    "pufa succeed L2 --after newest.note --vkey VKEY --origin pufa.example/caidian-2 --district 420114 --district-name 蔡甸区 "
                    "--operator-key op.pem --registrar-key reg.pem --audit-key audit.pem");
  add_founding(c, &o->init);
  c->add_option("--after", o->after, "file with the last checkpoint known of the lost ledger")->required();
  auto* policy = c->add_option("--policy", o->policy, "trust policy file that names the lost ledger");
  c->add_option("--vkey", o->vkey, "its verifier key, instead of a policy")->excludes(policy);
  c->callback([&w, o] { w.run = [o](const App& a) { return run_succeed(a, *o); }; });
}

}  // namespace

void add_backup(CLI::App& top, Words& w) {
  for (auto* add : {add_backing_up, add_restoring, add_repairing, add_succeeding}) add(top, w);
}

}  // namespace tools

// witness, cosign
#include "tools/commands/witness.h"
#include "tools/words/words.h"

namespace tools {
namespace {

void add_serving(CLI::App& top, Words& w) {
  auto o = std::make_shared<WitnessOptions>();
  auto* c = command(top, w, "witness", "cosign other people's checkpoints, each only if it extends the last (C2SP tlog-witness)",
                    "pufa witness --state witness.state --key witness.pem --name city.example/w1 --log VKEY --listen 127.0.0.1:8080");
  c->add_option("--state", o->state, "what was cosigned last; never restore an older copy")->required();
  c->add_option("--key", o->key, "the witness's key, of either suite")->required();
  c->add_option("--name", o->name, "the witness's key name")->required();
  c->add_option("--log", o->logs, "verifier key of a log to witness, as init prints it; several may be given")->required();
  c->add_option("--passphrase-file", o->passphrase_file, "its first line opens the key");
  auto* listen = c->add_option("--listen", o->listen, "HOST:PORT of the service; port 0 takes a free one");
  c->add_option("--once", o->once, "answer the request in this file instead, for a machine without a network")->excludes(listen);
  c->callback([&w, o] { w.run = [o](const App& a) { return run_witness(a, *o); }; });
}

void add_asking(CLI::App& top, Words& w) {
  auto o = std::make_shared<CosignOptions>();
  auto* c = command(top, w, "cosign", "ask the policy's witnesses to cosign the newest checkpoint, and keep what they sign", "pufa cosign L --policy policy");
  c->add_option("dir", o->dir, "folder of the ledger")->required();
  c->add_option("--policy", o->policy, "trust policy file; its witness lines give the URLs")->required();
  c->callback([&w, o] { w.run = [o](const App& a) { return run_cosign(a, *o); }; });
}

}  // namespace

void add_witness(CLI::App& top, Words& w) {
  for (auto* add : {add_serving, add_asking}) add(top, w);
}

}  // namespace tools

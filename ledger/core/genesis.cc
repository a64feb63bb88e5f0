#include "ledger/core/genesis.h"

#include "ledger/schema/shape.h"
#include "ledger/schema/wire.h"
#include "ledger/text/encoding.h"

namespace ledger {

Result<Genesis> genesis_of(const Body& body) {
  if (body.type_ordinal() != static_cast<std::uint16_t>(EventType::GenesisRecorded))
    return refuse("not-a-ledger", "record 0 is no genesis; run pufa verify");
  if (auto faults = check_shape(body); !faults.empty()) return tl::unexpected<Error>(faults.front());   // before its texts are read
  auto g = body.as<GenesisRecorded>();
  Genesis out;
  out.suite = g.suite() == GenesisRecorded::Suite::intl ? &intl() : &gm();
  out.ledger_id = ledger_id_of(*out.suite, body.bytes());
  out.origin = std::string(g.origin());
  out.district = std::string(g.district());
  out.district_name = std::string(g.district_name());
  out.demonstration = g.purpose() == GenesisRecorded::Purpose::demonstration;
  if (!g.has_predecessor()) return out;
  const auto p = g.predecessor();
  out.predecessor = Checkpoint{std::string(p.origin()), static_cast<std::uint64_t>(p.size()), Hash::from(p.root())};
  return out;
}

std::unique_ptr<PrivateKey> demonstration_key(const Suite& suite, const std::string& name) {
  return suite.derive(sha256("pufa demo/" + std::string(suite.name()) + "/key/" + name).view());
}

bool poses_as_production(const Genesis& genesis, const GenesisRecorded& g) {
  if (genesis.demonstration) return false;
  for (auto* name : {"operator", "registrar", "auditAdmin"}) {
    const auto published = hex(demonstration_key(*genesis.suite, name)->public_key().id().view());
    for (auto stated : {g.operator_key().key_id(), g.registrar_key().key_id(), g.audit_key().key_id()})
      if (stated == published) return true;
  }
  return false;
}

}  // namespace ledger

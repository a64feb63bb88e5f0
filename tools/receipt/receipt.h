// A citizen's receipt: one page, as text and as HTML, of what the evidence file beside it proves.
#pragma once

#include "ledger/merkle/note.h"
#include "tools/check/docket.h"

namespace tools {

struct ReceiptPage {
  Docket docket;
  ledger::Checkpoint checkpoint;
  std::string district, secret;    // the filer's secret in hex
  ledger::Bytes evidence;
  std::string evidence_name;       // of its file beside the page
};

// What the QR code holds: "pufa-receipt/v1", origin, event id, position, leaf hash, secret; a space between.
std::string qr_payload(const ReceiptPage&);
std::string to_text(const App&, const ReceiptPage&);
std::string to_html(const App&, const ReceiptPage&);

}  // namespace tools

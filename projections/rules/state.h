// Everything the procedure's rules know of the log so far, family by family. The views read the same.
#pragma once

#include "ledger/crypto/suite.h"
#include "projections/calendar.h"
#include "projections/rules/assessment.h"
#include "projections/rules/archive.h"
#include "projections/rules/bulletin.h"
#include "projections/rules/complaint.h"
#include "projections/rules/coordination.h"
#include "projections/rules/correction.h"
#include "projections/rules/identity.h"
#include "projections/rules/organisation.h"
#include "projections/rules/publicity.h"
#include "projections/rules/records.h"
#include "projections/rules/rectification.h"
#include "projections/rules/reference.h"
#include "projections/rules/supervision.h"

namespace projections {

struct State {
  // Both out of line, as each family's are: the tables' code is made once, not in every file that names a state.
  explicit State(const ledger::Suite&);
  ~State();

  const ledger::Suite* suite;   // the ledger's
  Journal journal;
  Calendars calendars{journal};
  Profiles profiles{journal};
  Records records{journal};
  IdentityState identity{journal};
  ReferenceState reference{journal};
  OrganisationState organisation{journal};
  PublicityState publicity{journal};
  CorrectionState correction{journal};
  CoordinationState coordination{journal};
  SupervisionState supervision{journal};
  ComplaintState complaint{journal};
  RectificationState rectification{journal};
  AssessmentState assessment{journal};
  BulletinState bulletin{journal};
  ArchiveState archive{journal};
};

}  // namespace projections

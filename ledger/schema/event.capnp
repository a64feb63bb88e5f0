# Bytes of events, submissions and records.
#
# Every message here is stored, hashed and signed as canonical Cap'n Proto: one segment, no segment
# table, the first word the root pointer (capnproto.org/encoding.html, "Canonicalization"). A foreign
# message that is not byte for byte canonical is refused (`not-canonical`).
@0xcbe70128612166ab;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("ledger::schema");
using import "shape.capnp".is;
using import "shape.capnp".zh;
using import "shape.capnp".en;
using Common = import "common.capnp";
using Identity = import "identity.capnp";
using Reference = import "reference.capnp";
using Organisation = import "organisation.capnp";
using Publicity = import "publicity.capnp";
using Correction = import "correction.capnp";
using Coordination = import "coordination.capnp";
using Supervision = import "supervision.capnp";
using Complaint = import "complaint.capnp";
using Rectification = import "rectification.capnp";
using Assessment = import "assessment.capnp";
using Bulletin = import "bulletin.capnp";
using Archive = import "archive.capnp";

# What happened. Committed to by Header.commitment; shown by access.
struct Body {
  schemaVersion @0 :UInt16;
  attachments @1 :List(Common.Attachment) $is(group = void, least = 0, most = 20) $zh("附件") $en("attachments");
  remark @2 :Data $is(sealed = 500) $zh("备注") $en("remark");
  # Ordinals 0…91 of the union are the type ordinals of Header.type.
  payload :union {
    genesisRecorded @3 :Identity.GenesisRecorded;
    unitRegistered @4 :Identity.UnitRegistered;
    unitRestructured @5 :Identity.UnitRestructured;
    officerDesignated @6 :Identity.OfficerDesignated;
    keyEnrolled @7 :Identity.KeyEnrolled;
    keyRevoked @8 :Identity.KeyRevoked;
    roleGranted @9 :Identity.RoleGranted;
    roleRevoked @10 :Identity.RoleRevoked;
    recordsReaffirmed @11 :Identity.RecordsReaffirmed;
    policyDocumentIssued @12 :Reference.PolicyDocumentIssued;
    workCalendarPublished @13 :Reference.WorkCalendarPublished;
    publicityNodeDeclared @14 :Reference.PublicityNodeDeclared;
    hotIssueDeclared @15 :Reference.HotIssueDeclared;
    deadlineProfilePublished @16 :Reference.DeadlineProfilePublished;
    assessmentSchemePublished @17 :Reference.AssessmentSchemePublished;
    districtListIssued @18 :Organisation.DistrictListIssued;
    unitListSubmitted @19 :Organisation.UnitListSubmitted;
    learningListSubmitted @20 :Organisation.LearningListSubmitted;
    annualPlanSubmitted @21 :Organisation.AnnualPlanSubmitted;
    filingDecided @22 :Organisation.FilingDecided;
    listItemAmendmentRequested @23 :Organisation.ListItemAmendmentRequested;
    listItemAmendmentDecided @24 :Organisation.ListItemAmendmentDecided;
    listItemCompleted @25 :Organisation.ListItemCompleted;
    budgetAllocated @26 :Organisation.BudgetAllocated;
    systemEstablished @27 :Organisation.SystemEstablished;
    integrationRecorded @28 :Organisation.IntegrationRecorded;
    activityHeld @29 :Publicity.ActivityHeld;
    caseInterpretationPublished @30 :Publicity.CaseInterpretationPublished;
    judgmentDocumentPublished @31 :Publicity.JudgmentDocumentPublished;
    enforcementBasisDeclared @32 :Publicity.EnforcementBasisDeclared;
    enforcementBasisDisclosed @33 :Publicity.EnforcementBasisDisclosed;
    mediaContentReleased @34 :Publicity.MediaContentReleased;
    trainingHeld @35 :Publicity.TrainingHeld;
    examHeld @36 :Publicity.ExamHeld;
    studySessionHeld @37 :Publicity.StudySessionHeld;
    dutyReportDelivered @38 :Publicity.DutyReportDelivered;
    inquiryAnswered @39 :Publicity.InquiryAnswered;
    workReportSubmitted @40 :Publicity.WorkReportSubmitted;
    evidenceAttached @41 :Publicity.EvidenceAttached;
    villageLegalPostRecorded @42 :Publicity.VillageLegalPostRecorded;
    honourConferred @43 :Publicity.HonourConferred;
    recordVerified @44 :Correction.RecordVerified;
    recordCorrected @45 :Correction.RecordCorrected;
    recordAnnulled @46 :Correction.RecordAnnulled;
    jointMeetingHeld @47 :Coordination.JointMeetingHeld;
    coordinationRequested @48 :Coordination.CoordinationRequested;
    coordinationResolved @49 :Coordination.CoordinationResolved;
    demandAnalysed @50 :Coordination.DemandAnalysed;
    guidanceGiven @51 :Coordination.GuidanceGiven;
    promptIssued @52 :Coordination.PromptIssued;
    inspectionOpened @53 :Supervision.InspectionOpened;
    inspectionFindingRecorded @54 :Supervision.InspectionFindingRecorded;
    inspectionClosed @55 :Supervision.InspectionClosed;
    surveyOpened @56 :Supervision.SurveyOpened;
    surveyResponsesRecorded @57 :Supervision.SurveyResponsesRecorded;
    surveyClosed @58 :Supervision.SurveyClosed;
    thirdPartyCommissioned @59 :Supervision.ThirdPartyCommissioned;
    thirdPartyReportDelivered @60 :Supervision.ThirdPartyReportDelivered;
    mediaInvestigationRecorded @61 :Supervision.MediaInvestigationRecorded;
    effectFeedbackSent @62 :Supervision.EffectFeedbackSent;
    complaintFiled @63 :Complaint.ComplaintFiled;
    complaintDisposed @64 :Complaint.ComplaintDisposed;
    complaintAssigned @65 :Complaint.ComplaintAssigned;
    complaintAcknowledged @66 :Complaint.ComplaintAcknowledged;
    complaintExtended @67 :Complaint.ComplaintExtended;
    complaintAnswered @68 :Complaint.ComplaintAnswered;
    complaintWithdrawn @69 :Complaint.ComplaintWithdrawn;
    reviewRequested @70 :Complaint.ReviewRequested;
    reviewDecided @71 :Complaint.ReviewDecided;
    complaintClosed @72 :Complaint.ComplaintClosed;
    complaintPublished @73 :Complaint.ComplaintPublished;
    rectificationOrdered @74 :Rectification.RectificationOrdered;
    rectificationSubmitted @75 :Rectification.RectificationSubmitted;
    rectificationDecided @76 :Rectification.RectificationDecided;
    rectificationVaried @77 :Rectification.RectificationVaried;
    selfAssessmentSubmitted @78 :Assessment.SelfAssessmentSubmitted;
    resultPublished @79 :Assessment.ResultPublished;
    finalResultConfirmed @80 :Assessment.FinalResultConfirmed;
    objectionFiled @81 :Assessment.ObjectionFiled;
    objectionDecided @82 :Assessment.ObjectionDecided;
    vetoDecided @83 :Assessment.VetoDecided;
    pointsDecided @84 :Assessment.PointsDecided;
    bulletinDrafted @85 :Bulletin.BulletinDrafted;
    bulletinReviewed @86 :Bulletin.BulletinReviewed;
    bulletinIssued @87 :Bulletin.BulletinIssued;
    bulletinAmended @88 :Bulletin.BulletinAmended;
    resultExported @89 :Bulletin.ResultExported;
    subjectRequestDecided @90 :Archive.SubjectRequestDecided;
    personalDataKeyDestroyed @91 :Archive.PersonalDataKeyDestroyed;
    archivePackageExported @92 :Archive.ArchivePackageExported;
    indexCommitted @93 :Archive.IndexCommitted;
    accessLogCommitted @94 :Archive.AccessLogCommitted;
  }
}

# The public part of an event. commitment = H("pufa/body/v1\n" ‖ salt ‖ body bytes).
struct Header {
  id @0 :Data;             # 16 bytes, a UUIDv7
  type @1 :UInt16;         # ordinal of Body.payload
  unit @2 :Text;           # null: none
  named @3 :List(Text);    # every unit code in `unit` and the body, sorted, distinct
  on @4 :Int32;            # business date, days since 1970-01-01
  commitment @5 :Data;
}

# What the signer signs: "pufa/submission/v1\n" ‖ these bytes.
struct SubmissionHeader {
  ledgerId @0 :Data;       # 16 bytes; zero in the genesis submission
  submissionId @1 :Data;   # 16 bytes, a UUIDv7
  keyId @2 :Data;          # 16 bytes
  signedAt @3 :Int64;      # milliseconds since 1970-01-01 UTC
  count @4 :UInt32;        # events, 1…100,000
  root @5 :Data;           # RFC 6962 tree hash over the event headers in order
}

# The leaf of the Merkle tree and the C2SP entry.
struct Record {
  position @0 :UInt64;
  admittedAt @1 :Int64;            # milliseconds since 1970-01-01 UTC
  rulesVersion @2 :UInt16;
  index @3 :UInt32;                # in its submission
  submissionHash @4 :Data;         # H(signed message ‖ signature)
  header @5 :Data;                 # Header, verbatim
  submissionHeader @6 :Data;       # index 0 only
  signature @7 :Data;              # index 0 only
}

# A signed submission on its way to a ledger: the `.submission` file and the outbox. Not canonical
# and not hashed; framed as an ordinary Cap'n Proto stream message.
struct Submission {
  header @0 :Data;
  signature @1 :Data;
  events @2 :List(Event);
  attachments @3 :List(Data);        # bytes that the events' attachments name by their SHA-256

  struct Event {
    header @0 :Data;
    salt @1 :Data;                 # 32 bytes
    body @2 :Data;
    opened @3 :List(Sealed);       # the sealed values, for the vault
  }
  struct Sealed {
    field @0 :Text;
    salt @1 :Data;                 # 32 bytes
    value @2 :Text;
  }
}

# Reference data: documents, calendars, nodes, hot issues, deadline profiles, schemes.
# Field order is the stored order: new fields are appended, numbers are never reused.
@0xfe368249c2c85155;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("ledger::schema");
using import "shape.capnp".is;
using import "shape.capnp".presence;
using import "shape.capnp".event;
using import "shape.capnp".zh;
using import "shape.capnp".en;
using import "shape.capnp".unit;
using Common = import "common.capnp";

struct PolicyDocumentIssued $zh("文件印发") $en("policy document issued")
    $event(unit = absent, signers = [office],
           codes = ["document-exists"]) {
  title @0 :Text $is(text = 200, need = true) $zh("标题") $en("title");
  issuer @1 :Text $is(text = 200, need = true) $zh("发文机关") $en("issuer");
  issuers @2 :List(Text) $is(text = 100, least = 0, most = 10) $zh("联合发文机关") $en("issuers");
  docNo @3 :Common.DocNo $is(group = void) $zh("文号") $en("document number");
  issuedOn @4 :Int32 $is(date = void) $zh("印发日期") $en("issued on");
  hasIssuedOn @5 :Bool $presence;
  publishedAt @6 :Int64 $is(instant = void) $zh("发布时间") $en("published at");
  hasPublishedAt @7 :Bool $presence;
  inForceFrom @8 :Int32 $is(date = void) $zh("施行日期") $en("in force from");
  hasInForceFrom @9 :Bool $presence;
  basis @10 :List(Text) $is(text = 200, least = 0, most = 20) $zh("依据") $en("basis");
  summary @11 :Text $is(text = 2000) $zh("摘要") $en("summary");
  level @12 :Level $is(choice = void, need = true) $zh("文件层级") $en("level");
  topic @13 :Topic $is(choice = void) $zh("文件主题") $en("topic");
  hasTopic @14 :Bool $presence;
  url @15 :Text $is(text = 500) $zh("网址") $en("URL");
  recipients @16 :List(Text) $is(text = 100, least = 0, most = 100) $zh("发送单位") $en("recipients");
  supersedes @17 :Data $is(ref = (to = ["PolicyDocumentIssued"])) $zh("取代的记录") $en("supersedes");
  enum Level {
    national @0 $zh("国家") $en("national");
    province @1 $zh("省") $en("province");
    city @2 $zh("市") $en("city");
    district @3 $zh("区") $en("district");
    unit @4 $zh("单位") $en("unit");
  }
  enum Topic {
    workPoints @0 $zh("守法普法工作要点") $en("work points");
    listFiling @1 $zh("普法责任清单报送") $en("list filing");
    civilCodeMonth @2 $zh("民法典宣传月") $en("Civil Code month");
    legalAdvisers @3 $zh("村(居)法律顾问") $en("village legal advisers");
    legalHelpers @4 $zh("法律明白人") $en("legal helpers");
    dutyReview @5 $zh("履职报告评议") $en("duty report review");
    themeSelection @6 $zh("十大普法主题活动评选") $en("selection of ten theme activities");
    democraticVillage @7 $zh("民主法治示范村(社区)") $en("democratic rule-of-law village");
    general @8 $zh("一般文件") $en("general");
  }
}

struct WorkCalendarPublished $zh("工作日历发布") $en("work calendar published")
    $event(unit = absent, signers = [office],
           codes = ["calendar-year", "calendar-overlap"]) {
  year @0 :Int32 $is(int = (min = 1949, max = 2199), need = true) $zh("年度") $en("year");
  offDays @1 :List(Int32) $is(date = void, need = true, least = 0, most = 60) $zh("放假日期") $en("days off");
  workDays @2 :List(Int32) $is(date = void, need = true, least = 0, most = 30) $zh("调休上班日期") $en("make-up workdays");
  source @3 :Text $is(text = 200, need = true) $zh("来源") $en("source");
}

struct PublicityNodeDeclared $zh("宣传节点公布") $en("publicity node declared")
    $event(unit = absent, signers = [office],
           codes = ["node-exists", "dates-reversed", "node-year", "node-without-units"]) {
  code @0 :Text $is(code = 20, need = true) $zh("节点代码") $en("code");
  year @1 :Int32 $is(int = (min = 1949, max = 2199), need = true) $zh("年度") $en("year");
  name @2 :Text $is(text = 60, need = true) $zh("节点名称") $en("name");
  kind @3 :Kind $is(choice = void, need = true) $zh("节点种类") $en("kind");
  start @4 :Int32 $is(date = void, need = true) $zh("开始日期") $en("start");
  end @5 :Int32 $is(date = void, need = true) $zh("结束日期") $en("end");
  allUnits @6 :Bool $is(flag = void, need = true) $zh("全部单位") $en("all units");
  units @7 :List(Text) $is(unit = void, least = 0, most = 200) $zh("承担单位") $en("units");
  lawRefs @8 :List(Common.LawRef) $is(group = void, least = 0, most = 20) $zh("涉及法律") $en("laws");
  theme @9 :Text $is(text = 200) $zh("主题") $en("theme");
  document @10 :Data $is(ref = (to = ["PolicyDocumentIssued"])) $zh("文件") $en("document");
  enum Kind {
    day @0 $zh("宣传日") $en("day");
    week @1 $zh("宣传周") $en("week");
    month @2 $zh("法治宣传月") $en("month");
    nthWeekday @3 $zh("第几个星期几") $en("nth weekday");
    solarTerm @4 $zh("节气") $en("solar term");
    lunar @5 $zh("农历日期") $en("lunar date");
  }
}

struct HotIssueDeclared $zh("热点问题认定") $en("hot issue declared")
    $event(unit = absent, signers = [office],
           codes = []) {
  topic @0 :Text $is(text = 200, need = true) $zh("主题") $en("topic");
  origin @1 :Origin $is(choice = void, need = true) $zh("来源") $en("origin");
  units @2 :List(Text) $is(unit = void, need = true, least = 1, most = 50) $zh("涉及单位") $en("units");
  measures @3 :Text $is(text = 1000) $zh("对策措施") $en("measures");
  demand @4 :Data $is(ref = (to = ["DemandAnalysed"], notLater = true)) $zh("需求分析") $en("demand");
  enum Origin {
    complaints @0 $zh("投诉") $en("complaints");
    media @1 $zh("新闻媒体") $en("media");
    court @2 $zh("法院") $en("court");
    inspection @3 $zh("检查") $en("inspection");
    jointMeeting @4 $zh("联席工作会议") $en("joint meeting");
    other @5 $zh("其他") $en("other");
  }
}

struct DeadlineProfilePublished $zh("期限规则发布") $en("deadline profile published")
    $event(unit = absent, signers = [office],
           codes = ["profile-exists", "profile-invalid"]) {
  year @0 :Int32 $is(int = (min = 1949, max = 2199), need = true) $zh("年度") $en("year");
  listDue @1 :Text $is(monthDay = void) $zh("责任清单报送期限") $en("list due");
  learningListDue @2 :Text $is(monthDay = void) $zh("学法清单报送期限") $en("learning list due");
  planDue @3 :Text $is(monthDay = void) $zh("计划方案报送期限") $en("plan due");
  workReportDue @4 :List(Text) $is(monthDay = void, least = 4, most = 4) $zh("工作报告报送期限") $en("work report due");
  newUnitGraceDays @5 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("新单位宽限天数") $en("new unit grace days") $unit("day");
  hasNewUnitGraceDays @6 :Bool $presence;
  filingDecisionDays @7 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("备案决定期限") $en("filing decision days") $unit("workday");
  hasFilingDecisionDays @8 :Bool $presence;
  amendmentDecisionDays @9 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("清单变更决定期限") $en("amendment decision days") $unit("workday");
  hasAmendmentDecisionDays @10 :Bool $presence;
  completionVerifyDays @11 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("完成核实期限") $en("completion verify days") $unit("workday");
  hasCompletionVerifyDays @12 :Bool $presence;
  coordinationDays @13 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("协调处理期限") $en("coordination days") $unit("workday");
  hasCoordinationDays @14 :Bool $presence;
  inquiryDays @15 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("咨询解答期限") $en("inquiry days") $unit("workday");
  hasInquiryDays @16 :Bool $presence;
  complaintDisposeDays @17 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("投诉受理决定期限") $en("complaint disposal days") $unit("day, rolled to a workday");
  hasComplaintDisposeDays @18 :Bool $presence;
  complaintAssignDays @19 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("投诉交办期限") $en("complaint assign days") $unit("workday");
  hasComplaintAssignDays @20 :Bool $presence;
  complaintAckDays @21 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("交办签收期限") $en("complaint acknowledgement days") $unit("workday");
  hasComplaintAckDays @22 :Bool $presence;
  assignmentObjectDays @23 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("交办异议期限") $en("assignment object days") $unit("workday");
  hasAssignmentObjectDays @24 :Bool $presence;
  complaintAnswerDays @25 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("投诉答复期限") $en("complaint answer days") $unit("day, rolled to a workday");
  hasComplaintAnswerDays @26 :Bool $presence;
  complaintExtendDays @27 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("投诉答复最长延期") $en("complaint extend days") $unit("day");
  hasComplaintExtendDays @28 :Bool $presence;
  channels @29 :List(Channel) $is(group = void, least = 0, most = 6) $zh("分渠道期限") $en("channels");
  reviewRequestDays @30 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("复查申请期限") $en("review request days") $unit("day, rolled to a workday");
  hasReviewRequestDays @31 :Bool $presence;
  reviewDecideDays @32 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("复查决定期限") $en("review decide days") $unit("day, rolled to a workday");
  hasReviewDecideDays @33 :Bool $presence;
  complaintPublishDays @34 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("投诉公开期限") $en("complaint publish days") $unit("workday");
  hasComplaintPublishDays @35 :Bool $presence;
  rectAckDays @36 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("整改签收期限") $en("rectification acknowledgement days") $unit("workday");
  hasRectAckDays @37 :Bool $presence;
  rectPlanDays @38 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("整改方案期限") $en("rectification plan days") $unit("workday");
  hasRectPlanDays @39 :Bool $presence;
  rectDecideDays @40 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("整改验收期限") $en("rectification decide days") $unit("workday");
  hasRectDecideDays @41 :Bool $presence;
  rectMaxExtendDays @42 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("整改最长延期") $en("rectification max extend days") $unit("day");
  hasRectMaxExtendDays @43 :Bool $presence;
  objectionWindowDays @44 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("异议提出期限") $en("objection window days") $unit("workday");
  hasObjectionWindowDays @45 :Bool $presence;
  objectionDecideDays @46 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("异议决定期限") $en("objection decide days") $unit("workday");
  hasObjectionDecideDays @47 :Bool $presence;
  objectionReviewDays @48 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("异议复核期限") $en("objection review days") $unit("workday");
  hasObjectionReviewDays @49 :Bool $presence;
  bulletinPublishDays @50 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("通报公开期限") $en("bulletin publish days") $unit("workday");
  hasBulletinPublishDays @51 :Bool $presence;
  entryLagDays @52 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("补录天数") $en("entry lag days") $unit("day");
  hasEntryLagDays @53 :Bool $presence;
  supersedes @54 :Data $is(ref = (to = ["DeadlineProfilePublished"])) $zh("取代的记录") $en("supersedes");
  struct Channel {
    channel @0 :Common.ComplaintChannel $is(choice = void, need = true) $zh("渠道") $en("channel");
    disposeDays @1 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("受理决定天数") $en("dispose days") $unit("day, rolled to a workday");
    hasDisposeDays @2 :Bool $presence;
    ackDays @3 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("签收天数") $en("acknowledgement days") $unit("workday");
    hasAckDays @4 :Bool $presence;
    answerDays @5 :Int32 $is(int = (min = 0, max = 2147483647)) $zh("答复天数") $en("answer days") $unit("day, rolled to a workday");
    hasAnswerDays @6 :Bool $presence;
  }
}

struct AssessmentSchemePublished $zh("考核办法发布") $en("assessment scheme published")
    $event(unit = absent, signers = [office],
           codes = ["scheme-exists", "scheme-invalid", "scheme-after-cutoff", "dates-reversed"]) {
  year @0 :Int32 $is(int = (min = 1949, max = 2199), need = true) $zh("年度") $en("year");
  name @1 :Text $is(text = 100, need = true) $zh("办法名称") $en("name");
  periodStart @2 :Int32 $is(date = void, need = true) $zh("考核期起") $en("period start");
  periodEnd @3 :Int32 $is(date = void, need = true) $zh("考核期止") $en("period end");
  cutoff @4 :Int64 $is(instant = void, need = true) $zh("截止时间") $en("cutoff");
  toml @5 :Text $is(text = 40000, need = true) $zh("办法正文(TOML)") $en("scheme text (TOML)");
  supersedes @6 :Data $is(ref = (to = ["AssessmentSchemePublished"])) $zh("取代的记录") $en("supersedes");
  document @7 :Data $is(ref = (to = ["PolicyDocumentIssued"])) $zh("文件") $en("document");
}

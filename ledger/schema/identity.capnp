# Identity and keys: genesis, the units and their officers, keys and roles.
# Field order is the stored order: new fields are appended, numbers are never reused.
@0xe81343fd3c91fb49;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("ledger::schema");
using import "shape.capnp".is;
using import "shape.capnp".presence;
using import "shape.capnp".event;
using import "shape.capnp".zh;
using import "shape.capnp".en;
using import "shape.capnp".unit;
using Common = import "common.capnp";

struct GenesisRecorded $zh("账本创世") $en("genesis recorded")
    $event(unit = absent, signers = [operator],
           codes = ["genesis-twice", "keys-not-distinct", "origin-purpose"]) {
  origin @0 :Text $is(text = 200, need = true) $zh("账本名称") $en("origin");
  suite @1 :Suite $is(choice = void, need = true) $zh("密码算法") $en("suite");
  purpose @2 :Purpose $is(choice = void, need = true) $zh("账本用途") $en("purpose");
  district @3 :Text $is(code = 12, need = true) $zh("区划代码") $en("district");
  districtName @4 :Text $is(text = 60, need = true) $zh("区名称") $en("district name");
  nonce @5 :Data $is(hex = 32, need = true) $zh("随机数") $en("nonce");
  operatorKey @6 :Common.KeyRef $is(group = void, need = true) $zh("运行密钥") $en("operator key");
  registrarKey @7 :Common.KeyRef $is(group = void, need = true) $zh("系统管理密钥") $en("registrar key");
  auditKey @8 :Common.KeyRef $is(group = void, need = true) $zh("审计管理密钥") $en("audit key");
  predecessor @9 :Predecessor $is(group = void) $zh("前身账本") $en("predecessor");
  enum Suite {
    intl @0 $zh("国际算法套件") $en("international suite");
    gm @1 $zh("国密算法套件") $en("SM suite");
  }
  enum Purpose {
    production @0 $zh("正式") $en("production");
    demonstration @1 $zh("演示") $en("demonstration");
  }
  struct Predecessor {
    origin @0 :Text $is(text = 200, need = true) $zh("账本来源名") $en("origin");
    size @1 :Int32 $is(int = (min = 0, max = 2147483647), need = true) $zh("树大小") $en("size") $unit("records");
    root @2 :Data $is(hex = 32, need = true) $zh("树根") $en("root");
  }
}

struct UnitRegistered $zh("责任主体登记") $en("unit registered")
    $event(unit = any, signers = [office, registrar],
           codes = ["unit-exists", "short-name-taken", "parent-cycle"]) {
  name @0 :Text $is(text = 100, need = true) $zh("单位全称") $en("name");
  shortName @1 :Text $is(text = 30, need = true) $zh("单位简称") $en("short name");
  category @2 :Common.UnitCategory $is(choice = void, need = true) $zh("单位类别") $en("category");
  hasEnforcementPower @3 :Bool $is(flag = void, need = true) $zh("有行政执法权") $en("has enforcement power");
  caseClass @4 :Common.CaseClass $is(choice = void) $zh("办案类别") $en("case class");
  hasCaseClass @5 :Bool $presence;
  parent @6 :Text $is(unit = void) $zh("主管单位") $en("parent unit");
  superior @7 :Text $is(text = 100) $zh("上级主管部门") $en("superior authority");
  localSupervisor @8 :Text $is(unit = void) $zh("属地主管单位") $en("local supervising unit");
  districtCode @9 :Text $is(code = 12, need = true) $zh("行政区划代码") $en("district code");
  from @10 :Int32 $is(date = void, need = true) $zh("起始日期") $en("from");
  ranked @11 :Bool $is(flag = void) $zh("参加排名") $en("takes part in the ranking");
  hasRanked @12 :Bool $presence;
  formerNames @13 :List(Text) $is(text = 100, least = 0, most = 5) $zh("曾用名") $en("former names");
}

struct UnitRestructured $zh("机构调整") $en("unit restructured")
    $event(unit = absent, signers = [office],
           codes = ["restructure-shape", "unit-inactive", "unit-unknown", "restructure-cycle"]) {
  kind @0 :Kind $is(choice = void, need = true) $zh("调整方式") $en("kind");
  from @1 :List(Text) $is(unit = void, need = true, least = 1, most = 10) $zh("原单位") $en("from");
  to @2 :List(Text) $is(unit = void, least = 0, most = 10) $zh("调整后单位") $en("to");
  recordsGoTo @3 :Text $is(unit = void) $zh("记录归入单位") $en("unit that the records go to");
  changes @4 :Changes $is(group = void) $zh("变更内容") $en("changes");
  docNo @5 :Common.DocNo $is(group = void) $zh("文号") $en("document number");
  enum Kind {
    rename @0 $zh("更名") $en("renamed");
    merge @1 $zh("合并") $en("merged");
    split @2 $zh("分立") $en("split");
    dissolve @3 $zh("撤销") $en("dissolved");
    amend @4 $zh("登记信息变更") $en("register details amended");
  }
  struct Changes {
    name @0 :Text $is(text = 100) $zh("单位全称") $en("name");
    shortName @1 :Text $is(text = 30) $zh("单位简称") $en("short name");
    category @2 :Common.UnitCategory $is(choice = void) $zh("单位类别") $en("category");
    hasCategory @3 :Bool $presence;
    hasEnforcementPower @4 :Bool $is(flag = void) $zh("有行政执法权") $en("has enforcement power");
    hasHasEnforcementPower @5 :Bool $presence;
    caseClass @6 :Common.CaseClass $is(choice = void) $zh("办案类别") $en("case class");
    hasCaseClass @7 :Bool $presence;
    parent @8 :Text $is(unit = void) $zh("主管单位") $en("parent unit");
    superior @9 :Text $is(text = 100) $zh("上级主管部门") $en("superior authority");
    localSupervisor @10 :Text $is(unit = void) $zh("属地主管单位") $en("local supervising unit");
    ranked @11 :Bool $is(flag = void) $zh("参加排名") $en("takes part in the ranking");
    hasRanked @12 :Bool $presence;
  }
}

struct OfficerDesignated $zh("责任人指定") $en("officer designated")
    $event(unit = own, signers = [unitHead],
           codes = ["officer-incomplete", "dates-reversed"]) {
  role @0 :Role $is(choice = void, need = true) $zh("责任人类别") $en("role");
  person @1 :Text $is(person = void) $zh("责任人") $en("person (pseudonym)");
  title @2 :Text $is(text = 60) $zh("职务") $en("post title");
  dept @3 :Text $is(text = 60) $zh("部门") $en("department");
  from @4 :Int32 $is(date = void, need = true) $zh("起始日期") $en("from");
  until @5 :Int32 $is(date = void) $zh("截止日期") $en("until");
  hasUntil @6 :Bool $presence;
  enum Role {
    firstResponsible @0 $zh("第一责任人") $en("first responsible person");
    officerInCharge @1 $zh("相关负责人") $en("officer in charge");
    liaison @2 $zh("联络员") $en("liaison officer");
    department @3 $zh("责任部门") $en("responsible department");
    worker @4 $zh("工作人员") $en("staff member");
  }
}

struct KeyEnrolled $zh("密钥登记") $en("key enrolled")
    $event(unit = absent, signers = [registrar],
           codes = ["key-exists", "dates-reversed", "key-id-mismatch", "possession-wrong"]) {
  keyId @0 :Text $is(code = 64, need = true) $zh("密钥编号") $en("key id");
  publicKey @1 :Text $is(text = 400, need = true) $zh("公钥") $en("public key");
  possession @2 :Text $is(text = 400, need = true) $zh("持有证明") $en("proof of possession");
  owner @3 :Text $is(text = 100, need = true) $zh("所属机构") $en("owner");
  ownerUnit @4 :Text $is(unit = void) $zh("所属单位") $en("owner unit");
  holder @5 :Text $is(person = void) $zh("持有人") $en("holder");
  notBefore @6 :Int64 $is(instant = void, need = true) $zh("生效时间") $en("not before");
  notAfter @7 :Int64 $is(instant = void, need = true) $zh("失效时间") $en("not after");
  certificateSha256 @8 :Data $is(hex = 32) $zh("证书 SHA-256") $en("certificate SHA-256");
}

struct KeyRevoked $zh("密钥吊销") $en("key revoked")
    $event(unit = absent, signers = [registrar, auditAdmin],
           codes = ["key-unknown", "key-revoked", "revocation-shape", "last-key"]) {
  keyId @0 :Text $is(code = 64, need = true) $zh("密钥编号") $en("key id");
  reason @1 :Reason $is(choice = void, need = true) $zh("吊销原因") $en("reason");
  compromisedSince @2 :Int64 $is(instant = void) $zh("泄露起始时间") $en("compromised since");
  hasCompromisedSince @3 :Bool $presence;
  enum Reason {
    replaced @0 $zh("更换密钥") $en("replaced");
    lost @1 $zh("遗失") $en("lost");
    compromised @2 $zh("泄露") $en("compromised");
    leftPost @3 $zh("离岗") $en("left the post");
    other @4 $zh("其他") $en("other");
  }
}

struct RoleGranted $zh("授权") $en("role granted")
    $event(unit = absent, signers = [registrar, auditAdmin],
           codes = ["key-unknown", "key-revoked", "scope-kind", "role-needs-audit-admin", "self-grant", "role-held"]) {
  keyId @0 :Text $is(code = 64, need = true) $zh("密钥编号") $en("key id");
  role @1 :Common.Role $is(choice = void, need = true) $zh("角色") $en("role");
  scope @2 :Text $is(scope = void, need = true) $zh("授权范围") $en("scope");
  from @3 :Int32 $is(date = void, need = true) $zh("起始日期") $en("from");
  until @4 :Int32 $is(date = void) $zh("截止日期") $en("until");
  hasUntil @5 :Bool $presence;
}

struct RoleRevoked $zh("撤权") $en("role revoked")
    $event(unit = absent, signers = [registrar, auditAdmin],
           codes = ["role-not-held", "role-needs-audit-admin"]) {
  keyId @0 :Text $is(code = 64, need = true) $zh("密钥编号") $en("key id");
  role @1 :Common.Role $is(choice = void, need = true) $zh("角色") $en("role");
  scope @2 :Text $is(scope = void, need = true) $zh("授权范围") $en("scope");
  reason @3 :Text $is(text = 200, need = true) $zh("理由") $en("reason");
}

struct RecordsReaffirmed $zh("记录重新确认") $en("records reaffirmed")
    $event(unit = optional, signers = [operator, registrar, auditAdmin, office, unit, unitHead, superior, surveyor, media, intakeDesk, reviewer, deputy, evaluator],
           codes = ["nothing-to-reaffirm"]) {
  reason @0 :Reason $is(choice = void, need = true) $zh("确认原因") $en("reason");
  targets @1 :List(Data) $is(ref = (sameUnit = true), need = true, least = 1, most = 500) $zh("目标记录") $en("targets");
  enum Reason {
    keyCompromised @0 $zh("密钥泄露") $en("key compromised");
    keyExpired @1 $zh("密钥到期") $en("key expired");
    other @2 $zh("其他") $en("other");
  }
}

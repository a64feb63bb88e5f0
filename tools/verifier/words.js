// What the page says, in Chinese and English: [zh, en].

const WORDS = {
  title: ['普法账本证据核验', 'Pufa Ledger: evidence verifier'],
  intro: ['本页在您的浏览器中核验证据文件,不连接网络,不上传任何内容。', 'This page checks an evidence file in your browser. It uses no network and sends nothing.'],
  evidence: ['证据文件(.evidence)', 'Evidence file (.evidence)'],
  earlier: ['同一记录此前的证据(可不选)', 'Earlier evidence of the same record (optional)'],
  policy: ['信任策略文件', 'Trust policy file'],
  drop: ['也可将这些文件拖到此处。', 'Or drop the files here.'],
  stillThere: ['仍在账本中,未变动;记录数:当时 → 现在', 'still in the log, unchanged; records then → now'],
  ofEarlier: ['此前的证据:', 'the earlier evidence: '],
  unsupported: ['此浏览器不支持 Ed25519(WebCrypto),请更新浏览器。', 'This browser lacks Ed25519 (WebCrypto): update it.'],
  waiting: ['请选择证据文件和信任策略。', 'Choose an evidence file and a trust policy.'],
  working: ['正在核验…', 'Checking…'],
  valid: ['成立:文件所称的全部内容均已核实。', 'Holds: all that the file claims is established.'],
  invalid: ['不成立。', 'Does not hold.'],
  badPolicy: ['信任策略有误。', 'The trust policy is wrong.'],
  notHere: ['本页只核验单条记录和回执的证据。单位档案和考核请用 pufa-verify。', 'This page checks evidence of records and receipts alone. For a unit’s file or an assessment use pufa-verify.'],
  demonstration: ['演示数据,不是真实账本。', 'DEMONSTRATION data, no real ledger.'],
  notAsked: ['信任策略未要求见证', 'the policy asks for no witness'],
  record: ['记录', 'Record'],
  others: ['文件中的其他记录', 'Other records in the file'],
  position: ['位置', 'position'], id: ['编号', 'id'], type: ['类型', 'type'], unit: ['责任主体', 'unit'], on: ['业务日期', 'on'],
  admittedAt: ['入账时间', 'admitted at'], signedAt: ['签名时间', 'signed at'], key: ['签名密钥', 'key'], owner: ['签署者', 'signed by'], roles: ['角色', 'roles'],
  origin: ['账本', 'log'], size: ['记录数', 'records'], root: ['树根', 'root'], district: ['区', 'district'], suite: ['密码算法', 'suite'],
  noBody: ['未出示内容', 'content not shown'],
  sealed: ['密封', 'sealed'], opened: ['已公开的密封内容', 'sealed value, opened'],
  yes: ['是', 'yes'], no: ['否', 'no'],
  standingNone: ['账本尚无索引,不能排除漏示的撤销', 'no index yet: a revocation could have been left out'],
  standingLater: ['由其后的索引证实', 'confirmed by the later index'],
  standingBefore: ['由此前的索引证实,其后的撤销不能排除', 'confirmed by the index before it; a revocation since then could have been left out'],
  levels: {
    parsed: ['格式', 'parsed'], included: ['收录', 'included'], witnessed: ['见证', 'witnessed'], purpose: ['用途', 'purpose'],
    signed: ['签名', 'signed'], entitled: ['权限', 'entitled'], body: ['内容', 'body'], policy: ['策略', 'policy'],
  },
};

// Why a check failed, by code.
const CODES = {
  'evidence-malformed': ['证据文件损坏或格式不符', 'the evidence file is damaged or not in its form'],
  'proof-malformed': ['收录证明格式不符', 'the inclusion proof is not in its form'],
  'not-canonical': ['消息不是规范编码', 'a message is not in canonical form'],
  'not-a-ledger': ['第一条记录不是创世记录', 'the first record is no genesis'],
  'body-missing': ['缺少必须出示的内容', 'a body that is needed is not in the file'],
  shape: ['内容不合其类型的结构', 'the body has not the shape of its type'],
  'note-malformed': ['检查点签名格式不符', 'the signed checkpoint is malformed'],
  'checkpoint-malformed': ['检查点格式不符', 'the checkpoint is malformed'],
  'note-unverified': ['检查点没有信任策略所列密钥的有效签名', 'the checkpoint lacks a good signature of a key that the policy names'],
  'not-included': ['记录不在检查点的树中', 'the record is not in the tree of the checkpoint'],
  'record-changed': ['此前的证据所示为另一条记录,或记录已变动', 'the earlier evidence shows another record, or the record was changed'],
  'checkpoint-older': ['所谓此前的证据比本证据更新', 'the earlier evidence is the newer of the two'],
  'checkpoint-mismatch': ['同样记录数的两个检查点树根不同:账本分叉,请保存两份文件', 'two checkpoints of one size have different roots: the log is forked, keep both files'],
  'quorum-missing': ['缺少信任策略要求的见证', 'the witnesses that the policy asks for are missing'],
  'origin-differs': ['创世记录与检查点的账本名不同', 'the genesis names another log than the checkpoint'],
  'origin-purpose': ['账本名与用途不符', 'the log’s name does not agree with its purpose'],
  'demonstration-key': ['自称正式账本,却用演示的公开密钥', 'it says it is production but uses the demonstration’s published keys'],
  'key-id-mismatch': ['密钥编号与公钥不符', 'a key’s id is not that of its public key'],
  'submission-broken': ['记录与所示提交不符', 'the record is not of the submission shown'],
  'ledger-id-mismatch': ['提交是为另一账本签名的', 'the submission was signed for another ledger'],
  'bad-signature': ['提交的签名无效', 'the submission’s signature does not verify'],
  'body-differs': ['内容与承诺不符', 'the body is not the one that the record commits to'],
  'units-differ': ['记录所列单位与内容不符', 'the record does not name the units of its body'],
  'opened-differs': ['公开的密封内容与承诺不符', 'an opened value is not the one that was sealed'],
  'key-unknown': ['签名密钥当时未登记', 'the signing key was not enrolled at this position'],
  'key-not-yet-valid': ['签名密钥尚未生效', 'the signing key was not valid yet'],
  'key-expired': ['签名密钥已失效', 'the signing key had expired'],
  'key-revoked': ['签名密钥已撤销', 'the signing key was revoked'],
  'role-missing': ['签署者无此类事件的角色', 'the signer held no role that may sign this type'],
  'scope-mismatch': ['签署者的角色不及于该单位', 'the signer’s role does not cover this unit'],
  'standing-differs': ['密钥状态与索引不符:有记录被漏示', 'a key’s standing is not the one that the index commits to: records were left out'],
  'standing-missing': ['未出示签署者密钥的状态', 'the standing of a signer’s key is not shown'],
  'index-missing': ['缺少应有的索引', 'an index that the log must have is not shown'],
  'receipt-wrong': ['密语不是该投诉回执的密语', 'the secret is not that of the complaint’s receipt'],
  'policy-malformed': ['信任策略格式有误,行号或缺项', 'the policy is malformed, at line or for want of'],
  internal: ['核验程序出错', 'the verifier itself failed'],
};

let language = navigator.language.startsWith('zh') ? 0 : 1;
const say = (name) => WORDS[name][language];
const label = (x) => (language === 0 ? x.zh : x.en);
const sayCode = (fault) => {
  const why = CODES[fault.code]?.[language] ?? (language === 0 ? '密钥或角色的变更不合规则' : 'a change of keys or roles breaks their rules');
  return fault.detail ? `${why} (${fault.detail})` : why;
};

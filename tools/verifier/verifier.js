// The page: files in, a report out.

const EVIDENCE_BYTES_MAX = 256 * 1024 * 1024;
const POLICY_BYTES_MAX = 1024 * 1024;

const part = (id) => document.getElementById(id);
const files = { evidence: null, earlier: null, policy: null };
let lastReport = null, run = 0;

function translate() {
  document.documentElement.lang = language === 0 ? 'zh-CN' : 'en';
  document.title = say('title');
  for (const e of document.querySelectorAll('[data-say]')) e.textContent = say(e.dataset.say);
  part('zh').setAttribute('aria-pressed', String(language === 0));
  part('en').setAttribute('aria-pressed', String(language === 1));
  if (lastReport) show(lastReport, part('report'));
}

function speak(which) {
  language = which;
  translate();
}

async function check() {
  const mine = ++run, out = part('report');
  lastReport = null;
  delete out.dataset.verdict;
  out.replaceChildren(node('p', say(files.evidence && files.policy ? 'working' : 'waiting')));
  if (!files.evidence || !files.policy) return;
  const report = await verify(files.evidence, files.policy, files.earlier);
  if (mine !== run) return;   // other files were chosen meanwhile
  lastReport = report;
  show(report, out);
}

async function take(name, file, dropped) {
  const most = name === 'policy' ? POLICY_BYTES_MAX : EVIDENCE_BYTES_MAX, fits = file && file.size <= most;
  files[name] = fits ? new Uint8Array(await file.arrayBuffer()) : null;
  part(`${name}-name`).textContent = file && !fits ? `${file.name}: ${file.size} > ${most}` : dropped ? file.name : '';
  await check();
}

// Of two files of evidence dropped at once the second is the earlier one.
async function drop(event) {
  event.preventDefault();
  let name = 'evidence';
  for (const file of event.dataTransfer.files) {
    const start = latin(new Uint8Array(await file.slice(0, 14).arrayBuffer()));
    await take(start === 'pufa-evidence/' ? name : 'policy', file, true);
    if (start === 'pufa-evidence/') name = 'earlier';
  }
}

async function start() {
  part('zh').addEventListener('click', () => speak(0));
  part('en').addEventListener('click', () => speak(1));
  for (const name of Object.keys(files)) part(name).addEventListener('change', (e) => take(name, e.target.files[0], false));
  document.addEventListener('dragover', (e) => e.preventDefault());
  document.addEventListener('drop', drop);
  translate();
  await check();
  part('unsupported').hidden = await intl.derive(new Uint8Array(32)).then((key) => key !== null, () => false);
}

start();

// The container: named sections and the file's own digest (README.md of the ledger, "Evidence", "The file").

const SECTION_BYTES_MAX = 32 * 1024 * 1024;
const END_BYTES = 4 + 64 + 1;

class Container {
  static async open(file) {
    const heading = /^pufa-evidence\/v1 (record|receipt|unit|assessment)\n/.exec(latin(file.subarray(0, 64)));
    if (!heading) throw malformed('no evidence file of a known kind');
    if (file.length < heading[0].length + END_BYTES) throw malformed('cut short');
    const claimed = file.subarray(0, file.length - END_BYTES);
    if (latin(file.subarray(claimed.length)) !== `end ${hex(await sha256(claimed))}\n`) throw malformed('it does not end in its own digest');
    return new Container(claimed, heading);
  }

  constructor(file, heading) {
    this.file = file, this.kind = heading[1], this.at = heading[0].length;
    this.readHeading();
  }

  readHeading() {
    this.next = '', this.length = 0;
    if (this.at === this.file.length) return;
    const line = /^([a-z-]{1,16}) (0|[1-9][0-9]*)\n/.exec(latin(this.file.subarray(this.at, this.at + 64)));
    if (!line) throw malformed(`byte ${this.at}: no section`);
    this.next = line[1], this.length = Number(line[2]), this.at += line[0].length;
    if (this.length > SECTION_BYTES_MAX || this.file[this.at + this.length] !== 10) throw malformed(`byte ${this.at}: a section is too long or cut short`);
  }

  take(name) {
    if (this.next !== name) throw malformed(`byte ${this.at}: expected the section ${name}`);
    const bytes = this.file.subarray(this.at, this.at + this.length);
    this.at += this.length + 1;
    this.readHeading();
    return bytes;
  }

  finish() { if (this.next) throw malformed(`the section ${this.next} has no place here`); }
}

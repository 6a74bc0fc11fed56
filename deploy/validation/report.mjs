// What was checked, what was not and why, and what is wrong.
export class Report {
  constructor(quiet = false) {
    this.quiet = quiet;
    this.faults = [];
    this.checked = 0;
    this.skipped = 0;
  }

  ok(what) {
    this.checked++;
    this.say(`ok       ${what}`);
  }

  skip(what, why) {
    this.skipped++;
    this.say(`skipped  ${what}: ${why}`);
  }

  fail(what, why) {
    this.faults.push(`${what}: ${why}`);
    this.say(`WRONG    ${what}: ${why}`);
  }

  // One line for a check of many parts: ok when no part was wrong.
  async group(what, parts) {
    const before = this.faults.length;
    await parts();
    if (this.faults.length === before) this.ok(what);
  }

  say(line) {
    if (!this.quiet) console.log(line);
  }
}

import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { find, inTemporaryFolder, read, run } from "./files.mjs";
import { drain } from "./pods.mjs";
import { Settings } from "./settings.mjs";

const folder = "deploy/systemd";

/** The most exposure that systemd may reckon, in tenths. */
const exposure = 20;

/** The units of one box. */
export async function systemd(root, report, quick) {
  const units = find(root, folder, ".service", ".timer");
  const services = units.filter(path => path.endsWith(".service"));
  if (quick || run("systemd-analyze", ["--version"]) === null) report.skip("systemd: systemd-analyze", "it is not installed");
  else await inTemporaryFolder(place => analyze(root, place, units, services, report));
  await report.group("systemd: settings are the product's, and stopping has its time", () => {
    const settings = new Settings(root);
    const set = [...services.flatMap(path => [...read(root, path).matchAll(/^Environment=(\w+)=/gm)].map(([, name]) => [path, name])),
      ...[...read(root, `${folder}/settings.env`).matchAll(/^#? ?([A-Z]\w*)=/gm)].map(([, name]) => [`${folder}/settings.env`, name])];
    for (const [path, name] of set) if (!settings.has(name)) report.fail(path, `there is no setting ${name} (docs/operations/configure.md)`);
    const text = read(root, `${folder}/aggregation.service`);
    const stop = Number(text.match(/^TimeoutStopSec=(\d+)$/m)?.[1]);
    if (!(stop > drain)) report.fail(`${folder}/aggregation.service`, `TimeoutStopSec is ${stop}; it must be more than ${drain}, what stopping takes`);
    const given = [...text.matchAll(/^LoadCredential=(\w+):/gm)].map(([, name]) => name);
    for (const [, name] of text.matchAll(/=%d\/(\w+)$/gm)) {
      if (!given.includes(name)) report.fail(`${folder}/aggregation.service`, `names the credential ${name}, which it does not load`);
    }
  });
}

// systemd looks whether programs are there: stand-ins take the places of those that an installation puts below /opt/aggregation.
function analyze(root, place, units, services, report) {
  for (const path of units) {
    const text = read(root, path);
    for (const [, program] of text.matchAll(/^ExecStart=\/opt\/aggregation\/(\S+)/gm)) {
      mkdirSync(dirname(join(place, program)), { recursive: true });
      writeFileSync(join(place, program), "#!/bin/sh\n");
      chmodSync(join(place, program), 0o755);
    }
    writeFileSync(join(place, basename(path)), text.replaceAll("=/opt/aggregation/", `=${place}/`));
  }
  for (const path of units) {
    const { ok, text } = run("systemd-analyze", ["verify", "--man=no", join(place, basename(path))]);
    // What it says of units of this machine is not of these.
    const own = text.split("\n").filter(line => line.includes(basename(path)));
    if (ok && own.length === 0) report.ok(`systemd: systemd-analyze verify ${path}`);
    else report.fail(path, own.join("; ") || text);
  }
  for (const path of services) {
    const { ok, text } = run("systemd-analyze", ["security", "--offline=yes", `--threshold=${exposure}`, join(place, basename(path))]);
    const verdict = text.match(/Overall exposure level.*: ([\d.]+)/)?.[1];
    if (ok) report.ok(`systemd: systemd-analyze security ${path}: ${verdict} of 10`);
    else report.fail(path, `its exposure is ${verdict ?? text}; it must be at most ${exposure / 10}`);
  }
}

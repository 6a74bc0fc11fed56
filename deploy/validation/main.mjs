import { parseArgs } from "node:util";
import { collector } from "./collector.mjs";
import { compose } from "./compose.mjs";
import { dockerfile } from "./dockerfile.mjs";
import { kubernetes } from "./kubernetes.mjs";
import { prometheus } from "./prometheus.mjs";
import { Report } from "./report.mjs";
import { selfTest } from "./selftest.mjs";
import { systemd } from "./systemd.mjs";

const checks = { dockerfile, compose, kubernetes, systemd, collector, prometheus };
const { values } = parseArgs({ options: { root: { type: "string" }, "self-test": { type: "boolean" } } });

if (values["self-test"]) {
  process.exitCode = await selfTest(values.root, checks) ? 0 : 1;
} else {
  const report = new Report();
  for (const check of Object.values(checks)) await check(values.root, report, false);
  console.log(`${report.checked} checks passed, ${report.skipped} skipped, ${report.faults.length} faults`);
  process.exitCode = report.faults.length > 0 ? 1 : 0;
}

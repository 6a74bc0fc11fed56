import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inTemporaryFolder, run } from "./files.mjs";
import { Report } from "./report.mjs";

const silo = "deploy/kubernetes/silo.yaml";
const gateway = "deploy/kubernetes/gateway.yaml";
const composed = "deploy/compose/compose.yaml";
const alerts = "deploy/prometheus/rules/alerts.yml";

// Check, file, what stands there (the first place), what is put there instead, and what must be said then.
// One that a program finds is left out where the program is not installed, and the others are made without programs.
const breakages = [
  ["dockerfile", "deploy/Dockerfile", "USER 1654:1654", "USER root", "runs as root"],
  ["dockerfile", "deploy/Dockerfile", 'ENTRYPOINT ["./Aggregation.Silo"]', 'ENTRYPOINT ["./Aggregation.Soli"]', "which no project builds"],
  ["dockerfile", "deploy/Dockerfile", "aspnet:${DOTNET}", "aspnet:latest", "latest"],
  ["dockerfile", "deploy/Dockerfile", "COPY . .", "COPY .", "COPY requires"],
  ["compose", composed, "depends_on:", "dependson:", "additional properties"],
  ["compose", composed, "interval: 5s", "interval: soon", "must match format"],
  ["compose", composed, "stop_grace_period: 60s", "stop_grace_period: 20s", "it must be more than 40s"],
  ["compose", composed, "Journal__AllowSecondHost", "Journal__AllowSecondhost", "there is no setting Journal__AllowSecondhost"],
  ["compose", composed, "../otel/collector.yaml:", "../otel/colector.yaml:", "which is not there"],
  ["compose", composed, "target: gateway", "target: gatway", "stage gatway"],
  ["compose", composed, "secrets: [silo_pgpass]", "secrets: [owner_pgpass]", "and is not given it"],
  ["compose", composed, "silo_pgpass: { file", "slio_pgpass: { file", "which is no secret"],
  ["compose", composed, "Host=postgres", "Host=postgers", "which is no service"],
  ["compose", composed, "networks: [cluster, telemetry]", "networks: [telemetry]", "is on no network with postgres"],
  ["compose", composed, "  read_only: true\n", "", "may write to its root file system"],
  ["compose", "deploy/compose/prepare", "for role in owner silo gateway; do pgpass", "for role in owner silo; do pgpass", "which ./prepare does not make"],
  ["kubernetes", silo, "replicas: 2", "replicas: two", "/spec/replicas"],
  ["kubernetes", silo, "serviceName: silo", "servicename: silo", "servicename"],
  ["kubernetes", silo, "readinessProbe:", "readynessProbe:", "readynessProbe"],
  ["kubernetes", silo, "apiVersion: apps/v1", "apiVersion: apps/v1beta9", "there is no StatefulSet"],
  ["kubernetes", silo, "memory: 4Gi", "memory: 4 gigabytes", "memory"],
  ["kubernetes", silo, "path: /readyz", "path: /healthz", "does not ask /readyz"],
  ["kubernetes", silo, "terminationGracePeriodSeconds: 60", "terminationGracePeriodSeconds: 40", "it must be more than 40"],
  ["kubernetes", gateway, "sleep: { seconds: 10 }", "sleep: { seconds: 40 }", "it must be more than 80"],
  ["kubernetes", silo, "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false", "may write to its root file system"],
  ["kubernetes", silo, "runAsNonRoot: true", "runAsNonRoot: false", "may run as root"],
  ["kubernetes", silo, "limits: { cpu: \"4\", memory: 4Gi }", "limits: { cpu: \"4\" }", "has no limits"],
  ["kubernetes", silo, "secretName: silo-database", "secretName: silo-databse", "has no silo-databse"],
  ["kubernetes", silo, "mountPath: /etc/aggregation/database", "mountPath: /etc/aggregation/db", "which nothing is mounted at"],
  ["kubernetes", silo, "targetPort: clients", "targetPort: client", "has no port client"],
  ["kubernetes", silo, "Silo__GatewayPort", "Silo__ClientPort", "there is no setting Silo__ClientPort"],
  ["kubernetes", "deploy/kubernetes/settings.env", "Cluster__Id", "Cluster__Name", "there is no setting Cluster__Name"],
  ["kubernetes", "deploy/kubernetes/network-policies.yaml", "name: silo }\n  policyTypes", "name: solo }\n  policyTypes", "selects no pod"],
  ["kubernetes", "deploy/kubernetes/kustomization.yaml", "  - gateway.yaml\n", "", "is in no kustomization"],
  ["kubernetes", silo, "metadata:\n  name: silo\n", "metadata:\n  name: silo\n  name: silo\n", "unique"],
  ["systemd", "deploy/systemd/aggregation.service", "Restart=on-failure", "Restart=sometimes", "restart specifier", "systemd-analyze"],
  ["systemd", "deploy/systemd/aggregation.service", "CapabilityBoundingSet=\n", "", "its exposure is", "systemd-analyze"],
  ["systemd", "deploy/systemd/aggregation.service", "TimeoutStopSec=60", "TimeoutStopSec=40", "it must be more than 40"],
  ["systemd", "deploy/systemd/aggregation.service", "%d/key", "%d/kye", "names the credential kye"],
  ["systemd", "deploy/systemd/settings.env", "Ledger__AuditInterval", "Ledger__AuditIntervall", "there is no setting Ledger__AuditIntervall"],
  ["collector", "deploy/otel/collector.yaml", "exporters: [otlp/traces]", "exporters: [otlp/tempo]", "names otlp/tempo, which is not defined"],
  ["collector", "deploy/otel/collector.yaml", "  batch:\n", "  bach:\n", "of no known type"],
  ["collector", "deploy/otel/collector.yaml", "[memory_limiter, filter/probes, tail_sampling, batch]", "[memory_limiter, filter/probes, batch]", "traces are not sampled"],
  ["collector", "deploy/otel/collector.yaml", "status_codes: [ERROR]", "status_codes: [OK]", "no policy keeps errors"],
  ["collector", "deploy/otel/collector.yaml", "env:TRACES_ENDPOINT", "env:TEMPO_ENDPOINT", "which compose.yaml does not set"],
  ["prometheus", "deploy/prometheus/rules/objectives.yml", "sum by (job) (", "sum by (job (", "parse error", "promtool"],
  ["prometheus", alerts, "> 14.4 * 0.001 and", "> 144 * 0.001 and", "FAILED", "promtool"],
  ["prometheus", alerts, "running_seconds[1m])) > 10", "running_seconds[1m])) > 100", "FAILED", "promtool"],
  ["prometheus", alerts, "aggregation_ledger_drift_total", "aggregation_ledger_drifts_total", "there is no metric aggregation_ledger_drifts_total"],
  ["prometheus", alerts, "severity: page", "severity: urgent", "it must be page or ticket"],
  ["prometheus", alerts, "runbooks/TotalsDrift.md", "runbooks/Drift.md", "it must be docs/operations/runbooks/TotalsDrift.md"],
  ["prometheus", "docs/operations/runbooks/TotalsDrift.md", "## How to mend it", "## How to repair it", "says nothing under 'How to mend it'"],
  ["prometheus", "deploy/prometheus/prometheus.yml", "silo-2:8080", "silo-3:8080", "silo-3 is no service"],
  ["prometheus", "deploy/grafana/dashboards/gateway.json", '"title": "Calls"', '"title" "Calls"', "JSON"],
  ["prometheus", "deploy/grafana/dashboards/gateway.json", "aggregation_gateway_batch_items_total", "aggregation_gateway_batch_item_total", "there is no metric aggregation_gateway_batch_item_total"],
  ["prometheus", "deploy/grafana/dashboards/gateway.json", "[$__rate_interval])", "[$__rate_interval]))", "parse error", "promtool"],
  ["prometheus", "deploy/grafana/dashboards/tenant.json", '\\"$tenant\\"', '\\"$tenancy\\"', "there is no variable tenancy"],
];

/** Whether each breakage of a copy is found, and the copy unbroken is not found fault with. */
export async function selfTest(root, checks) {
  let missed = 0;
  await inTemporaryFolder(async copy => {
    for (const folder of ["deploy", "docs/operations"]) {
      cpSync(join(root, folder), join(copy, folder), { recursive: true, filter: path => !/node_modules|secrets$/.test(path) });
    }
    for (const project of ["silo/Aggregation.Silo", "gateway/Aggregation.Gateway", "gateway/Aggregation.Cli", "hosting/Aggregation.Standalone"]) {
      mkdirSync(join(copy, project), { recursive: true });
      const file = `${project}/${project.split("/")[1]}.csproj`;
      cpSync(join(root, file), join(copy, file));
    }
    for (const [name, check] of Object.entries(checks)) {
      const whole = new Report(true);
      await check(copy, whole, false);
      if (whole.faults.length) missed += say(`MISSED   ${name}: finds fault with what is right: ${whole.faults[0]}`);
    }
    for (const [name, file, old, now, said, program] of breakages) {
      if (program && run(program, ["--version"]) === null) {
        console.log(`skipped  ${name}: ${now.trim()}: ${program} is not installed`);
        continue;
      }
      const path = join(copy, file);
      const text = readFileSync(path, "utf8");
      if (!text.includes(old)) {
        missed += say(`MISSED   ${file} has no '${old}' to break`);
        continue;
      }
      writeFileSync(path, text.replace(old, () => now));
      const report = new Report(true);
      await checks[name](copy, report, program === undefined);
      writeFileSync(path, text);
      const found = report.faults.find(fault => fault.includes(said));
      if (found === undefined) missed += say(`MISSED   ${file}: '${now.trim()}' in place of '${old.trim()}': ${report.faults[0] ?? "nothing is said"}`);
      else console.log(`found    ${found.split("\n")[0].slice(0, 160)}`);
    }
  });
  console.log(`${breakages.length} breakages, ${missed} missed`);
  return missed === 0;
}

function say(line) {
  console.log(line);
  return 1;
}

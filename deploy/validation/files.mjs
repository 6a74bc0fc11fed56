import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";

export const read = (root, path) => readFileSync(join(root, path), "utf8");

/** Paths below a folder whose name ends so, relative to the root. */
export function find(root, folder, ...endings) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true })
    .map(name => `${folder}/${name}`)
    .filter(name => !name.includes("node_modules") && endings.some(ending => name.endsWith(ending)))
    .sort();
}

/** The documents of a YAML file; duplicate keys and aliases to nothing are faults. */
export function documents(root, path, report) {
  return parseAllDocuments(read(root, path), { merge: true, uniqueKeys: true }).flatMap(document => {
    for (const fault of [...document.errors, ...document.warnings]) report.fail(path, fault.message.split("\n")[0]);
    return document.errors.length ? [] : [document.toJS({ maxAliasCount: 1000 })];
  });
}

/** Runs a program; null when it is not on this machine. */
export function run(program, args, options = {}) {
  const result = spawnSync(program, args, { encoding: "utf8", ...options });
  if (result.error?.code === "ENOENT") return null;
  if (result.error) throw result.error;
  return { ok: result.status === 0, text: `${result.stdout}${result.stderr}`.trim(), output: result.stdout };
}

export async function inTemporaryFolder(act) {
  const folder = mkdtempSync(join(tmpdir(), "aggregation-validate-"));
  try {
    return await act(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

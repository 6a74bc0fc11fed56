import { read } from "./files.mjs";

/** The rows of docs/operations/configure.md, which a test holds against the product's options. */
export class Settings {
  constructor(root) {
    const page = read(root, "docs/operations/configure.md");
    this.patterns = [...page.matchAll(/^\| `([A-Za-z_:]+)` \|/gm)].map(
      ([, name]) => new RegExp(`^${name.replaceAll("NAME", "[A-Za-z0-9-]+")}$`));
  }

  /** Whether an environment variable sets something that there is. */
  has(variable) {
    const name = variable.replaceAll("__", ":");
    return this.patterns.some(pattern => pattern.test(name));
  }
}

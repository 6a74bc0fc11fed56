import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { find, read } from "./files.mjs";

const require = createRequire(import.meta.url);
const { DockerfileParser } = require("dockerfile-ast");
const { validate } = require("dockerfile-utils");
const file = "deploy/Dockerfile";

/** The Dockerfile: its grammar, and what its stages are. */
export async function dockerfile(root, report) {
  const text = read(root, file);
  await report.group("Dockerfile: by the rules of its grammar", () => {
    for (const { message, range, severity } of validate(text)) {
      if (severity === 1) report.fail(`${file}:${range.start.line + 1}`, message);
    }
  });
  const parsed = DockerfileParser.parse(text);
  const stages = new Map();
  await report.group("Dockerfile: images have versions, programs run without root, and what is copied is there", () => {
    let stage;
    for (const instruction of parsed.getInstructions()) {
      const say = why => report.fail(`${file}:${instruction.getRange().start.line + 1}`, why);
      const words = instruction.getArguments().map(argument => argument.getValue());
      switch (instruction.getKeyword()) {
        case "FROM":
          stage = { base: words[0], user: stages.get(words[0])?.user, entry: undefined };
          stages.set(words[2], stage);
          if (!stages.has(words[0]) && !/:[^:]+$/.test(words[0])) say(`the image ${words[0]} has no version`);
          if (/:latest$/.test(words[0])) say("the image's version is latest, which is another one tomorrow");
          break;
        case "USER":
          stage.user = words[0];
          break;
        case "ENTRYPOINT":
          stage.entry = JSON.parse(instruction.getArgumentsContent())[0];
          break;
        case "ADD":
          say("ADD; COPY does no more than it says");
          break;
        case "RUN":
          for (const [, project] of instruction.getArgumentsContent().matchAll(/((?:silo|gateway|hosting)\/Aggregation\.\w+)/g)) {
            if (!existsSync(join(root, project))) say(`there is no project ${project}`);
          }
      }
    }
    for (const [name, { user, entry }] of stages) {
      if (entry === undefined) continue;
      if (!/^[1-9]\d*(:[1-9]\d*)?$/.test(user ?? "")) report.fail(`${file} ${name}`, `runs as ${user ?? "root"}; it must be the number of a user who is not root`);
      const program = entry.replace("./", "");
      const known = find(root, "gateway", ".csproj").concat(find(root, "silo", ".csproj"), find(root, "hosting", ".csproj"))
        .some(project => project.endsWith(`/${program}.csproj`) || read(root, project).includes(`<AssemblyName>${program}</AssemblyName>`));
      if (!known) report.fail(`${file} ${name}`, `starts ${entry}, which no project builds`);
    }
  });
}

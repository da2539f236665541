// The numbers of a figure for a grid of values: {name, values: [{…}]} on standard input, a list of results on output.
import { starts } from "../../overrides/app/core/explore/kinds.ts";

let asked = "";
for await (const part of process.stdin) asked += part;
const { name, values } = JSON.parse(asked);
const { figure } = await import(`../../overrides/app/explore/${name}.ts`);
process.stdout.write(JSON.stringify(values.map((each) => figure.compute({ ...starts(figure), ...each }))));

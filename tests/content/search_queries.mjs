// Answers queries over the built index: reads {indexes, queries} as JSON, prints the addresses of each one's first three.
import { Finder } from "../../overrides/app/core/search.ts";

let input = "";
for await (const chunk of process.stdin) input += chunk;
const { indexes, queries } = JSON.parse(input);
const finder = new Finder();
for (const [part, index] of Object.entries(indexes)) finder.add(part, index);
console.log(JSON.stringify(queries.map((query) => finder.search(query, 3).hits.map((hit) => hit.url))));

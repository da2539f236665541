// Answers queries over the built index: reads {titles, text, queries} as JSON, prints the addresses of each one's first three.
import { Finder } from "../../overrides/app/core/search.ts";

let input = "";
for await (const chunk of process.stdin) input += chunk;
const { titles, text, queries } = JSON.parse(input);
const finder = new Finder();
finder.addTitles(titles);
finder.addText(text);
console.log(JSON.stringify(queries.map((query) => finder.search(query, 3).map((hit) => hit.url))));

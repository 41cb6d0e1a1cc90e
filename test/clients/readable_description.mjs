// Twilio's description of its API without a mistake that makes Prism refuse the description's own examples: the paths
// within pages of a list are not URIs.
//   node readable_description.mjs DESCRIPTION.json COPY.json
import { readFileSync, writeFileSync } from "node:fs";

const [, , from, to] = process.argv;
const description = JSON.parse(readFileSync(from, "utf8"));
for (const { get } of Object.values(description.paths))
  for (const { schema } of Object.values(get?.responses["200"].content ?? {}))
    for (const property of Object.values(schema.properties ?? {}))
      if (property.format === "uri") delete property.format;
writeFileSync(to, JSON.stringify(description));

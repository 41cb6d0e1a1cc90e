// Twilio's description of its API with two corrections: the paths within pages of a list are not URIs, as its examples
// show; dates to filter by may be days, as its texts say.
//   node readable_description.mjs DESCRIPTION.json COPY.json
import { readFileSync, writeFileSync } from "node:fs";

const [, , from, to] = process.argv;
const description = JSON.parse(readFileSync(from, "utf8"));
for (const { get } of Object.values(description.paths)) {
  for (const { schema } of Object.values(get?.responses["200"].content ?? {}))
    for (const property of Object.values(schema.properties ?? {}))
      if (property.format === "uri") delete property.format;
  for (const parameter of get?.parameters ?? [])
    if (parameter.schema.format === "date-time")
      parameter.schema = { type: "string", anyOf: [{ format: "date-time" }, { format: "date" }] };
}
writeFileSync(to, JSON.stringify(description));

// Stands before Prism, which does not look at parameters that Twilio's description does not name: refuses those, passes
// all else on, and tells, at /__unsent, the parameters that the description names but nobody sent.
//   node parameter_names.mjs DESCRIPTION.json PRISM_URL        prints its own URL
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const [, , file, prism] = process.argv;
const operations = Object.entries(JSON.parse(readFileSync(file, "utf8")).paths).flatMap(([path, methods]) =>
  ["get", "post", "delete"].filter((method) => methods[method]).map((method) => {
    const { parameters = [], requestBody } = methods[method];
    const form = requestBody?.content["application/x-www-form-urlencoded"].schema.properties ?? {};
    const query = parameters.filter((p) => p.in === "query").map((p) => p.name);
    const shape = new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/{\w+}/g, "[^/]+")}$`);
    return { method, path, shape, names: [...query, ...Object.keys(form)], sent: new Set() };
  }),
);

function refusalOf(request, body) {
  const { pathname, searchParams } = new URL(request.url, prism);
  const operation = operations.find((o) => o.method === request.method.toLowerCase() && o.shape.test(pathname));
  if (!operation) return null; // Prism says so
  const names = [...searchParams.keys(), ...new URLSearchParams(body.toString()).keys()];
  for (const name of names) operation.sent.add(name);
  const unknown = names.find((name) => !operation.names.includes(name));
  return unknown && { code: 20001, status: 422, message: `the description does not name the parameter ${unknown}` };
}

function unsent() {
  return operations.flatMap(({ method, path, names, sent }) =>
    names.filter((name) => !sent.has(name)).map((name) => `${method} ${path.replace(/.*{AccountSid}/, "")} ${name}`),
  );
}

const server = createServer(async (request, response) => {
  if (request.url === "/__unsent") return response.end(unsent().join("\n"));
  const body = Buffer.concat(await request.toArray());
  const refusal = refusalOf(request, body);
  if (refusal) return response.writeHead(422, { "Content-Type": "application/json" }).end(JSON.stringify(refusal));
  const passed = ["accept", "authorization", "content-type"].filter((name) => request.headers[name]);
  const headers = Object.fromEntries(passed.map((name) => [name, request.headers[name]]));
  if (body.toString() === "Status=canceled") headers.prefer = "example=cancelMessage"; // else it is that of redacting
  const { method } = request;
  const reply = await fetch(prism + request.url, { method, headers, body: method === "POST" ? body : undefined });
  const type = reply.headers.get("content-type");
  response.writeHead(reply.status, type ? { "Content-Type": type } : {});
  response.end(Buffer.from(await reply.arrayBuffer()));
});
server.listen(0, "127.0.0.1", () => console.log(`listening on http://127.0.0.1:${server.address().port}`));

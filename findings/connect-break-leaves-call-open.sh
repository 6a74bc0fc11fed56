#!/usr/bin/env bash
# Leaving `for await` over a server stream of connect-web by break does not end the call: its request stays open and the server goes on
# sending. Only an AbortSignal ends it.
# Guess: break calls return() of the iterator, which cancels the request, as it does for the body of fetch.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > package.json <<'JSON'
{
  "private": true,
  "type": "module",
  "dependencies": { "@bufbuild/protobuf": "2.17.0", "@connectrpc/connect": "2.2.0", "@connectrpc/connect-web": "2.2.0" }
}
JSON

cat > finding.js <<'JS'
import { createServer } from "node:http";
import { once } from "node:events";
import { create } from "@bufbuild/protobuf";
import { createFileRegistry } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, Int32ValueSchema, file_google_protobuf_wrappers } from "@bufbuild/protobuf/wkt";
import { createClient } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";

// service Clock { rpc Watch(Int32Value) returns (stream Int32Value) }
const file = create(FileDescriptorProtoSchema, {
  name: "clock.proto", syntax: "proto3", dependency: [file_google_protobuf_wrappers.proto.name],
  service: [{ name: "Clock", method: [{
    name: "Watch", serverStreaming: true, inputType: `.${Int32ValueSchema.typeName}`, outputType: `.${Int32ValueSchema.typeName}` }] }],
});
const Clock = createFileRegistry(file, () => file_google_protobuf_wrappers.proto).getService("Clock");

let open = 0;
const server = createServer((request, response) => {
  open++;
  response.writeHead(200, { "content-type": "application/grpc-web+proto" });
  const ticks = setInterval(() => response.write(Buffer.from([0, 0, 0, 0, 2, 8, 1])), 20); // a message {value: 1}
  response.on("close", () => { open--; clearInterval(ticks); server.emit("left"); });
}).listen(0, "127.0.0.1");
await once(server, "listening");
const client = createClient(Clock, createGrpcWebTransport({ baseUrl: `http://127.0.0.1:${server.address().port}` }));

const plain = await fetch(`http://127.0.0.1:${server.address().port}`, { method: "POST" });
for await (const _ of plain.body) break;
await once(server, "left");
console.log(`fetch, break: ${open} open`);

for await (const _ of client.watch({})) break;
await new Promise((resolve) => setTimeout(resolve, 3000));
console.log(`connect-web, break: ${open} open 3 s later`);

const abort = new AbortController();
for await (const _ of client.watch({}, { signal: abort.signal })) break;
abort.abort();
await once(server, "left");
console.log(`connect-web, a second one, break and abort: ${open} open`);
process.exit(0);
JS

expected='fetch, break: 0 open
connect-web, break: 1 open 3 s later
connect-web, a second one, break and abort: 1 open'

npm install --silent --no-audit --no-fund
seen=$(timeout 60 node finding.js)
printf '%s\nexpected:\n%s\nseen:\n%s\n' '@connectrpc/connect-web 2.2.0' "$expected" "$seen"
[[ $seen == "$expected" ]]

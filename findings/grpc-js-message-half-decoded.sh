#!/usr/bin/env bash
# @grpc/grpc-js decodes grpc-message by decodeURI, which leaves %3A, %2F, %3F, %23 and their like as they are: the text of an error of a
# connect-node server, which encodes by encodeURIComponent, arrives half decoded. gRPC's protocol allows both ways of encoding, and says the
# message is percent-encoded UTF-8; connect's own client reads the same answer whole.
# Guess: percent-decoding decodes all of it, so that client and server of two gRPC libraries agree about a text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > package.json <<'JSON'
{
  "private": true,
  "type": "module",
  "dependencies": {
    "@bufbuild/protobuf": "2.17.0", "@connectrpc/connect": "2.2.0", "@connectrpc/connect-node": "2.2.0", "@grpc/grpc-js": "1.14.7"
  }
}
JSON

cat > finding.js <<'JS'
import { createServer } from "node:http2";
import { once } from "node:events";
import { create, createFileRegistry } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, EmptySchema, file_google_protobuf_empty } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { connectNodeAdapter, createGrpcTransport } from "@connectrpc/connect-node";
import { Client, credentials } from "@grpc/grpc-js";

// service Door { rpc Open(google.protobuf.Empty) returns (google.protobuf.Empty) }
const file = create(FileDescriptorProtoSchema, {
  name: "door.proto", syntax: "proto3", dependency: [file_google_protobuf_empty.proto.name],
  service: [{ name: "Door", method: [{ name: "Open", inputType: `.${EmptySchema.typeName}`, outputType: `.${EmptySchema.typeName}` }] }],
});
const Door = createFileRegistry(file, () => file_google_protobuf_empty.proto).getService("Door");

const message = "key: no such door, see a/b? 5% 门 #7";
const server = createServer(connectNodeAdapter({
  routes: (router) => router.service(Door, { open() { throw new ConnectError(message, Code.NotFound); } }),
})).listen(0, "127.0.0.1");
await once(server, "listening");
const place = `127.0.0.1:${server.address().port}`;
console.log(`thrown:  ${message}`);

const connect = createClient(Door, createGrpcTransport({ baseUrl: `http://${place}` }));
await connect.open({}).catch((error) => console.log(`connect: ${error.rawMessage}`));

const grpc = new Client(place, credentials.createInsecure());
const bytes = (value) => value;
await new Promise((resolve) => grpc.makeUnaryRequest("/Door/Open", bytes, bytes, Buffer.alloc(0), (error) => {
  console.log(`grpc-js: ${error.details}`);
  resolve();
}));
process.exit(0);
JS

expected='thrown:  key: no such door, see a/b? 5% 门 #7
connect: key: no such door, see a/b? 5% 门 #7
grpc-js: key%3A no such door%2C see a%2Fb%3F 5% 门 %237'

npm install --silent --no-audit --no-fund
seen=$(timeout 60 node finding.js)
printf '%s\nexpected:\n%s\nseen:\n%s\n' '@grpc/grpc-js 1.14.7, @connectrpc/connect-node 2.2.0' "$expected" "$seen"
[[ $seen == "$expected" ]]

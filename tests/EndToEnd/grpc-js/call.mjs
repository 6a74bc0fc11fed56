// One unary call by a plain client at its defaults: node call.mjs SERVICE/METHOD KEYFILE JSON. Prints the answer as JSON, or
// {code, message, details, metadata} of a refusal, where details are the violations of its aggregation.v1.Refusal, and metadata the bytes
// of message and details as other clients count them against their limit, 8192 by default: as they were sent, and 32 for each field.
// Reads SERVER and PROTOS from the environment.
// "-" as key calls without a credential; "@FILE" as JSON reads it from a file.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';
import protobuf from 'protobufjs';

const { SERVER, PROTOS } = process.env;
const [target, keyFile, json] = process.argv.slice(2);
const [service, method] = target.split('/');
const files = readdirSync(`${PROTOS}/aggregation/v1`).map(name => `aggregation/v1/${name}`);
const api = grpc.loadPackageDefinition(protoLoader.loadSync(files, {
  includeDirs: [PROTOS], keepCase: true, longs: String, enums: String, defaults: true, oneofs: true,
})).aggregation.v1;

const details = new protobuf.Root();
const ownProtos = fileURLToPath(new URL('./protos', import.meta.url));
details.resolvePath = (_, path) =>
  path.startsWith('google/protobuf/') ? path : `${path.startsWith('google/rpc/') ? ownProtos : PROTOS}/${path}`;
await details.load(['google/rpc/status.proto', 'aggregation/v1/common.proto'], { keepCase: true });

const refusal = error => {
  const shown = { code: grpc.status[error.code], message: error.details, details: [] };
  const [packed] = error.metadata.get('grpc-status-details-bin');
  const sent = { 'grpc-message': encodeURI(error.details), 'grpc-status-details-bin': packed?.toString('base64') ?? '' };
  shown.metadata = Object.entries(sent).reduce((bytes, [name, value]) => bytes + name.length + value.length + 32, 0);
  if (packed) {
    for (const { type_url, value } of details.lookupType('google.rpc.Status').decode(packed).details) {
      if (type_url.endsWith('/aggregation.v1.Refusal')) {
        shown.details.push(details.lookupType('aggregation.v1.Refusal').decode(value).toJSON());
      }
    }
  }
  return shown;
};

const metadata = new grpc.Metadata();
if (keyFile !== '-') {
  metadata.set('authorization', `Bearer ${readFileSync(keyFile, 'utf8').trim()}`);
}
const request = JSON.parse(json.startsWith('@') ? readFileSync(json.slice(1), 'utf8') : json);
const client = new api[service](SERVER, grpc.credentials.createInsecure(), { 'grpc.max_send_message_length': -1, 'grpc.max_receive_message_length': -1 });
client[method](request, metadata, { deadline: Date.now() + 120_000 }, (error, answer) => {
  console.log(JSON.stringify(error ? refusal(error) : answer));
  client.close();
});

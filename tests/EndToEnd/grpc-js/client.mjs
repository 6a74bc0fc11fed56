// A client in another language, on another gRPC library. Does what an office's own software would do and prints one JSON
// object of what it saw. Reads SERVER (host:port), SUBMIT_KEY, READ_KEY and PROTOS (folder of aggregation/v1) from the
// environment.
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';
import protobuf from 'protobufjs';

const { SERVER, SUBMIT_KEY, READ_KEY, PROTOS } = process.env;
const ownProtos = fileURLToPath(new URL('./protos', import.meta.url));
const province = '610000';
const period = { form: 'interaction', period: '2017' };

const definition = protoLoader.loadSync(['aggregation/v1/submission.proto', 'aggregation/v1/rollup.proto'], {
  includeDirs: [PROTOS], keepCase: true, longs: String, enums: String, defaults: true, oneofs: true,
});
const api = grpc.loadPackageDefinition(definition).aggregation.v1;
const details = new protobuf.Root();
details.resolvePath = (_, target) => {
  const base = target.startsWith('google/rpc/') ? ownProtos : PROTOS;
  return target.startsWith('google/protobuf/') ? target : `${base}/${target}`;
};
await details.load(['google/rpc/status.proto', 'aggregation/v1/common.proto'], { keepCase: true });

const insecure = grpc.credentials.createInsecure();
const submissions = new api.SubmissionService(SERVER, insecure);
const rollups = new api.RollupService(SERVER, insecure);

const withKey = key => {
  const metadata = new grpc.Metadata();
  metadata.set('authorization', `Bearer ${key}`);
  return metadata;
};
const deadline = () => ({ deadline: Date.now() + 120_000 });
const call = (client, method, request, key) => new Promise((resolve, reject) =>
  client[method](request, withKey(key), deadline(), (error, answer) => error ? reject(error) : resolve(answer)));

const cells = amounts => Object.entries(amounts).map(([code, units]) => ({ code, amount: { units } }));
const submission = (unit, request_id, amounts) => ({ ...period, unit, request_id, cells: cells(amounts) });
const total = { total: { ...period, unit: province, scope: 'SCOPE_REGION', layer: 'LAYER_SUBMITTED' } };

const showReceipt = ({ unit, request_id, revision, hash, at }) =>
  ({ unit, request_id, revision, hash: /^[0-9a-f]{64}$/.test(hash), at: Number(at.seconds) > 1_500_000_000 });
const showTotal = answer => ({
  unit: answer.selector.unit,
  name: answer.unit_name,
  coverage: answer.coverage,
  digest: /^[0-9a-f]{32}$/.test(answer.digest),
  cells: answer.cells.map(({ code, amount, count }) => ({ code, units: amount.units, nanos: amount.nanos, count })),
});

const isIncluded = (unit, revision) =>
  call(rollups, 'Await', { ...period, unit, revision, at_unit: province }, READ_KEY);

/** Sends all, answers in the order of the request ids. */
const submitMany = requests => new Promise((resolve, reject) => {
  const answers = [];
  const stream = submissions.SubmitMany(withKey(SUBMIT_KEY), deadline());
  stream.on('data', answer => answers.push(answer));
  stream.on('error', reject);
  stream.on('end', () => resolve(answers.sort((a, b) => a.request_id < b.request_id ? -1 : 1)));
  requests.forEach(request => stream.write(request));
  stream.end();
});

/** Watches until as many totals as there are steps have come; after each, takes its step. */
const watch = steps => new Promise((resolve, reject) => {
  const seen = [];
  const stream = rollups.Watch(total, withKey(READ_KEY), deadline());
  stream.on('data', answer => {
    seen.push(showTotal(answer));
    if (seen.length === steps.length) {
      stream.cancel();
      resolve(seen);
    } else {
      steps[seen.length - 1]().catch(reject);
    }
  });
  stream.on('error', error => error.code === grpc.status.CANCELLED || reject(error));
});

/** What a refusal says, from its status and its trailer. */
const refused = async request => {
  const error = await call(submissions, 'Submit', request, SUBMIT_KEY).then(() => { throw new Error('It was taken.'); }, error => error);
  if (!(error.metadata instanceof grpc.Metadata)) throw error;
  const [bytes] = error.metadata.get('grpc-status-details-bin');
  const status = details.lookupType('google.rpc.Status').decode(bytes);
  const opened = Object.fromEntries(status.details.map(({ type_url, value }) => {
    const name = type_url.slice(type_url.lastIndexOf('/') + 1);
    const type = details.lookupType(name);
    return [name, type.toObject(type.decode(value), { longs: String, arrays: true })];
  }));
  return {
    code: grpc.status[error.code],
    statusCode: status.code,
    fields: opened['google.rpc.BadRequest'].field_violations.map(({ field }) => field),
    violations: opened['aggregation.v1.Refusal'].violations,
  };
};

const result = {};
const first = await call(submissions, 'Submit', submission('610101', 'js-1', { '3.2': 40, '3.3': 6 }), SUBMIT_KEY);
result.submit = showReceipt(first);
result.again = (await call(submissions, 'Submit', submission('610101', 'js-1', { '3.2': 40, '3.3': 6 }), SUBMIT_KEY)).hash === first.hash;

result.submitMany = (await submitMany([
  submission('610100-D01', 'js-2', { '3.2': 2 }),
  submission('610100-D02', 'js-3', { 'no-such-cell': 1 }),
  submission('610102', 'js-4', { '3.2': 100 }),
])).map(answer => answer.outcome === 'receipt'
  ? showReceipt(answer.receipt)
  : { request_id: answer.request_id, code: grpc.status[answer.error.code], fields: answer.error.refusal.violations.map(({ field }) => field) });

await isIncluded('610101', first.revision);
await isIncluded('610100-D01', 1);
await isIncluded('610102', 1);
result.total = showTotal(await call(rollups, 'GetTotal', total, READ_KEY));
result.watch = await watch([() => call(submissions, 'Submit', submission('610101', 'js-5', { '3.2': 41 }), SUBMIT_KEY), null]);
result.refused = await refused(submission('610101', 'js-6', { '5.1': 3, '5.1.a': 4 }));

submissions.close();
rollups.close();
console.log(JSON.stringify(result));

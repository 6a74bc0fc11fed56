# Thirty-six broken rules are told to a client that takes 8 KiB of metadata, with the count of what was left out; Validate tells all.
# d2d4741: grpcio gets RESOURCE_EXHAUSTED, as 13 KB of metadata come; and Validate tells no more than fits either.
new_tenant
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
a_key clerk --submit '*' --read '*'
request() { node -e '
  const cells = Array.from({ length: process.argv[1] }, (_, n) => ({ code: `依申请公开.${n}`, amount: { units: 1 } }));
  console.log(JSON.stringify({ unit: "990000", form: "2014", period: "2017", request_id: "many", cells }));' "$1"; }
told() { node -e '
  const { metadata, details: [{ violations, left_out = 0 }] } = JSON.parse(require("fs").readFileSync(0, "utf8"));
  if (metadata > 8192 - 512) throw new Error(`${metadata} bytes of metadata`);
  if (violations.length < 1 || violations.length + left_out !== Number(process.argv[1])) throw new Error(`${violations.length} and ${left_out} more`);' "$1" <<< "$out"; }
for count in 1 36 1500; do
  call INVALID_ARGUMENT SubmissionService/Submit clerk.key "$(request $count)"
  told $count
done
says '1500 rules are broken' 'more)'
call OK SubmissionService/Validate clerk.key "$(request 36)"
says '"acceptable":false' 'cells[依申请公开.0]' 'cells[依申请公开.35]'
# Where Debian's python3-grpcio is: what its limit makes of it.
if /usr/bin/python3 -c 'import grpc' 2> /dev/null; then
  node -e '
    const text = (field, value) => { const bytes = Buffer.from(value); return Buffer.concat([Buffer.from([field << 3 | 2, bytes.length]), bytes]); };
    const cells = Array.from({ length: 36 }, (_, n) => text(6, Buffer.concat([text(1, `依申请公开.${n}`), text(2, Buffer.from([8, 1]))])));
    process.stdout.write(Buffer.concat([text(1, "990000"), text(2, "2014"), text(3, "2017"), text(4, "many"), ...cells]));' > request
  exits 0 /usr/bin/python3 "$HERE/grpcio.py" SubmissionService/Submit clerk.key < request
  says 'INVALID_ARGUMENT 36 rules are broken' 'more)'
fi

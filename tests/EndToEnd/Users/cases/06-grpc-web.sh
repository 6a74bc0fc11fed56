# The same to a browser: status line and headers fit the 4 KiB that nginx takes at its defaults.
# d2d4741: 13 KB of headers, of which nginx makes HTTP 502.
new_tenant
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
a_key clerk --submit '*' --read '*'
exits 0 node -e '
  const text = (field, value) => { const bytes = Buffer.from(value); return Buffer.concat([Buffer.from([field << 3 | 2, bytes.length]), bytes]); };
  const cells = Array.from({ length: 36 }, (_, n) => text(6, Buffer.concat([text(1, `依申请公开.${n}`), text(2, Buffer.from([8, 1]))])));
  const request = Buffer.concat([text(1, "990000"), text(2, "2014"), text(3, "2017"), text(4, "many"), ...cells]);
  const frame = Buffer.alloc(5);
  frame.writeUInt32BE(request.length, 1);
  const key = require("fs").readFileSync("clerk.key", "utf8").trim();
  fetch(`${process.env.WEB}/aggregation.v1.SubmissionService/Submit`, {
    method: "POST", body: Buffer.concat([frame, request]), headers: { "content-type": "application/grpc-web+proto", authorization: `Bearer ${key}` },
  }).then(answer => {
    const size = [...answer.headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 19);
    console.log(`status ${answer.headers.get("grpc-status")}, ${size < 4096 - 512 ? "fits" : "is too large"}: ${size} bytes`);
    console.log(decodeURI(answer.headers.get("grpc-message")));
  });'
says 'status 3, fits' 'violations attached'

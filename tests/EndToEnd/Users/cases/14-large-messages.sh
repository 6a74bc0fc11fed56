# A request of 31 MB is refused by the limit that applies, with a credential and without one.
# d2d4741: refuses without naming a limit, takes keys of 16 MB, and says "not a message of its type" of 31 MB where 64 MB are allowed.
new_tenant
node -e 'require("fs").writeFileSync("large.json", JSON.stringify({ csv: "x".repeat(31e6) }))'
for key in admin.key -; do
  call RESOURCE_EXHAUSTED AdminService/ImportUnits $key @large.json
  says '16777216 bytes' 'Gateway:MaxCsvBytes' '"field":"request"' '字节'
done
node -e 'require("fs").writeFileSync("label.json", JSON.stringify({ label: "x".repeat(2 ** 20) }))'
call RESOURCE_EXHAUSTED AdminService/CreateKey admin.key @label.json
says '1048576 bytes' 'Gateway:MaxMessageBytes'
node -e 'require("fs").writeFileSync("label.json", JSON.stringify({ label: "x".repeat(2 ** 20 - 4) }))'
call INVALID_ARGUMENT AdminService/CreateKey admin.key @label.json
says_not 'Gateway:MaxMessageBytes'

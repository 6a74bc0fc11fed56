# validate says of a stale expected revision, and of a request id used before for other figures, what submit says: refused.
# d2d4741: Validate answers acceptable: true to both; Submit ABORTED and ALREADY_EXISTS.
new_tenant
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n990001,甲省教育厅,department,,990000,,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
a_key unit --submit 990001
report() { printf '{"unit":"990001","form":"2014","period":"2017","request_id":"%s","cells":[{"code":"9.1","amount":{"units":%d}}]%s}' "$@"; }
call OK SubmissionService/Submit unit.key "$(report r 10 '')"
call ABORTED SubmissionService/Submit unit.key "$(report s 12 ',"expected_revision":0')"
call OK SubmissionService/Validate unit.key "$(report s 12 ',"expected_revision":0')"
says '"acceptable":false' 当前版次为
call ALREADY_EXISTS SubmissionService/Submit unit.key "$(report r 12 '')"
call OK SubmissionService/Validate unit.key "$(report r 12 '')"
says '"acceptable":false' request_id.unused
call OK SubmissionService/Validate unit.key "$(report s 12 ',"expected_revision":1')"
says '"acceptable":true'

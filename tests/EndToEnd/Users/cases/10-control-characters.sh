# Texts with control characters, or not in Unicode's normal form C, are refused by field and place; lines are lines.
# d2d4741: a request id with U+0000 is INTERNAL; names, reasons and explanations with control characters are stored.
new_tenant
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n990100,乙市,government,city,990000,,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
a_key clerk --submit '*' --read '*'
submission() { echo '{"unit":"990100","form":"2014","period":"2017","request_id":"'"$1"'","cells":[{"code":"9.1","amount":{"units":4}}],"explanations":[{"check_id":"c","text":"'"$2"'"}]}'; }
call INVALID_ARGUMENT SubmissionService/Submit clerk.key "$(submission 'r\u0000s' 'x')"
says '"field":"request_id"' 'Character 2 is U+0000' '第 2 个字符是 U+0000'
call INVALID_ARGUMENT SubmissionService/Submit clerk.key "$(submission r '一\n二\u0007')"
says '"field":"explanations[0].text"' 'Character 2 of line 2 is U+0007'
call INVALID_ARGUMENT SubmissionService/Submit clerk.key "$(submission r 'Cafe\u0301')"
says 'From character 4 on'
call INVALID_ARGUMENT AdminService/CreateKey admin.key '{"label":"键\u001b[2J","read":{"unit":"*"}}'
says '"field":"label"' 'Character 2 is U+001B'
call OK SubmissionService/Submit clerk.key "$(submission r '一\n\t二 é')"
call INVALID_ARGUMENT SubmissionService/Withdraw clerk.key '{"unit":"990100","form":"2014","period":"2017","request_id":"w","reason":"误报\u0008"}'
says '"field":"reason"' 'Character 3 is U+0008'

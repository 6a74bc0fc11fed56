# A report saved in GBK, as JSON and as CSV with figures like "1,036", is filed as what it says; its explanation is read back.
# d2d4741: files the JSON with an explanation of U+FFFD for ever, and refuses the CSV.
new_tenant
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n990300,丙市,government,city,990000,,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
a_key clerk --submit '*' --read '*'
printf '{"unit":"990300","form":"2014","period":"2017","filedOn":"2018-01-11","cells":{"9.1":1036},"narrative":{"9.1":1040},"explanations":{"narrative:9.1":"因机构合并"}}' \
  | iconv -t GB18030 > f.json
exits 0 agg submit f.json --key-file clerk.key
says 'f.json: GB18030'
exits 0 agg history 990300 2014 2017 --json --key-file clerk.key
exits 0 agg get 990300 2014 2017 --json --key-file clerk.key
says 因机构合并
says_not $'\uFFFD'
printf 'Unit; Form ;PERIOD;cell;value;;\r\n990000;2014;2017;9.1;"1,000,036";;\r\n;;;;;;\r\n' | iconv -t UTF-16 > f.csv
exits 0 agg submit f.csv --key-file clerk.key
says 'f.csv: UTF-16'
exits 0 agg total 990000 2014 2017 --scope own --json --key-file clerk.key
says '"1000036"'

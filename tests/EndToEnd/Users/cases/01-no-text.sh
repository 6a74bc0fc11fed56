# Bytes that are no text, or that may be read in two ways, are refused with line and offset or both readings; --encoding settles it.
# d2d4741: adds units named ����, ƪ and 丙�, and exits 0.
new_tenant
head='code,name,kind,level,parent,from,to\n'
printf "${head}"'990000,甲省,government,province,,,\n990100,\x81\x20,government,city,990000,,\n' > bad.csv
exits 2 agg units import bad.csv --key-file admin.key
says 'bad.csv: line 3, offset'
printf "${head}"'A,篇,department,,,,\n' | iconv -t GBK > two.csv
exits 2 agg units import two.csv --key-file admin.key
says ƪ 篇 --encoding
printf "${head}"'A,丙\xef\xbf\xbd,department,,,,\n' > lost.csv
exits 2 agg units import lost.csv --key-file admin.key
says 'line 2, offset' U+FFFD
exits 0 agg units list --key-file admin.key
says_not ƪ 丙
exits 0 agg units import two.csv --encoding gbk --key-file admin.key
exits 0 agg units list --key-file admin.key
says 篇
call OK AdminService/ImportUnits admin.key "{\"file\":\"$(printf "${head}B,丁局,department,,,,\n" | iconv -t GBK | base64 -w0)\"}"
says GB18030 丁局

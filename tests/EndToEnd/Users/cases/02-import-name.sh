# An import lists what it adds, refuses another name with old and new, in a dry run too, and leaves the past alone; a rename has a date.
# d2d4741: says "Added 1, unchanged 1" and renames the unit for all of history.
new_tenant
head='code,name,kind,level,parent,from,to\n'
printf "${head}"'990000,甲省,government,province,,,\n990300,丙市,government,city,990000,2000-01-01,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
says 丙市 'Added 2, changed 0, unchanged 0; structure 1.'
printf "${head}"'990300,丁市,government,city,990000,2000-01-01,\n990400,戊市,government,city,990000,2000-01-01,\n' > v.csv
exits 1 agg units import v.csv --dry-run --json --key-file admin.key
dry=$out
exits 1 agg units import v.csv --json --key-file admin.key
[[ $out == "$dry" ]]
says "'丙市' → '丁市'" '由“丙市”改为“丁市”'
exits 0 agg units list --key-file admin.key
says 丙市
says_not 丁市 戊市
printf 'change,from,unit,name\n更名,2020-01-01,990300,丁市\n' | iconv -t GBK > c.csv
exits 0 agg units restructure c.csv --key-file admin.key
exits 0 agg units list --on 2019-12-31 --key-file admin.key
says 丙市
exits 0 agg units list --on 2020-01-01 --key-file admin.key
says 丁市
exits 0 agg units import v.csv --dry-run --json --key-file admin.key
dry=$out
exits 0 agg units import v.csv --json --key-file admin.key
[[ $out == "$dry" ]]
says '"added": 1' 戊市 '"unchanged": 1'

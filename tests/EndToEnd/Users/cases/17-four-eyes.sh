# Who filed a report does not accept it, neither with the same key nor as the same user with another one; somebody else does.
# d2d4741: the key that filed the report accepts it, and so does the user's other key.
new_tenant --review
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n990001,甲省教育厅,department,,990000,,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
a_key both --submit 990001 --review 990000 --user wang
a_key again --review 990000 --user wang
a_key other --review 990000 --user li
printf '{"unit":"990001","form":"2014","period":"2017","cells":{"9.1":10}}' > a.json
exits 0 agg submit a.json --key-file both.key
hash=$(agg review list 990000 2014 2017 --key-file other.key --json | node -e 'console.log(JSON.parse(require("fs").readFileSync(0, "utf8")).standings[0].hash)')
exits 1 agg review accept 990001 2014 2017 --hash "$hash" --key-file both.key
says review.four-eyes 四眼
exits 1 agg review accept 990001 2014 2017 --hash "$hash" --key-file again.key
exits 0 agg review accept 990001 2014 2017 --hash "$hash" --key-file other.key

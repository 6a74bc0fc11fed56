# A county's request comes again after the county was merged into another: it has the receipt that it had, and nothing new is taken.
# d2d4741: PERMISSION_DENIED, and nobody knows whether the report was filed.
new_tenant --review
printf 'code,name,kind,level,parent,from,to\n990000,甲省,government,province,,,\n990100,乙市,government,city,990000,,\n990200,丙市,government,city,990000,,\n' > u.csv
exits 0 agg units import u.csv --key-file admin.key
a_key unit --submit 990100
report='{"unit":"990100","form":"2014","period":"2017","request_id":"r1","cells":[{"code":"9.1","amount":{"units":10}}]}'
call OK SubmissionService/Submit unit.key "$report"
receipt=$out
printf 'change,tree,from,unit,into\nmerge,,2017-07-01,990100,990200\n' > changes.csv
exits 0 agg units restructure changes.csv --key-file admin.key
call OK SubmissionService/Submit unit.key "$report"
[[ $out == "$receipt" ]] || { echo "another receipt"; exit 1; }
call FAILED_PRECONDITION SubmissionService/Submit unit.key "${report/r1/r2}"
says 990200

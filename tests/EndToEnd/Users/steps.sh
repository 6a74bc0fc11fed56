# What the cases are written in. A step that does not find what it expects ends its case.

# The command line, by the key of the file admin.key, or whatever --key-file says.
agg() { "$AGGREGATION_CLI" "$@"; }

# new_tenant [OPTIONS OF tenant create]: a tenant with its administrator's key in admin.key. It accepts what is filed unless --review is among the options;
# earlier builds have no word for that, as all their tenants did.
new_tenant() {
  local accept=()
  if [[ " $* " != *" --review "* && " $* " != *" --signed "* ]] && agg tenant create --help | grep -q -- --auto-accept; then accept=(--auto-accept); fi
  agg tenant create "$TENANT" --out admin.key --key-file "$PLATFORM_KEY" ${accept[@]+"${accept[@]}"} "$@" > /dev/null
}

# a_key NAME RIGHTS...: a key in NAME.key, with the options of key create.
a_key() { agg key create "$1" --out "$1.key" --key-file admin.key "${@:2}" > /dev/null; }

# exits CODE COMMAND...: runs it; its output, errors with it, is kept in $out.
exits() {
  local code=0
  out=$("${@:2}" 2>&1) || code=$?
  echo "\$ ${*:2}"
  echo "$out"
  [[ $code == "$1" ]] || { echo "exit code $code, not $1"; return 1; }
}

# says TEXT...: each is in the output of the last step. says_not: none is.
says() { local text; for text; do grep -qF -- "$text" <<< "$out" || { echo "it does not say: $text"; return 1; }; done; }
says_not() { local text; for text; do if grep -qF -- "$text" <<< "$out"; then echo "it says: $text"; return 1; fi; done; }

# call STATUS SERVICE/METHOD KEYFILE JSON: a gRPC call by a plain client of another language (grpc-js at its defaults); STATUS as in
# OK or INVALID_ARGUMENT. $out is the answer as JSON, or {"code", "message", "details"} of a refusal.
call() {
  local answer code=0
  answer=$(node "$HERE/../grpc-js/call.mjs" "$2" "$3" "$4" 2>&1) || code=$?
  out=$answer
  echo "$2 $4"
  cut -c1-2000 <<< "$out"
  ((code == 0)) || return 1
  local status
  status=$(node -e 'process.stdout.write(JSON.parse(require("fs").readFileSync(0, "utf8")).code ?? "OK")' <<< "$out")
  [[ $status == "$1" ]] || { echo "status $status, not $1"; return 1; }
}

# A secret file that ends as editors leave it, in "\r\n" or two line ends, is the secret without them.
# d2d4741: takes "\r" or a line end into the setting, here as a part of an address that the start then refuses.
mkdir secrets data
server=$BIN/Aggregation.Standalone/release/Aggregation.Standalone
for ends in '\r\n' '\n\n' '\r\n\r\n'; do
  # No address: the start is refused by the very text that was read.
  printf "127.0.0.1$ends" > secrets/Endpoints__Grpc
  exits 134 env Secrets__Path="$PWD/secrets" Data__Path="$PWD/data" Journal__Provider=sqlite "$server"
  says "Endpoints:Grpc is '127.0.0.1'; it must be"
done

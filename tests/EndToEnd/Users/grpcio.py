"""One unary call by grpcio at its defaults: grpcio.py SERVICE/METHOD KEYFILE < REQUEST, the request as it is sent. Prints the status and its message."""
import os
import sys

import grpc

method, key_file = sys.argv[1:]
with open(key_file, encoding="utf-8") as file:
    credential = ("authorization", "Bearer " + file.read().strip())
with grpc.insecure_channel(os.environ["SERVER"]) as channel:
    try:
        channel.unary_unary(f"/aggregation.v1.{method}")(sys.stdin.buffer.read(), metadata=(credential,), timeout=60)
        print("OK")
    except grpc.RpcError as error:
        print(error.code().name, error.details())

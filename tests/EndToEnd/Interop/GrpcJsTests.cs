using System.Diagnostics;
using System.Text.Json.Nodes;
using Aggregation.ServerKit.Clients;
using Aggregation.ServerKit.Hosting;

namespace Aggregation.EndToEnd.Interop;

/// <summary>A client of another language and library speaks to the server as its .proto files promise.</summary>
public sealed class GrpcJsTests
{
    private const string Expected =
        """
        {
          "submit": { "unit": "610101", "request_id": "js-1", "revision": "1", "hash": true, "at": true },
          "again": true,
          "submitMany": [
            { "unit": "610100-D01", "request_id": "js-2", "revision": "1", "hash": true, "at": true },
            { "request_id": "js-3", "code": "INVALID_ARGUMENT", "fields": ["cells[no-such-cell]"] },
            { "unit": "610102", "request_id": "js-4", "revision": "1", "hash": true, "at": true }
          ],
          "total": {
            "unit": "610000",
            "name": "Unit 610000",
            "coverage": { "expected": 8, "submitted": 3, "accepted": 3, "returned": 0, "nil": 0 },
            "digest": true,
            "cells": [
              { "code": "3.2", "units": "142", "nanos": 0, "count": 3 },
              { "code": "3.3", "units": "6", "nanos": 0, "count": 1 }
            ]
          },
          "watch": [
            {
              "unit": "610000",
              "name": "Unit 610000",
              "coverage": { "expected": 8, "submitted": 3, "accepted": 3, "returned": 0, "nil": 0 },
              "digest": true,
              "cells": [
                { "code": "3.2", "units": "142", "nanos": 0, "count": 3 },
                { "code": "3.3", "units": "6", "nanos": 0, "count": 1 }
              ]
            },
            {
              "unit": "610000",
              "name": "Unit 610000",
              "coverage": { "expected": 8, "submitted": 3, "accepted": 3, "returned": 0, "nil": 0 },
              "digest": true,
              "cells": [{ "code": "3.2", "units": "143", "nanos": 0, "count": 3 }]
            }
          ],
          "refused": {
            "code": "INVALID_ARGUMENT",
            "statusCode": 3,
            "fields": ["cells[5.1.a]"],
            "violations": [
              {
                "field": "cells[5.1.a]",
                "value": "4 : 3",
                "rule": "[5.1.a] <= [5.1]",
                "message_zh": "5.1.a 为 4，大于 5.1 的 3",
                "message_en": "5.1.a is 4, over 3 in 5.1"
              }
            ]
          }
        }
        """;

    [Fact]
    public async Task GrpcJs_SubmitSubmitManyTotalWatchAndRefusal_ReadsWhatTheProtosPromise()
    {
        var folder = Path.Combine(Checkout.Root, "tests", "EndToEnd", "grpc-js");
        Assert.True(
            Directory.Exists(Path.Combine(folder, "node_modules", "@grpc", "grpc-js")),
            $"The client's packages are not installed. Node and npm are needed: npm ci --prefix {Path.GetRelativePath(Checkout.Root, folder)}");
        using var data = new TemporaryFolder();
        await using var host = await StandaloneHost.StartAsync(data.Path);
        using var api = new Api(host.Address);
        var tenant = await TestTenant.CreateAsync(api, data.Path, "js", new UnitTree(cities: 1, countiesPerCity: 2, departmentsPerCity: 2));

        var start = new ProcessStartInfo("node", [Path.Combine(folder, "client.mjs")]);
        start.Environment["SERVER"] = host.Address.Authority;
        start.Environment["SUBMIT_KEY"] = tenant.SubmitKey;
        start.Environment["READ_KEY"] = tenant.ReadKey;
        start.Environment["PROTOS"] = Path.Combine(AppContext.BaseDirectory, "protos");
        await using var client = new RunningProcess(start);
        var exitCode = await client.ExitedAsync(Patience.Step);

        Assert.True(exitCode == 0, $"The client ended with exit code {exitCode}:\n{client.Output}");
        var seen = JsonNode.Parse(client.Output);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Expected), seen), $"The client saw:\n{seen}");
    }
}

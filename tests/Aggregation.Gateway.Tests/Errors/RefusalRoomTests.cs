using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.Errors;

/// <summary>A refusal is read by clients, and passed on by proxies, at their defaults.</summary>
[Collection(ServerCollection.Name)]
public sealed class RefusalRoomTests(Server server)
{
    /// <summary>Default of grpcio and of gRPC for Java: each field counts with 32 bytes beside its name and value.</summary>
    private const int MostMetadata = 8192;

    /// <summary>nginx: a page of memory, for status line and headers.</summary>
    private const int MostProxiedHeaders = 4096;

    /// <summary>What proxies on the way add to an answer.</summary>
    private const int RoomForProxies = 512;

    /// <summary>What is refused, and how many rules it breaks.</summary>
    public static TheoryData<string, int> Refused => new()
    {
        { "cells", 1 }, { "cells", 36 }, { "cells", 2_000 }, { "单元格", 36 }, { "单元格", 2_000 }, { "units", 1 }, { "units", 200 },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Grpc_AnyRefusal_FitsClientsAtTheirDefaults(string what, int count)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxResponseHeadersLength = MostMetadata / 1024 });
        using var message = Call(server.GrpcAddress, "application/grpc", what, count);
        message.Version = HttpVersion.Version20;
        message.VersionPolicy = HttpVersionPolicy.RequestVersionExact;

        using var response = await client.SendAsync(message);
        await response.Content.ReadAsByteArrayAsync();

        var fields = response.Headers.Concat(response.Content.Headers).Concat(response.TrailingHeaders).ToList();
        Assert.InRange(fields.Sum(static field => field.Key.Length + field.Value.Sum(static value => value.Length) + 32), 100, MostMetadata - RoomForProxies);
        AssertTold(fields.ToDictionary(static field => field.Key, static field => field.Value.Single()), count);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task GrpcWeb_AnyRefusal_FitsAProxyAtItsDefaults(string what, int count)
    {
        using var client = new HttpClient();
        using var message = Call(server.HttpAddress, "application/grpc-web", what, count);

        using var response = await client.SendAsync(message);

        Assert.Equal((HttpStatusCode.OK, "application/grpc-web"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        var fields = response.Headers.Concat(response.Content.Headers).ToDictionary(static field => field.Key, static field => field.Value.Single());
        Assert.InRange(
            fields.Sum(static field => field.Key.Length + field.Value.Length + ": \r\n".Length) + "HTTP/1.1 200 OK\r\n\r\n".Length,
            100, MostProxiedHeaders - RoomForProxies);
        Assert.InRange(Convert.FromBase64String(fields["grpc-status-details-bin"]).Length, 1, 2_500);
        AssertTold(fields, count);
    }

    [Fact]
    public async Task Submit_HundredsOfViolations_AreCounted()
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Submissions.SubmitAsync(Submission("单元格", 300), Server.As(server.NorthClerk)));

        var refusal = ErrorTests.StatusOf(error)!.Details[1].Unpack<V1.Refusal>();
        Assert.Equal(300, refusal.Violations.Count + refusal.LeftOut);
        Assert.EndsWith($" ({refusal.Violations.Count} violations attached, {refusal.LeftOut} more)", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_HundredsOfViolations_GivesAllInItsBody()
    {
        var answer = await server.Submissions.ValidateAsync(Submission("单元格", 300), Server.As(server.NorthClerk));

        Assert.False(answer.Acceptable);
        Assert.Empty(answer.Findings);
        Assert.Equal(Enumerable.Range(0, 300).Select(static n => $"cells[单元格{n}]"), answer.Violations.Select(static violation => violation.Field));
    }

    private static V1.SubmitRequest Submission(string cell, int count)
    {
        var request = Server.Submit("411300-D2", "refused");
        request.Cells.Clear();
        request.Cells.AddRange(Enumerable.Range(0, count).Select(n => new V1.Cell { Code = $"{cell}{n}", Amount = new V1.Amount { Units = n } }));
        return request;
    }

    private HttpRequestMessage Call(Uri address, string type, string what, int count)
    {
        // A name that is far too long is quoted in the refusal.
        var name = string.Concat(Enumerable.Repeat("长沙市 %", 2_000));
        var (method, request, key) = what == "units"
            ? ("AdminService/ImportUnits", (IMessage)new V1.ImportUnitsRequest
            {
                Csv = string.Join('\n', Enumerable.Range(0, count).Select(n => $"99{n:D4},{name},department,,410000,,").Prepend("code,name,kind,level,parent,from,to")),
            }, server.NorthAdministrator)
            : ("SubmissionService/Submit", Submission(what, count), server.NorthClerk);
        var content = new byte[request.CalculateSize() + 5];
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(1), request.CalculateSize());
        request.WriteTo(content.AsSpan(5));
        var message = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/aggregation.v1." + method)) { Content = new ByteArrayContent(content) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        message.Headers.TryAddWithoutValidation("authorization", "Bearer " + key);
        message.Headers.TryAddWithoutValidation("te", "trailers");
        return message;
    }

    private static void AssertTold(Dictionary<string, string> fields, int count)
    {
        Assert.Equal(((int)StatusCode.InvalidArgument).ToString(CultureInfo.InvariantCulture), fields["grpc-status"]);
        var details = fields["grpc-status-details-bin"];
        var status = Google.Rpc.Status.Parser.ParseFrom(Convert.FromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '=')));
        Assert.Equal(Uri.UnescapeDataString(fields["grpc-message"]), status.Message);
        var refusal = status.Details[1].Unpack<V1.Refusal>();
        Assert.InRange(refusal.Violations.Count, 1, count);
        Assert.Equal(count, refusal.Violations.Count + refusal.LeftOut);
        Assert.Equal(refusal.Violations.Select(static violation => violation.Field), status.Details[0].Unpack<Google.Rpc.BadRequest>().FieldViolations.Select(static field => field.Field));
    }
}

using Aggregation.ServerKit.Clients;
using Aggregation.ServerKit.Hosting;
using Aggregation.TestKit.Postgres;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.EndToEnd.Transfer;

/// <summary>A tenant goes from SQLite to PostgreSQL and back, between real servers, one of which is killed meanwhile.</summary>
public sealed class TransferTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    /// <summary>Enough for several chunks.</summary>
    private const int Revisions = 30;

    private static readonly UnitTree Tree = new(cities: 3, countiesPerCity: 4, departmentsPerCity: 6);

    [PostgresFact]
    public async Task Move_ToPostgresAndBack_HasTheSameTotalsDigestsAndKeys()
    {
        using var patience = new CancellationTokenSource(Patience.Test);
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        using var third = new TemporaryFolder();
        var (tenant, chunks, before) = await FillAsync(first.Path, patience.Token);
        var database = new Dictionary<string, string>
        {
            ["Journal__Provider"] = "postgres",
            ["Journal__ConnectionString"] = await server.CreateDatabaseAsync(),
        };

        // Killed after some chunks are on disk; then everything is sent again.
        await using (var half = await StandaloneHost.StartAsync(second.Path, database))
        {
            using var api = new Api(half.Address);
            Assert.False(await ImportAsync(api, second.Path, chunks, most: 2, patience.Token));
            var hidden = await Assert.ThrowsAsync<RpcException>(() => Totals.ReadAsync(
                api, tenant.ReadKey, Tree, Figures.Form, Figures.Period, patience.Token));
            Assert.Equal(StatusCode.Unauthenticated, hidden.StatusCode);
            await half.KillAsync();
        }

        IReadOnlyList<TransferChunk> back;
        await using (var host = await StandaloneHost.StartAsync(second.Path, database))
        {
            using var api = new Api(host.Address);
            Assert.True(await ImportAsync(api, second.Path, chunks, chunks.Count, patience.Token));
            Assert.True(await ImportAsync(api, second.Path, chunks, chunks.Count, patience.Token));
            Assert.Equal(before, await TotalsAsync(api, tenant, patience.Token));
            back = await ExportAsync(api, tenant.AdministratorKey, after: null, patience.Token);
        }

        await using var last = await StandaloneHost.StartAsync(third.Path);
        using var home = new Api(last.Address);
        Assert.True(await ImportAsync(home, third.Path, back, back.Count, patience.Token));
        Assert.Equal(before, await TotalsAsync(home, tenant, patience.Token));
        Assert.Equal(Entries(chunks), Entries(back));
        Assert.Equal(Entries(chunks), Entries(await ExportAsync(home, tenant.AdministratorKey, after: null, patience.Token)));
    }

    [Fact]
    public async Task Export_TakenUpAgain_EndsAsIfNeverInterrupted()
    {
        using var patience = new CancellationTokenSource(Patience.Test);
        using var data = new TemporaryFolder();
        var (tenant, chunks, _) = await FillAsync(data.Path, patience.Token);
        Assert.True(chunks.Count > 3, $"{chunks.Count} chunks are too few to stop between");
        await using var host = await StandaloneHost.StartAsync(data.Path);
        using var api = new Api(host.Address);
        var through = TransferBody.Parser.ParseFrom(chunks[0].Body).Header.Through;
        for (var received = 1; received < chunks.Count; received++)
        {
            var entries = Entries(chunks.Take(received));
            var last = entries.Count == 0 ? null : TransferBody.Parser.ParseFrom(chunks[received - 1].Body).Entries.Entries[^1];
            var cursor = new ExportCursor
            {
                Through = through,
                Number = received - 1,
                Checksum = chunks[received - 1].Checksum,
                Stream = last?.Stream ?? "",
                Version = last?.Version ?? 0,
                Hash = last?.Hash ?? Google.Protobuf.ByteString.Empty,
                Entries = entries.Count,
            };

            Assert.Equal(chunks.Skip(received), await ExportAsync(api, tenant.AdministratorKey, cursor, patience.Token));
        }
    }

    private static async Task<(TestTenant Tenant, IReadOnlyList<TransferChunk> Chunks, IReadOnlyList<string> Totals)> FillAsync(
        string data, CancellationToken cancellation)
    {
        var random = new Random(11);
        await using var host = await StandaloneHost.StartAsync(data);
        using var api = new Api(host.Address);
        var tenant = await TestTenant.CreateAsync(api, data, "moved", Tree);
        foreach (var unit in Tree.All)
        {
            for (var revision = 1; revision <= Revisions; revision++)
            {
                await api.Submissions.SubmitAsync(
                    Figures.ToRequest(unit.Code, $"{unit.Code}-{revision}", Figures.Random(random)), Api.With(tenant.SubmitKey, cancellation));
            }
        }

        // Totals of another activation: read after a restart, everything has arrived.
        await host.StopAsync();
        await using var again = await StandaloneHost.StartAsync(data);
        using var settled = new Api(again.Address);
        var totals = await TotalsAsync(settled, tenant, cancellation);
        return (tenant, await ExportAsync(settled, tenant.AdministratorKey, after: null, cancellation), totals);
    }

    private static Task<IReadOnlyList<string>> TotalsAsync(Api api, TestTenant tenant, CancellationToken cancellation) =>
        Totals.ReadAsync(api, tenant.ReadKey, Tree, Figures.Form, Figures.Period, cancellation);

    private static async Task<IReadOnlyList<TransferChunk>> ExportAsync(
        Api api, string key, ExportCursor? after, CancellationToken cancellation)
    {
        var chunks = new List<TransferChunk>();
        using var call = api.Admin.ExportTenant(new ExportTenantRequest { After = after }, Api.With(key, cancellation));
        await foreach (var chunk in call.ResponseStream.ReadAllAsync(cancellation))
        {
            chunks.Add(chunk);
        }

        return chunks;
    }

    private static async Task<bool> ImportAsync(
        Api api, string data, IReadOnlyList<TransferChunk> chunks, int most, CancellationToken cancellation)
    {
        var platform = (await File.ReadAllTextAsync(Path.Combine(data, "platform.key"), cancellation)).Trim();
        using var call = api.Admin.ImportTenant(Api.With(platform, cancellation));
        foreach (var chunk in chunks.Take(most))
        {
            await call.RequestStream.WriteAsync(chunk, cancellation);
            Assert.True(await call.ResponseStream.MoveNext(cancellation));
            if (call.ResponseStream.Current.Finished)
            {
                return true;
            }
        }

        return false;
    }

    private static List<string> Entries(IEnumerable<TransferChunk> chunks) =>
    [
        .. chunks.Select(chunk => TransferBody.Parser.ParseFrom(chunk.Body))
            .Where(body => body.Entries is not null)
            .SelectMany(body => body.Entries.Entries)
            .Select(entry => $"{entry.Stream} {entry.Version} {Convert.ToHexStringLower(entry.Hash.Span)}"),
    ];
}

using System.Text.RegularExpressions;
using Aggregation.Storage.Tests.Orleans.GrainStorage;
using Aggregation.TestKit.Postgres;
using Npgsql;

namespace Aggregation.Storage.Tests.Orleans.Membership;

/// <summary>The statements of deploy/postgres for Orleans' clustering, on a server.</summary>
[Collection(OrleansTables.Name)]
public sealed partial class MembershipTests(OrleansDatabase database)
{
    private const string AddTheRow = "INSERT INTO OrleansMembershipVersionTable (DeploymentId) VALUES ($1)";
    private const string LockTheRow = "SELECT FROM OrleansMembershipVersionTable WHERE DeploymentId = $1 FOR UPDATE";

    private readonly string _cluster = Guid.NewGuid().ToString("N");

    private MembershipTable Table => new(database.ConnectionString, _cluster);

    [PostgresFact]
    public async Task Statements_OfEachKey_UseWhatOrleansPassesAndNoMore()
    {
        foreach (var (key, parameters) in MembershipQueries.Parameters)
        {
            var text = (string?)await database.Scalar($"SELECT QueryText FROM OrleansQuery WHERE QueryKey = {key}");

            Assert.True(text is not null, $"There is no statement '{key}'.");
            var used = ParameterName().Matches(text).Select(static match => match.Groups[1].Value).Distinct();
            Assert.Equal(parameters.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
        }
    }

    [PostgresFact]
    public async Task Version_AddedTwice_IsThereOnceAtZero()
    {
        Assert.Null(await Table.ReadAsync());

        Assert.True(await Table.AddVersionAsync());
        Assert.False(await Table.AddVersionAsync());

        var read = (await Table.ReadAsync())!.Value;
        Assert.Equal(0, read.Version);
        Assert.Empty(read.Members);
    }

    [PostgresFact]
    public async Task Add_ThenChange_EachCountsTheVersionOn()
    {
        await Table.AddVersionAsync();
        var joining = new Member { AliveAt = Member.Noon.AddTicks(1230) };
        Assert.True(await Table.AddAsync(joining, 0));
        var active = joining with { Status = Member.Active, Suspects = "S10.0.0.2:1:1,2026-11-22 12:00:00.000 GMT" };
        Assert.True(await Table.ChangeAsync(active, 1));

        var read = (await Table.ReadAsync(active))!.Value;

        Assert.Equal(2, read.Version);
        Assert.Equal(active, Assert.Single(read.Members));
        Assert.Equal([("10.0.0.1", 30000, 1)], await Table.GatewaysAsync());
    }

    [PostgresFact]
    public async Task Read_MemberThatIsNotThere_TellsTheVersion()
    {
        await Table.AddVersionAsync();
        await Table.AddAsync(new Member(), 0);

        var read = (await Table.ReadAsync(new Member { Generation = 2 }))!.Value;

        Assert.Equal(1, read.Version);
        Assert.Empty(read.Members);
    }

    [PostgresFact]
    public async Task Add_VersionOrMemberIsNotAsExpected_ChangesNothing()
    {
        Assert.False(await Table.AddAsync(new Member(), 0));
        await Table.AddVersionAsync();
        Assert.True(await Table.AddAsync(new Member(), 0));

        Assert.False(await Table.AddAsync(new Member { Generation = 2 }, 0));
        Assert.False(await Table.AddAsync(new Member { Generation = 2 }, 2));
        Assert.False(await Table.AddAsync(new Member { Name = "the same again" }, 1));

        var read = (await Table.ReadAsync())!.Value;
        Assert.Equal(1, read.Version);
        Assert.Equal(new Member(), Assert.Single(read.Members));
    }

    [PostgresFact]
    public async Task Change_VersionOrMemberIsNotAsExpected_ChangesNothing()
    {
        await Table.AddVersionAsync();
        await Table.AddAsync(new Member(), 0);

        Assert.False(await Table.ChangeAsync(new Member { Status = Member.Dead }, 0));
        Assert.False(await Table.ChangeAsync(new Member { Status = Member.Dead }, 2));
        Assert.False(await Table.ChangeAsync(new Member { Status = Member.Dead, Generation = 2 }, 1));

        var read = (await Table.ReadAsync())!.Value;
        Assert.Equal(1, read.Version);
        Assert.Equal(new Member(), Assert.Single(read.Members));
    }

    [PostgresFact]
    public async Task Version_FirstInsertsRace_OneSucceeds()
    {
        var added = await RaceAsync(AddTheRow, Table.AddVersionAsync, Table.AddVersionAsync);

        Assert.Equal([false, true], added.Order());
        Assert.Equal(0, (await Table.ReadAsync())!.Value.Version);
    }

    [PostgresFact]
    public async Task Add_FirstMembersRace_OneSucceeds()
    {
        await Table.AddVersionAsync();
        var second = new Member { Address = "10.0.0.2" };

        var added = await RaceAsync(LockTheRow, () => Table.AddAsync(new Member(), 0), () => Table.AddAsync(second, 0));

        Assert.Equal([false, true], added.Order());
        var read = (await Table.ReadAsync())!.Value;
        Assert.Equal(1, read.Version);
        Assert.Equal(added[0] ? new Member() : second, Assert.Single(read.Members));
    }

    [PostgresFact]
    public async Task Add_SameMemberTwiceRaces_OneSucceeds()
    {
        await Table.AddVersionAsync();

        var added = await RaceAsync(
            LockTheRow, () => Table.AddAsync(new Member { Name = "a" }, 0), () => Table.AddAsync(new Member { Name = "b" }, 0));

        Assert.Equal([false, true], added.Order());
        Assert.Equal(added[0] ? "a" : "b", Assert.Single((await Table.ReadAsync())!.Value.Members).Name);
    }

    [PostgresFact]
    public async Task Change_SameVersionRaces_OneSucceeds()
    {
        await Table.AddVersionAsync();
        await Table.AddAsync(new Member(), 0);
        var (active, dead) = (new Member { Status = Member.Active }, new Member { Status = Member.Dead });

        var changed = await RaceAsync(LockTheRow, () => Table.ChangeAsync(active, 1), () => Table.ChangeAsync(dead, 1));

        Assert.Equal([false, true], changed.Order());
        var read = (await Table.ReadAsync())!.Value;
        Assert.Equal(2, read.Version);
        Assert.Equal(changed[0] ? active : dead, Assert.Single(read.Members));
    }

    [PostgresFact]
    public async Task Alive_ChangesTheTimeAlone()
    {
        await Table.AddVersionAsync();
        await Table.AddAsync(new Member(), 0);
        var later = new Member { AliveAt = Member.Noon.AddMinutes(1), Status = Member.Dead, Name = "not passed" };

        await Table.AliveAsync(later);
        await Table.AliveAsync(later with { Generation = 2 });

        var read = (await Table.ReadAsync())!.Value;
        Assert.Equal(1, read.Version);
        Assert.Equal(new Member { AliveAt = later.AliveAt }, Assert.Single(read.Members));
    }

    [PostgresFact]
    public async Task Gateways_AreTheActiveMembersThatHaveOne()
    {
        await Table.AddVersionAsync();
        await Table.AddAsync(new Member { Status = Member.Active }, 0);
        await Table.AddAsync(new Member { Status = Member.Active, Generation = 2, ProxyPort = 0 }, 1);
        await Table.AddAsync(new Member { Status = Member.Dead, Generation = 3 }, 2);

        Assert.Equal([("10.0.0.1", 30000, 1)], await Table.GatewaysAsync());
    }

    [PostgresFact]
    public async Task CleanUp_DeletesTheLongDeadAndKeepsTheSuspectedAndTheLiving()
    {
        await Table.AddVersionAsync();
        Member[] members =
        [
            new() { Generation = 1, Status = Member.Dead },
            new() { Generation = 2, Status = Member.Active },
            new() { Generation = 3, Status = Member.Dead, AliveAt = Member.Noon.AddHours(2) },
            new() { Generation = 4, Status = Member.Dead, StartedAt = Member.Noon.AddHours(2) },
        ];
        for (var version = 0; version < members.Length; version++)
            Assert.True(await Table.AddAsync(members[version], version));
        var suspected = new Member { Generation = 5, Status = Member.Dead, Suspects = "S10.0.0.2:1:1,2026-11-22 14:00:00.000 GMT" };
        await Table.AddAsync(suspected, 4);
        await Table.ChangeAsync(suspected, 5);

        await Table.CleanUpAsync(Member.Noon.AddHours(1));

        var read = (await Table.ReadAsync())!.Value;
        Assert.Equal(6, read.Version);
        Assert.Equal([2, 3, 4, 5], read.Members.Select(static member => member.Generation).Order());
    }

    [PostgresFact]
    public async Task CleanUp_OfOneMember_DeletesItOnlyAsItWasRead()
    {
        await Table.AddVersionAsync();
        var dead = new Member { Status = Member.Dead, StartedAt = Member.Noon.AddTicks(10) };
        await Table.AddAsync(dead, 0);
        var suspected = dead with { Generation = 2, Suspects = "S10.0.0.2:1:1,2026-11-22 12:00:00.000 GMT" };
        await Table.AddAsync(suspected, 1);
        await Table.ChangeAsync(suspected, 2);
        var active = new Member { Generation = 3, Status = Member.Active };
        await Table.AddAsync(active, 3);

        await Table.CleanUpAsync(dead with { AliveAt = Member.Noon.AddSeconds(1) });
        await Table.CleanUpAsync(dead with { StartedAt = Member.Noon });
        await Table.CleanUpAsync(suspected with { Suspects = null });
        await Table.CleanUpAsync(active);
        Assert.Equal(3, (await Table.ReadAsync())!.Value.Members.Count);

        await Table.CleanUpAsync(dead);
        await Table.CleanUpAsync(suspected);
        Assert.Equal(active, Assert.Single((await Table.ReadAsync())!.Value.Members));
    }

    [PostgresFact]
    public async Task DeleteAll_LeavesOtherClusters()
    {
        var other = new MembershipTable(database.ConnectionString, $"{_cluster}-other");
        foreach (var table in new[] { Table, other })
        {
            await table.AddVersionAsync();
            await table.AddAsync(new Member(), 0);
        }

        await Table.DeleteAllAsync();

        Assert.Null(await Table.ReadAsync());
        Assert.Equal(new Member(), Assert.Single((await other.ReadAsync())!.Value.Members));
    }

    /// <summary>
    /// Runs two calls while the version's row is another's: both are seen to wait for it, each with a snapshot that knows
    /// nothing of the other call, and let go at once.
    /// </summary>
    private async Task<bool[]> RaceAsync(string hold, Func<Task<bool>> first, Func<Task<bool>> second)
    {
        await using var connection = await database.Open();
        await using var transaction = await connection.BeginTransactionAsync();
#pragma warning disable CA2100 // One of the constants below.
        await using var command = new NpgsqlCommand(hold, connection, transaction);
#pragma warning restore CA2100
        command.Parameters.AddWithValue(_cluster);
        await command.ExecuteNonQueryAsync();
        Task<bool>[] running = [first(), second()];

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var count = new NpgsqlCommand("SELECT count(*) FROM pg_locks WHERE NOT granted", connection, transaction);
        while ((long)(await count.ExecuteScalarAsync(limit.Token))! < running.Length)
            limit.Token.ThrowIfCancellationRequested();
        await transaction.RollbackAsync(limit.Token);
        return await Task.WhenAll(running);
    }

    [GeneratedRegex("@([A-Za-z]+)")]
    private static partial Regex ParameterName();
}

using System.Text;
using Aggregation.TestKit.Postgres;
using Npgsql;

namespace Aggregation.Storage.Tests.Orleans.GrainStorage;

[Collection(OrleansTables.Name)]
public sealed class AdoNetGrainStorageTests(OrleansDatabase database)
{
    private const int Writers = 8;

    [PostgresFact]
    public Task State_NewActivation_IsReadBeforeActivation() => OnPostgres(StorageScenarios.IsReadBeforeActivation);

    [PostgresFact]
    public Task Write_Twice_HasANewETagEachTime() => OnPostgres(StorageScenarios.EachWriteHasANewETag);

    [PostgresFact]
    public Task Clear_ThenWrite_StartsAnew() => OnPostgres(StorageScenarios.ClearedStateIsGoneAndCanBeWrittenAgain);

    [PostgresFact]
    public Task Write_WrittenElsewhere_IsRefusedAndReadAnew() =>
        OnPostgres(StorageScenarios.StaleWriterIsRefusedAndItsActivationEnds);

    [PostgresFact]
    public Task Clear_WrittenElsewhere_IsRefused() => OnPostgres(StorageScenarios.StaleClearIsRefused);

    [PostgresFact]
    public Task Write_ClearedElsewhere_IsRefused() => OnPostgres(StorageScenarios.WriterThatMissedAClearingIsRefused);

    [PostgresFact]
    public Task Write_FirstWritesRace_OneIsAccepted() => OnPostgres(async silo =>
    {
        // All writers are held at the table's lock, seen to wait there, and let go at once.
        await using var connection = await database.Open();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand("LOCK TABLE OrleansStorage IN ACCESS EXCLUSIVE MODE", connection, transaction);
        await hold.ExecuteNonQueryAsync();

        var accepted = await StorageScenarios.RaceFirstWrites(
            silo,
            Writers,
            async () =>
            {
                await AllWait(connection, transaction);
                await transaction.CommitAsync();
            },
            Task.CompletedTask);

        Assert.Equal(1, accepted);
    });

    [PostgresFact]
    public async Task Clear_KeepsTheRowAndCountsOn()
    {
        await using var silo = await database.StartSilo();
        var key = StorageScenarios.NewKey();
        var grain = silo.Grains.GetGrain<INotesGrain>(key);
        await grain.Write("one");

        var cleared = await grain.Clear();

        Assert.Equal("2", cleared.ETag);
        Assert.Equal(2, await database.Scalar($"SELECT Version FROM OrleansStorage WHERE GrainIdExtensionString = {key}"));
        Assert.Null(await database.Scalar($"SELECT PayloadBinary FROM OrleansStorage WHERE GrainIdExtensionString = {key}"));
    }

    [PostgresFact]
    public async Task Clear_DeleteStateOnClear_DeletesTheRow()
    {
        await using var silo = await database.StartSilo(static options => options.DeleteStateOnClear = true);
        var key = StorageScenarios.NewKey();
        var grain = silo.Grains.GetGrain<INotesGrain>(key);
        await grain.Write("one");

        var cleared = await grain.Clear();

        Assert.Null(cleared.ETag);
        Assert.Equal(0L, await database.Scalar($"SELECT count(*) FROM OrleansStorage WHERE GrainIdExtensionString = {key}"));
        Assert.Equal("1", (await grain.Write("two")).ETag);
    }

    [PostgresFact]
    public async Task Write_KeyThatReadsAsANumber_IsStoredAsOne()
    {
        await using var silo = await database.StartSilo();
        await silo.Grains.GetGrain<INotesGrain>("beef").Write("number");
        await silo.Grains.GetGrain<INotesGrain>("cafe/1").Write("text");

        Assert.Null(await database.Scalar($"SELECT GrainIdExtensionString FROM OrleansStorage WHERE GrainIdN1 = {0xbeefL}"));
        Assert.Equal(0L, await database.Scalar($"SELECT GrainIdN1 FROM OrleansStorage WHERE GrainIdExtensionString = {"cafe/1"}"));
        Assert.Equal("number", (await silo.Grains.GetGrain<INotesGrain>("beef").Read()).Text);
    }

    [PostgresFact]
    public async Task Serializer_InOptions_MakesThePayload()
    {
        await using var silo = await database.StartSilo(static options => options.GrainStorageSerializer = new MarkedSerializer());
        var key = StorageScenarios.NewKey();

        await silo.Grains.GetGrain<INotesGrain>(key).Write("text");

        var payload = await database.Scalar($"SELECT PayloadBinary FROM OrleansStorage WHERE GrainIdExtensionString = {key}");
        Assert.Equal("v1:text", Encoding.UTF8.GetString((byte[])payload!));
    }

    [PostgresFact]
    public async Task Scripts_AppliedAgain_KeepTheState()
    {
        await using var silo = await database.StartSilo();
        var grain = silo.Grains.GetGrain<INotesGrain>(StorageScenarios.NewKey());
        await grain.Write("kept");

        await database.ApplyScripts();

        Assert.Equal("kept", (await grain.Read()).Text);
    }

    [PostgresFact]
    public async Task Start_QueryMissing_Fails()
    {
        var name = $"empty_{Guid.NewGuid():N}";
        await using (var connection = await database.Open())
        {
#pragma warning disable CA2100 // The name is made above.
            await using var create = new NpgsqlCommand($"CREATE SCHEMA {name}; CREATE TABLE {name}.OrleansQuery (QueryKey text, QueryText text)", connection);
#pragma warning restore CA2100
            await create.ExecuteNonQueryAsync();
        }

        await Assert.ThrowsAnyAsync<Exception>(
            () => database.StartSilo(options => options.ConnectionString += $";Search Path={name}"));
    }

    [Fact]
    public async Task Start_NoConnection_NamesTheOption()
    {
        var fault = await Assert.ThrowsAsync<OrleansConfigurationException>(() => StorageSilo.StartAsync(
            static builder => builder.AddAdoNetGrainStorage("main", static options => options.Invariant = "Npgsql")));

        Assert.Contains("ConnectionString", fault.Message, StringComparison.Ordinal);
    }

    private static async Task AllWait(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var count = new NpgsqlCommand(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'OrleansStorage'::regclass", connection, transaction);
        while ((long)(await count.ExecuteScalarAsync(limit.Token))! < Writers)
            limit.Token.ThrowIfCancellationRequested();
    }

    private async Task OnPostgres(Func<StorageSilo, Task> scenario)
    {
        await using var silo = await database.StartSilo();
        await scenario(silo);
    }
}

using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Aggregation.Polyfills.Orleans.Tests.Storage;

public sealed class MemoryGrainStorageTests
{
    [Fact]
    public Task State_NewActivation_IsReadBeforeActivation() => OnMemory(StorageScenarios.IsReadBeforeActivation);

    [Fact]
    public Task Write_Twice_HasANewETagEachTime() => OnMemory(StorageScenarios.EachWriteHasANewETag);

    [Fact]
    public Task Clear_ThenWrite_StartsAnew() => OnMemory(StorageScenarios.ClearedStateIsGoneAndCanBeWrittenAgain);

    [Fact]
    public Task Write_WrittenElsewhere_IsRefusedAndReadAnew() =>
        OnMemory(StorageScenarios.StaleWriterIsRefusedAndItsActivationEnds);

    [Fact]
    public Task Clear_WrittenElsewhere_IsRefused() => OnMemory(StorageScenarios.StaleClearIsRefused);

    [Fact]
    public Task Write_ClearedElsewhere_IsRefused() => OnMemory(StorageScenarios.WriterThatMissedAClearingIsRefused);

    [Fact]
    public Task Write_FirstWritesRace_OneIsAccepted() => OnMemory(async silo =>
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var accepted = await StorageScenarios.RaceFirstWrites(
            silo,
            8,
            () =>
            {
                gate.SetResult();
                return Task.CompletedTask;
            },
            gate.Task);

        Assert.Equal(1, accepted);
    });

    [Fact]
    public async Task Serializer_InOptions_WritesAndReads()
    {
        var serializer = new MarkedSerializer();
        await using var silo = await TestSilo.StartAsync(
            builder => builder.AddMemoryGrainStorage("main", options => options.GrainStorageSerializer = serializer));
        var grain = silo.Grains.GetGrain<INotesGrain>("key/1");
        await grain.Write("text");

        var read = await grain.Read();

        Assert.Equal("v1:text", serializer.LastRead);
        Assert.Equal("text", read.Text);
    }

    [Fact]
    public async Task Serializer_RegisteredUnderTheStoragesName_IsPreferredToTheGeneralOne()
    {
        var serializer = new MarkedSerializer();
        await using var silo = await TestSilo.StartAsync(
            builder => builder.AddMemoryGrainStorage("main"),
            services => services.AddKeyedSingleton<IGrainStorageSerializer>("main", serializer));
        var grain = silo.Grains.GetGrain<INotesGrain>("key/1");
        await grain.Write("text");

        await grain.Read();

        Assert.Equal("v1:text", serializer.LastRead);
    }

    [Fact]
    public async Task AddMemoryGrainStorageAsDefault_IsTheUnnamedStorage()
    {
        await using var silo = await TestSilo.StartAsync(builder => builder.AddMemoryGrainStorageAsDefault());

        var unnamed = silo.Services.GetRequiredService<IGrainStorage>();

        Assert.Same(silo.Services.GetRequiredKeyedService<IGrainStorage>("Default"), unnamed);
    }

    [Fact]
    public Task State_UnknownStorage_NamesIt() => OnMemory(async silo =>
    {
        var grain = silo.Grains.GetGrain<IHomelessGrain>("key/1");

        var fault = await Assert.ThrowsAnyAsync<Exception>(grain.Call);

        Assert.Contains("nowhere", fault.GetBaseException().Message, StringComparison.Ordinal);
    });

    private static async Task OnMemory(Func<TestSilo, Task> scenario)
    {
        await using var silo = await TestSilo.StartAsync(builder => builder.AddMemoryGrainStorage("main"));
        await scenario(silo);
    }
}

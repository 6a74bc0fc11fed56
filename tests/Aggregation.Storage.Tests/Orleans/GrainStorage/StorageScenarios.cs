using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Aggregation.Storage.Tests.Orleans.GrainStorage;

/// <summary>What every storage must do; run on each of them.</summary>
internal static class StorageScenarios
{
    public static async Task IsReadBeforeActivation(StorageSilo silo)
    {
        var grain = silo.Grains.GetGrain<INotesGrain>(NewKey());
        await grain.Write("kept");
        await grain.End();

        var view = await grain.View();

        Assert.Equal("kept", view.AtActivation);
        Assert.Equal("kept", view.Text);
        Assert.True(view.Exists);
        Assert.NotNull(view.ETag);
    }

    public static async Task EachWriteHasANewETag(StorageSilo silo)
    {
        var grain = silo.Grains.GetGrain<INotesGrain>(NewKey());

        var before = await grain.View();
        var first = await grain.Write("one");
        var second = await grain.Write("two");
        var read = await grain.Read();

        Assert.Equal(new NotesView("", null, false, ""), before);
        Assert.True(first.Exists);
        Assert.NotNull(first.ETag);
        Assert.NotEqual(first.ETag, second.ETag);
        Assert.Equal(second, read);
    }

    public static async Task ClearedStateIsGoneAndCanBeWrittenAgain(StorageSilo silo)
    {
        var grain = silo.Grains.GetGrain<INotesGrain>(NewKey());
        await grain.Write("one");

        var cleared = await grain.Clear();
        await grain.End();
        var anew = await grain.View();
        var written = await grain.Write("two");

        Assert.Equal("", cleared.Text);
        Assert.False(cleared.Exists);
        Assert.Equal("", anew.AtActivation);
        Assert.False(anew.Exists);
        Assert.Equal("two", written.Text);
        Assert.True(written.Exists);
    }

    public static async Task StaleWriterIsRefusedAndItsActivationEnds(StorageSilo silo)
    {
        var grain = silo.Grains.GetGrain<INotesGrain>(NewKey());
        await grain.Write("mine");
        var other = await Read(silo, grain);
        other.State!.Text = "theirs";
        await StorageOf(silo).WriteStateAsync("notes", grain.GetGrainId(), other);

        await Assert.ThrowsAsync<InconsistentStateException>(() => grain.Write("mine again"));
        var view = await grain.View();

        Assert.Equal("theirs", view.AtActivation);
        Assert.Equal(other.ETag, view.ETag);
    }

    public static async Task StaleClearIsRefused(StorageSilo silo)
    {
        var grain = silo.Grains.GetGrain<INotesGrain>(NewKey());
        await grain.Write("one");
        var stale = await Read(silo, grain);
        await grain.Write("two");

        await Assert.ThrowsAsync<InconsistentStateException>(
            () => StorageOf(silo).ClearStateAsync("notes", grain.GetGrainId(), stale));

        Assert.Equal("two", (await grain.Read()).Text);
    }

    public static async Task WriterThatMissedAClearingIsRefused(StorageSilo silo)
    {
        var grain = silo.Grains.GetGrain<INotesGrain>(NewKey());
        await grain.Write("one");
        var stale = await Read(silo, grain);
        await grain.Clear();

        await Assert.ThrowsAsync<InconsistentStateException>(
            () => StorageOf(silo).WriteStateAsync("notes", grain.GetGrainId(), stale));
    }

    /// <summary>How many of <paramref name="count"/> first writes of one state, let go together, are accepted.</summary>
    public static async Task<int> RaceFirstWrites(StorageSilo silo, int count, Func<Task> letGo, Task gate)
    {
        var storage = StorageOf(silo);
        var id = silo.Grains.GetGrain<INotesGrain>(NewKey()).GetGrainId();
        var writes = Enumerable.Range(0, count).Select(number => Task.Run(async () =>
        {
            await gate;
            try
            {
                await storage.WriteStateAsync("notes", id, new GrainState<NotesState>(new() { Text = $"{number}" }));
                return true;
            }
            catch (InconsistentStateException)
            {
                return false;
            }
        })).ToArray();
        await letGo();
        return (await Task.WhenAll(writes)).Count(static accepted => accepted);
    }

    public static IGrainStorage StorageOf(StorageSilo silo) => silo.Services.GetRequiredKeyedService<IGrainStorage>("main");

    public static string NewKey() => $"key/{Guid.NewGuid():N}";

    private static async Task<GrainState<NotesState>> Read(StorageSilo silo, INotesGrain grain)
    {
        var state = new GrainState<NotesState>(new());
        await StorageOf(silo).ReadStateAsync("notes", grain.GetGrainId(), state);
        return state;
    }
}

namespace Aggregation.Polyfills.Orleans.Tests;

/// <summary>A question to an observer whose reference is gone fails at once; upstream, in one process, lets it time out.</summary>
public sealed class DeletedObserverTests
{
    [Fact]
    public async Task Ask_DeletedReference_FailsAsNotAvailable()
    {
        await using var silo = await TestSilo.StartAsync();
        var reference = silo.Grains.CreateObjectReference<INews>(new Deaf());
        silo.Grains.DeleteObjectReference<INews>(reference);

        await Assert.ThrowsAsync<ClientNotAvailableException>(() => silo.Grains.GetGrain<INewsGrain>("n").Ask(reference, 1));
    }

    private sealed class Deaf : INews
    {
        public void Heard(int number) => Assert.Fail($"Heard {number}");

        public Task<int> Asked(int number) => Task.FromResult(number);
    }
}

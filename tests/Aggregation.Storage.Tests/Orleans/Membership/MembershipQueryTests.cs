
namespace Aggregation.Storage.Tests.Orleans.Membership;

/// <summary>Holds what the membership tests take for Orleans' keys and parameters against upstream's assembly.</summary>
public sealed class MembershipQueryTests
{
    private static readonly StoredQueryCalls Upstream =
        new(Path.Combine(AppContext.BaseDirectory, "Orleans.Clustering.AdoNet.dll"));

    [Fact]
    public void Keys_AreThoseThatUpstreamAsksFor() => Assert.Equal(
        Upstream.Keys.Order(StringComparer.Ordinal),
        MembershipQueries.Parameters.Keys.Where(static key => key != MembershipQueries.OptionalKey).Order(StringComparer.Ordinal));

    [Fact]
    public void Parameters_OfEachKey_AreThoseThatUpstreamPasses()
    {
        foreach (var key in Upstream.Keys)
        {
            var passed = Upstream.ParametersOf(key);

            // One method of upstream's uses two statements: the other is the optional one, decided on the same way.
            if (key == "CleanupDefunctSiloEntriesKey")
                Assert.Subset(passed.ToHashSet(), MembershipQueries.Parameters[key].ToHashSet());
            else
                Assert.Equal(passed.Order(StringComparer.Ordinal), MembershipQueries.Parameters[key].Order(StringComparer.Ordinal));
        }
    }
}

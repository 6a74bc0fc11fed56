using Aggregation.Grains.Entries;
using Aggregation.Grains.Tenants;
using Aggregation.Storage.Journal;
using Google.Protobuf;

namespace Aggregation.Grains.Tests.Tenants;

/// <summary>What entries of earlier versions come to.</summary>
public sealed class TenantStateTests
{
    [Fact]
    public void Settings_OfAnEntryFromBeforeFourEyes_AreWhatTheyWere()
    {
        // As written then: nothing of four eyes in it.
        var state = new TenantState { Tenant = "old" }.Apply(Entry(EntryKinds.SettingsChanged, new SettingsEntry { SignatureRequired = true }));

        Assert.Equal((false, true, false), (state.Settings.AutoAccept, state.Settings.RequireSignature, state.Settings.FourEyes));
        Assert.False(TenantRules.Decided(new(AutoAccept: false), state.Settings).FourEyes);
        Assert.True(TenantRules.Decided(new(AutoAccept: false, FourEyes: true), state.Settings).FourEyes);
    }

    private static StoredEntry Entry(string kind, SettingsEntry payload) => new(
        new NewEntry
        {
            Tenant = "old",
            Stream = TenantState.Stream,
            Version = 1,
            Kind = kind,
            At = DateTimeOffset.UnixEpoch,
            Actor = "k",
            Payload = payload.ToByteArray(),
            PreviousHash = default,
        },
        position: 1);
}

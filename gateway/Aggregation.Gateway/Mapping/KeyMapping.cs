using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;
using Google.Protobuf.WellKnownTypes;

namespace Aggregation.Gateway.Mapping;

/// <summary>Keys and users between the wire and the contracts.</summary>
internal static class KeyMapping
{
    private static readonly TimeSpan DefaultOverlap = TimeSpan.FromDays(1);

    public static CreateKeyCommand Create(V1.CreateKeyRequest request) => new()
    {
        Label = request.Label,
        Submit = Subtree("submit", request.Submit),
        Read = Subtree("read", request.Read),
        Review = Subtree("review", request.Review),
        IsAdministrator = request.Administrator,
        User = request.User,
        ExpiresAt = Time("expires_at", request.ExpiresAt),
    };

    public static RotateKeyCommand Rotate(V1.RotateKeyRequest request) => new()
    {
        KeyId = request.KeyId,
        Overlap = Length("overlap", request.Overlap) ?? DefaultOverlap,
        ExpiresAt = Time("expires_at", request.ExpiresAt),
    };

    public static V1.Key Key(KeyView key) => new()
    {
        KeyId = key.KeyId,
        Label = key.Label,
        Submit = Subtree(key.Submit),
        Read = Subtree(key.Read),
        Review = Subtree(key.Review),
        Administrator = key.IsAdministrator,
        User = key.User,
        CreatedAt = Timestamp.FromDateTimeOffset(key.CreatedAt),
        RevokedAt = Time(key.RevokedAt),
        ExpiresAt = Time(key.ExpiresAt),
        ReplacedBy = key.ReplacedBy,
        LastUsedAt = Time(key.LastUsedAt),
    };

    public static V1.User User(UserView user) => new()
    {
        User_ = user.User,
        OpenKeys = user.OpenKeys,
        LastUsedAt = Time(user.LastUsedAt),
        DisabledAt = Time(user.DisabledAt),
    };

    private static Subtree? Subtree(string field, V1.Subtree? subtree) => subtree is null ? null : new Subtree(
        LedgerMapping.Tree($"{field}.tree", subtree.Tree),
        subtree.Unit == Contracts.Subtree.Everything ? subtree.Unit : LedgerMapping.Code($"{field}.unit", subtree.Unit))
    {
        UnitOnly = subtree.UnitOnly,
    };

    private static V1.Subtree? Subtree(Subtree? subtree) =>
        subtree is null ? null : new V1.Subtree { Tree = subtree.Tree, Unit = subtree.Unit, UnitOnly = subtree.UnitOnly };

    private static Timestamp? Time(DateTimeOffset? time) => time is { } at ? Timestamp.FromDateTimeOffset(at) : null;

    private static DateTimeOffset? Time(string field, Timestamp? time)
    {
        try
        {
            return time?.ToDateTimeOffset();
        }
        catch (InvalidOperationException)
        {
            throw Faults.Refuse(Faults.Instant(field, time!.Seconds));
        }
    }

    private static TimeSpan? Length(string field, Duration? length)
    {
        try
        {
            return length?.ToTimeSpan();
        }
        catch (Exception exception) when (exception is InvalidOperationException or OverflowException)
        {
            throw Faults.Refuse(Faults.OutOfRange(field, length!.Seconds, 0, (long)RotateKeyCommand.MaxOverlap.TotalSeconds));
        }
    }
}

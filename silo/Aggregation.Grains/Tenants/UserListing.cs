using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;

namespace Aggregation.Grains.Tenants;

/// <summary>The users of a tenant: whoever a key names, came with a token, or is disabled.</summary>
internal static class UserListing
{
    public static ImmutableArray<UserView> Of(KeyBook book, KeyUse use, DateTimeOffset now)
    {
        var keys = book.Keys.Values.Where(static key => key.View.User.Length > 0).ToLookup(static key => key.View.User);
        var users = new SortedSet<string>(keys.Select(static of => of.Key).Concat(book.Disabled.Keys).Concat(use.Users), StringComparer.Ordinal);
        return
        [
            .. users.Select(user => new UserView
            {
                User = user,
                OpenKeys = keys[user].Count(key => book.IsOpen(key, now)),
                LastUsedAt = keys[user].Select(key => use.LastUsed(key.View.KeyId)).Append(use.LastUsed(Names.ActorOf(user))).Max(),
                DisabledAt = book.Disabled.TryGetValue(user, out var at) ? at : null,
            }),
        ];
    }
}

using Aggregation.Storage.Personal;

namespace Aggregation.Storage.Sqlite;

/// <summary>Personal data in the journal's file: written in the journal's transactions, read by its readers.</summary>
internal sealed class SqlitePersonalData(SqliteJournal journal) : IPersonalData
{
    public Task SaveAsync(string tenant, Person person) => journal.ChangeAsync(writer => writer.Personal.Save(tenant, person));

    public Task<IReadOnlyList<Person>> ReadAsync(
        string tenant, IReadOnlyCollection<string> users, CancellationToken cancellation) =>
        journal.ReadAsync<IReadOnlyList<Person>>(reader => reader.Personal.Persons(tenant, users), cancellation);

    public async Task<Origin> KeepAsync(string tenant, Origin origin) =>
        await journal.ReadAsync(reader => reader.Personal.Kept(tenant, origin), CancellationToken.None)
        ?? await journal.ChangeAsync(writer => writer.Personal.Keep(tenant, origin));

    public Task<IReadOnlyList<Origin>> ReadOriginsAsync(
        string tenant, IReadOnlyCollection<long> ids, CancellationToken cancellation) =>
        journal.ReadAsync<IReadOnlyList<Origin>>(reader => reader.Personal.Origins(tenant, ids), cancellation);

    public Task<IReadOnlyList<Origin>> ReadOriginsAsync(string tenant, string user, CancellationToken cancellation) =>
        journal.ReadAsync<IReadOnlyList<Origin>>(reader => reader.Personal.Origins(tenant, user), cancellation);

    public Task<int> EraseAsync(string tenant, string user) => journal.ChangeAsync(writer => writer.Personal.Erase(tenant, user));

    public Task<int> EraseOriginsAsync(string tenant, string actor) =>
        journal.ChangeAsync(writer => writer.Personal.EraseOrigins(tenant, actor));
}

using Aggregation.Storage.Postgres;
using Aggregation.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Aggregation.Storage.Journal;

public static class JournalServices
{
    /// <summary>Names the database: <c>sqlite</c> (default) or <c>postgres</c>.</summary>
    public const string ProviderKey = "Journal:Provider";

    /// <summary>The journal on the database that <see cref="ProviderKey"/> names, as the <see cref="IJournal"/>.</summary>
    /// <exception cref="InvalidOperationException">It names none; tells the key, its value and the rule.</exception>
    public static IServiceCollection AddJournal(this IServiceCollection services, IConfiguration configuration) =>
        ProviderOf(configuration) == JournalProvider.Postgres
            ? services.AddPostgresJournal(configuration)
            : services.AddSqliteJournal(configuration);

    /// <inheritdoc cref="AddJournal"/>
    public static JournalProvider ProviderOf(IConfiguration configuration) => configuration[ProviderKey] switch
    {
        null => JournalProvider.Sqlite,
        var name when name.Equals("sqlite", StringComparison.OrdinalIgnoreCase) => JournalProvider.Sqlite,
        var name when name.Equals("postgres", StringComparison.OrdinalIgnoreCase) => JournalProvider.Postgres,
        var name => throw new InvalidOperationException($"{ProviderKey} is '{name}'; it must be sqlite or postgres."),
    };
}

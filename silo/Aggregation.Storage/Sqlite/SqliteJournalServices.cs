using Aggregation.Storage.Journal;
using Aggregation.Storage.Personal;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aggregation.Storage.Sqlite;

public static class SqliteJournalServices
{
    /// <summary>
    /// The journal on SQLite as the <see cref="IJournal"/>, with options from the section <see cref="SqliteJournalOptions.SectionName"/>.
    /// It opens at start at the latest and closes, its queue written, when the container is disposed.
    /// </summary>
    public static IServiceCollection AddSqliteJournal(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SqliteJournalOptions>()
            .Bind(configuration.GetSection(SqliteJournalOptions.SectionName))
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SqliteJournalOptions>, SqliteJournalOptionsValidator>());
        services.TryAddSingleton(provider => SqliteJournal.Open(
            provider.GetRequiredService<IOptions<SqliteJournalOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SqliteJournal>>()));
        services.TryAddSingleton<IJournal>(provider => provider.GetRequiredService<SqliteJournal>());
        services.TryAddSingleton<IPersonalData>(provider => new SqlitePersonalData(provider.GetRequiredService<SqliteJournal>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, JournalOpener>(
            provider => new JournalOpener(provider.GetRequiredService<IJournal>)));
        return services;
    }
}

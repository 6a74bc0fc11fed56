using Aggregation.Storage.Journal;
using Aggregation.Storage.Personal;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aggregation.Storage.Postgres;

public static class PostgresJournalServices
{
    /// <summary>
    /// The journal on PostgreSQL as the <see cref="IJournal"/>, with options from the section <see cref="PostgresJournalOptions.SectionName"/>.
    /// It opens before the host's services start and closes, its queue written, when the container is disposed.
    /// </summary>
    public static IServiceCollection AddPostgresJournal(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PostgresJournalOptions>()
            .Bind(configuration.GetSection(PostgresJournalOptions.SectionName))
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PostgresJournalOptions>, PostgresJournalOptionsValidator>());
        services.TryAddSingleton(provider => new PostgresJournal(
            provider.GetRequiredService<IOptions<PostgresJournalOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PostgresJournal>>()));
        services.TryAddSingleton<IJournal>(provider => provider.GetRequiredService<PostgresJournal>());
        services.TryAddSingleton<IPersonalData>(provider => provider.GetRequiredService<PostgresJournal>().Personal);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, JournalOpener>(
            provider => new JournalOpener(provider.GetRequiredService<IJournal>)));
        return services;
    }
}

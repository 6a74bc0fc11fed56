using System.Collections.Concurrent;
using Aggregation.Cli.Connection;
using Aggregation.V1;

namespace Aggregation.Cli.Demo.Year;

/// <summary>
/// The keys of everybody who acts in a tenant's year, each with no more than its role's rights. They are made where they are
/// needed first and kept in files, so that an interrupted year goes on.
/// </summary>
internal sealed class YearKeys(Api api, DirectoryInfo folder, YearTenant tenant, CancellationToken cancellation)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<Api>>> _open = new(StringComparer.Ordinal);

    public FileInfo AdministratorFile => File("administrator");

    /// <summary>Units, calendars, tasks, settings and keys; sees no figures.</summary>
    public async Task<Api> AdministratorAsync() => api.WithKey(await KeyText.ReadAsync(AdministratorFile, cancellation));

    /// <summary>填报: an office's program that files for the units below it.</summary>
    public Task<Api> FilerAsync(string office) =>
        OpenAsync($"{office}-file", new CreateKeyRequest { Submit = new Subtree { Unit = office } });

    /// <summary>A unit that files for itself, and whose head signs.</summary>
    public Task<Api> UnitAsync(string unit) =>
        OpenAsync($"{unit}-unit", new CreateKeyRequest { Submit = new Subtree { Unit = unit, UnitOnly = true } });

    /// <summary>审核: reviews the units directly below an office; the root's reviewer also locks everything below.</summary>
    public Task<Api> ReviewerAsync(string office) =>
        OpenAsync($"{office}-review", new CreateKeyRequest { Review = new Subtree { Unit = office, UnitOnly = office != tenant.Root } });

    /// <summary>负责人: reads the office's total and signs it.</summary>
    public Task<Api> HeadAsync(string office) => OpenAsync($"{office}-head", new CreateKeyRequest
    {
        Submit = new Subtree { Unit = office, UnitOnly = true }, Read = new Subtree { Unit = office },
    });

    /// <summary>Reads everything and changes nothing.</summary>
    public Task<Api> ReaderAsync() => OpenAsync("read", new CreateKeyRequest { Read = new Subtree { Unit = "*" } });

    private Task<Api> OpenAsync(string holder, CreateKeyRequest rights) =>
        _open.GetOrAdd(holder, _ => new Lazy<Task<Api>>(() => ReadOrCreateAsync(holder, rights))).Value;

    private async Task<Api> ReadOrCreateAsync(string holder, CreateKeyRequest rights)
    {
        var file = File(holder);
        if (KeyText.IsIn(file))
        {
            return api.WithKey(await KeyText.ReadAsync(file, cancellation));
        }

        var administrator = await AdministratorAsync();
        rights.Label = $"demo: {holder}";
        var created = await administrator.Admin.CreateKeyAsync(rights, administrator.Call());
        await KeyText.WriteAsync(file, created.Text, cancellation);
        return api.WithKey(created.Text);
    }

    private FileInfo File(string holder) => new(Path.Combine(folder.FullName, $"{holder}.key"));
}

namespace Aggregation.TestKit.Postgres;

/// <summary>The folder of PostgreSQL's programs on this machine.</summary>
public static class PostgresBinaries
{
    /// <summary>Where Debian and its kin put them, one folder per version.</summary>
    private const string DebianRoot = "/usr/lib/postgresql";

    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>The folder that holds <c>initdb</c> and <c>pg_ctl</c>; null if there is none.</summary>
    public static string? Folder => Found.Value;

    /// <summary>
    /// Why tests that need a server are skipped; null where they run. Never on a build server (<c>CI</c> is set): there
    /// they fail for want of the programs.
    /// </summary>
    public static string? SkipReason => Folder is null && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"))
        ? "PostgreSQL's programs (initdb, pg_ctl) are not on this machine; install the package postgresql."
        : null;

    private static string? Find()
    {
        var debian = Directory.Exists(DebianRoot)
            ? Directory.GetDirectories(DebianRoot).OrderByDescending(VersionOf).Select(static root => Path.Combine(root, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return debian.Concat(path).FirstOrDefault(HasServer);
    }

    private static int VersionOf(string folder) => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0;

    private static bool HasServer(string folder) =>
        folder.Length > 0 && File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl"));
}

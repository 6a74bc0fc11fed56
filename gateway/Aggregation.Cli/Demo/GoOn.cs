using Aggregation.Cli.Commands;
using Aggregation.Cli.Connection;

namespace Aggregation.Cli.Demo;

/// <summary>Commands as a reader of the demo's output may type them where he is.</summary>
internal static class GoOn
{
    /// <summary>This program.</summary>
    public static string Program => FromHere(Environment.ProcessPath ?? "aggregation");

    /// <summary>The options that make a command of the demo's server, with a key.</summary>
    public static string With(Session session, FileInfo key)
    {
        var server = session.Arguments.GetRequiredValue(ServerOptions.Server);
        return $"{(server == ServerOptions.DefaultServer ? "" : $"--server {server} ")}--key-file {FromHere(key.FullName)}";
    }

    public static string FromHere(string path) => Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
}

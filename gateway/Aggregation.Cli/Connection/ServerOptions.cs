using System.CommandLine;
using System.CommandLine.Parsing;

namespace Aggregation.Cli.Connection;

/// <summary>Options that every command takes.</summary>
internal static class ServerOptions
{
    public const string ServerVariable = "AGGREGATION_SERVER";
    public const string KeyVariable = "AGGREGATION_KEY";

    public static readonly Uri DefaultServer = new("http://127.0.0.1:8081");

    private const double LongestTimeout = 86_400;

    public static readonly Option<Uri> Server = new("--server")
    {
        Description = $"Address of the server, or {ServerVariable}.",
        Recursive = true,
        HelpName = "url",
        DefaultValueFactory = result => Environment.GetEnvironmentVariable(ServerVariable) is { Length: > 0 } text
            ? Address(ServerVariable, text, result) ?? DefaultServer
            : DefaultServer,
        CustomParser = result => Address("--server", result.Tokens[0].Value, result),
    };

    public static readonly Option<string?> Key = new("--key")
    {
        Description = $"The key to call with, or {KeyVariable}. --key-file keeps it out of the process list.",
        Recursive = true,
        HelpName = "text",
    };

    public static readonly Option<FileInfo?> KeyFile = new("--key-file")
    {
        Description = "File whose first line is the key.",
        Recursive = true,
        HelpName = "file",
    };

    public static readonly Option<FileInfo?> Authorities = new("--ca-file")
    {
        Description = "File with the authorities that the server's certificate may come from, PEM; the system's when left out.",
        Recursive = true,
        HelpName = "file",
    };

    public static readonly Option<FileInfo?> ClientCertificate = new("--client-cert")
    {
        Description = "File with a client certificate and its private key, PEM, where the server asks for one.",
        Recursive = true,
        HelpName = "file",
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Answers as JSON, one message a line, named as in the protocol.",
        Recursive = true,
    };

    public static readonly Option<double> Timeout = new("--timeout")
    {
        Description = "Seconds that a call may take.",
        Recursive = true,
        HelpName = "seconds",
        DefaultValueFactory = _ => 60,
        Validators = { CheckTimeout },
    };

    /// <summary>Adds the options to the root; they hold for every command under it.</summary>
    public static void AddTo(RootCommand root)
    {
        root.Options.Add(Server);
        root.Options.Add(Key);
        root.Options.Add(KeyFile);
        root.Options.Add(Authorities);
        root.Options.Add(ClientCertificate);
        root.Options.Add(Json);
        root.Options.Add(Timeout);
    }

    private static void CheckTimeout(OptionResult result)
    {
        if (result.GetValueOrDefault<double>() is not (> 0 and <= LongestTimeout))
        {
            result.AddError($"--timeout: must be above 0 and at most {LongestTimeout} seconds.");
        }
    }

    private static Uri? Address(string source, string text, ArgumentResult result)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            return address;
        }

        result.AddError($"{source}: '{text}' is not an http or https address.");
        return null;
    }
}

using System.Reflection;
using Aggregation.Benchmarks.Echo;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Aggregation.Benchmarks.Serving;

/// <summary>The benchmark as its own child process: a server that stops when its standard input ends.</summary>
internal static class ServerCommand
{
    public const string Word = "serve";
    public const string EchoServer = "echo";
    public const string ProductServer = "product";

    /// <summary>Precedes the address in what both servers write once they listen.</summary>
    public const string Listening = "Listening: gRPC ";

    /// <param name="args"><see cref="Word"/>, which server, and the arguments of that server.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        using var meter = new ProcessMeter();
        meter.AnswerOnStandardInput();
        switch (args)
        {
            case [_, EchoServer]:
                await RunEchoAsync();
                return 0;
            case [_, ProductServer, .. var rest]:
                // The product's own program, unchanged: the same as starting it, with the same runtime settings as the echo.
                var program = Assembly.Load("Aggregation.Standalone").EntryPoint!;
                return program.Invoke(null, [rest]) as int? ?? 0;
            default:
                await Console.Error.WriteLineAsync($"serve: '{string.Join(' ', args)}' is not 'serve {EchoServer}' or 'serve {ProductServer} ...'");
                return 2;
        }
    }

    private static async Task RunEchoAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<EchoService>();
        await using var app = builder.Build();
        app.MapGrpcService<EchoService>();
        await app.StartAsync();
        Console.WriteLine(Listening + app.Urls.First());
        await app.WaitForShutdownAsync();
    }
}

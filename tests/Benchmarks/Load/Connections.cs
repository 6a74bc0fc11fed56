using Grpc.Net.Client;

namespace Aggregation.Benchmarks.Load;

/// <summary>The connections of the load's clients: the same number for every row, calls spread evenly.</summary>
internal sealed class Connections : IDisposable
{
    private const int Count = 4;
    private const int LargestMessage = 64 << 20;

    private readonly GrpcChannel[] _channels;

    public Connections(Uri server)
    {
        _channels = [.. Enumerable.Range(0, Count).Select(_ => Open(server))];
        Apart = Open(server);
    }

    /// <summary>For what is not the load: administration, and the probes that watch it.</summary>
    public GrpcChannel Apart { get; }

    /// <summary>One client per lane: <paramref name="client"/> of the lane's connection.</summary>
    public T[] Clients<T>(Func<GrpcChannel, T> client) => [.. _channels.Select(client)];

    public void Dispose()
    {
        foreach (var channel in _channels)
        {
            channel.Dispose();
        }

        Apart.Dispose();
    }

    private static GrpcChannel Open(Uri server) => GrpcChannel.ForAddress(server, new GrpcChannelOptions
    {
        MaxReceiveMessageSize = LargestMessage,
        MaxSendMessageSize = LargestMessage,
    });
}

using System.Net;
using System.Net.Sockets;

namespace Aggregation.Storage.Tests;

/// <summary>
/// Stands between a client and PostgreSQL and, when told, cuts the connection just when the server answers, or keeps from it that
/// a client has gone.
/// </summary>
internal sealed class AnswerCutter : IDisposable
{
    /// <summary>PostgreSQL's message protocol, version 3: X and its length.</summary>
    private static readonly byte[] Terminate = [(byte)'X', 0, 0, 0, 4];

    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource stop = new();
    private readonly int serverPort;
    private volatile bool cut;
    private volatile bool keepsSessions;

    /// <param name="serverPort">The server's.</param>
    /// <param name="listens">No: whoever connects is refused until <see cref="Listen"/>, and the port is nobody else's meanwhile.</param>
    public AnswerCutter(int serverPort, bool listens = true)
    {
        this.serverPort = serverPort;
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (listens)
        {
            Listen();
        }
    }

    public int Port => ((IPEndPoint)listener.LocalEndPoint!).Port;

    public void Listen()
    {
        listener.Listen();
        _ = Accept();
    }

    /// <summary>The server's next answer is lost, and with it the connection.</summary>
    public void CutNextAnswer() => cut = true;

    /// <summary>From now on the server hears of no session's end before the test's.</summary>
    public void KeepSessions() => keepsSessions = true;

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                _ = Relay(await listener.AcceptAsync(stop.Token));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task Relay(Socket client)
    {
        using var near = client;
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, serverPort, stop.Token);
            await Task.WhenAny(Copy(near, far, answers: false), Copy(far, near, answers: true));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException)
        {
            // One side is gone; so is the other now.
        }
    }

    private async Task Copy(Socket from, Socket to, bool answers)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer, stop.Token) is var length and > 0)
        {
            if (answers && cut)
            {
                cut = false;
                return;
            }

            if (!answers && keepsSessions && buffer.AsSpan(0, length).SequenceEqual(Terminate))
            {
                await Task.Delay(Timeout.Infinite, stop.Token);
            }

            for (var sent = 0; sent < length;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, length - sent), stop.Token);
            }
        }
    }
}

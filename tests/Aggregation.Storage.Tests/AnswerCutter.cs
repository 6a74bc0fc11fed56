using System.Net;
using System.Net.Sockets;

namespace Aggregation.Storage.Tests;

/// <summary>Stands between a client and a server and, when told, cuts the connection just when the server answers.</summary>
internal sealed class AnswerCutter : IDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource stop = new();
    private readonly int serverPort;
    private volatile bool cut;

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

            for (var sent = 0; sent < length;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, length - sent), stop.Token);
            }
        }
    }
}

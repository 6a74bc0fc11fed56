using System.Net;
using System.Net.Sockets;

namespace Aggregation.Faults.Databases;

/// <summary>Stands between a server and its database: passes bytes on, late or not at all.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private const int BufferBytes = 16 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly HashSet<TcpClient> _open = [];
    private readonly int _port;
    private readonly Task _accepting;
    private long _delayTicks;
    private long _left = long.MaxValue;
    private TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="port">The database's, on loopback.</param>
    public TcpProxy(int port)
    {
        _port = port;
        _listener.Start();
        _accepting = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How long every piece is held back on its way.</summary>
    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _delayTicks));
        set => Interlocked.Exchange(ref _delayTicks, value.Ticks);
    }

    /// <summary>Breaks every connection once so many more bytes have passed, in whichever direction, wherever that is in a message.</summary>
    public async Task CutAfterAsync(int bytes)
    {
        Task cut;
        lock (_lock)
        {
            _left = bytes;
            cut = _cut.Task;
        }

        await cut.WaitAsync(Patience.Step);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Abort();
        await _accepting;
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var database = new TcpClient { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            try
            {
                await database.ConnectAsync(IPAddress.Loopback, _port, _stop.Token);
                lock (_lock)
                {
                    _open.Add(client);
                    _open.Add(database);
                }

                // Either side's end is the other's: nothing is sent on a connection that is half closed.
                await Task.WhenAny(PassAsync(client, database), PassAsync(database, client));
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException)
            {
                // The database is down: to the server this looks the same.
            }
            finally
            {
                lock (_lock)
                {
                    _open.Remove(client);
                    _open.Remove(database);
                }
            }
        }
    }

    private async Task PassAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            for (int count; (count = await from.Client.ReceiveAsync(buffer, _stop.Token)) > 0;)
            {
                var (passed, isCut) = Take(count);
                try
                {
                    if (Delay is var delay && delay > TimeSpan.Zero)
                    {
                        await Task.Delay(delay, _stop.Token);
                    }

                    await to.Client.SendAsync(buffer.AsMemory(0, passed), _stop.Token);
                }
                finally
                {
                    // Also where this connection had just ended by itself: the cut is waited for.
                    if (isCut)
                    {
                        Abort();
                    }
                }

                if (isCut)
                {
                    return;
                }
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Broken by one of the ends, or by a cut.
        }
    }

    private (int Passed, bool IsCut) Take(int count)
    {
        lock (_lock)
        {
            if (count < _left)
            {
                _left = _left == long.MaxValue ? _left : _left - count;
                return (count, false);
            }

            var passed = (int)_left;
            _left = long.MaxValue;
            return (passed, true);
        }
    }

    /// <summary>Resets every connection, as a network does that has lost its memory of them.</summary>
    private void Abort()
    {
        lock (_lock)
        {
            foreach (var end in _open)
            {
                end.LingerState = new LingerOption(enable: true, seconds: 0);
                end.Close();
            }

            _open.Clear();
            _cut.TrySetResult();
            _cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}

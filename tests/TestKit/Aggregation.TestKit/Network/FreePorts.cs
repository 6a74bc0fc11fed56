using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Aggregation.TestKit.Network;

/// <summary>Ports that nobody had a moment ago, for programs that cannot be asked to find one themselves.</summary>
public static class FreePorts
{
    /// <summary>The system may hand one out again before it is listened at; this process does not.</summary>
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    public static int One()
    {
        while (true)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
            if (Given.TryAdd(port, true))
            {
                return port;
            }
        }
    }

    public static (int First, int Second) Two() => (One(), One());
}

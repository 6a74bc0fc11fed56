using System.Net;
using System.Net.Sockets;

namespace Aggregation.TestKit.Network;

/// <summary>For programs that cannot be asked to find ports themselves.</summary>
public static class FreePorts
{
    /// <summary>Two ports that nobody had a moment ago.</summary>
    public static (int First, int Second) Two()
    {
        using var first = Bind();
        using var second = Bind();
        return (PortOf(first), PortOf(second));
    }

    private static Socket Bind()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;
}

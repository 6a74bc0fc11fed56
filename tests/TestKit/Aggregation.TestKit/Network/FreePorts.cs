using System.Net;
using System.Net.Sockets;

namespace Aggregation.TestKit.Network;

/// <summary>
/// Ports that nobody had a moment ago, for programs that cannot be asked to find one themselves. They are below those that
/// Linux hands out by itself, so that no connection and no listener of another test gets one before its program does, and
/// processes that run side by side take theirs from different places.
/// </summary>
public static class FreePorts
{
    private const int Lowest = 21_000;
    private const int PerProcess = 64;
    private const int Processes = 140;

    private static int _given;

    public static int One()
    {
        while (true)
        {
            var place = (Environment.ProcessId % Processes * PerProcess) + Interlocked.Increment(ref _given);
            var port = Lowest + (place % (Processes * PerProcess));
            if (IsFree(port))
            {
                return port;
            }
        }
    }

    public static (int First, int Second) Two() => (One(), One());

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
    }
}

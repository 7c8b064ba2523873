using System.Net.NetworkInformation;

namespace Orchestrator.Lab.Servers;

/// <summary>
/// A block of 60 TCP ports that no other lab on this machine uses: the file <c>orchestrator-lab-PORT.lock</c> in the temporary
/// folder is held open for as long as the block is in use.
/// </summary>
internal sealed class PortBlock : IDisposable
{
    // The kernel hands out ports from 32768 up by itself; a lab started by hand uses 21000.
    private const int First = 22000;
    private const int Last = 32000;
    private const int Size = 60;

    private readonly FileStream _lock;

    private PortBlock(int port, FileStream @lock)
    {
        Port = port;
        _lock = @lock;
    }

    /// <summary>The first port of the block.</summary>
    public int Port { get; }

    public static PortBlock Take()
    {
        // A lab whose test was killed leaves servers behind, without its lock; a new one must not mistake them for its own.
        HashSet<int> taken = [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port)];
        for (int port = First; port + Size <= Last; port += Size)
        {
            if (Enumerable.Range(port, Size).Any(taken.Contains))
            {
                continue;
            }

            if (TryHold(port) is { } block)
            {
                return block;
            }
        }

        throw new InvalidOperationException($"All blocks of {Size} ports from {First} to {Last} are in use by other labs.");
    }

    /// <summary>The block that begins with a port.</summary>
    /// <exception cref="InvalidOperationException">Another lab holds it, or something listens in it.</exception>
    public static PortBlock At(int port)
    {
        int? listener = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Select(each => (int?)each.Port).Where(each => each >= port && each < port + Size).Min();
        return listener is not null
            ? throw new InvalidOperationException($"Of the {Size} ports from {port} on, {listener} is in use.")
            : TryHold(port) ?? throw new InvalidOperationException($"Another lab holds the {Size} ports from {port} on.");
    }

    private static PortBlock? TryHold(int port)
    {
        string path = Path.Combine(Path.GetTempPath(), $"orchestrator-lab-{port}.lock");
        try
        {
            return new PortBlock(port,
                new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => _lock.Dispose();
}

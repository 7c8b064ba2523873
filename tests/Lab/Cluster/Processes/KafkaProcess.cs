using System.Diagnostics;
using System.Globalization;

namespace Orchestrator.Lab.Cluster.Processes;

/// <summary>
/// One running Kafka process. It is a session of its own and writes to a file, so it outlives the node agent; its process id is in the
/// lab's <c>run/NAME.pid</c>, so that a later agent finds it and <c>lab down</c> ends it.
/// </summary>
internal sealed class KafkaProcess : IDisposable
{
    private readonly Process? _child;
    private readonly string _pidFile;

    private KafkaProcess(int id, Process? child, string pidFile)
    {
        Id = id;
        _child = child;
        _pidFile = pidFile;
    }

    /// <summary>The process id.</summary>
    public int Id { get; }

    /// <summary>Whether it ended.</summary>
    public bool HasExited => _child is null ? !IsRunning(Id) : _child.HasExited;

    /// <summary>Its exit code; null while it runs, and where another agent started it.</summary>
    public int? ExitCode => _child is { HasExited: true } ? _child.ExitCode : null;

    /// <summary>Starts the command with its output appended to a file.</summary>
    public static KafkaProcess Start(string pidFile, string logFile, IReadOnlyList<string> command)
    {
        // setsid keeps the process id, as does exec; a signal to the terminal's group does not reach the new session.
        ProcessStartInfo start = new("setsid", ["sh", "-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", logFile, .. command]);
        Process child = Process.Start(start)!;
        File.WriteAllText(pidFile, child.Id.ToString(CultureInfo.InvariantCulture));
        return new(child.Id, child, pidFile);
    }

    /// <summary>The process that an earlier agent started with this argument; null where it does not run any more.</summary>
    public static KafkaProcess? Adopt(string pidFile, string argument)
    {
        if (!File.Exists(pidFile) || !int.TryParse(File.ReadAllText(pidFile), CultureInfo.InvariantCulture, out int id) || !IsRunning(id))
        {
            return null;
        }

        // A process id is used again; the arguments tell whose it is.
        return File.ReadAllText($"/proc/{id}/cmdline").Contains(argument, StringComparison.Ordinal) ? new(id, child: null, pidFile) : null;
    }

    /// <summary>Sends a signal; a process that ended already is no error.</summary>
    public void Send(int signal)
    {
        if (IsRunning(Id))
        {
            Signal.Send(Id, signal);
        }
    }

    /// <summary>Removes the file of the process id: the process has ended, nobody is to look for it.</summary>
    public void Forget() => File.Delete(_pidFile);

    /// <summary>Lets go of the process, which runs on.</summary>
    public void Dispose() => _child?.Dispose();

    private static bool IsRunning(int id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..][0] is not 'Z' and not 'X';
        }
        catch (IOException)
        {
            return false;
        }
    }
}

using System.Runtime.InteropServices;

namespace Orchestrator.Lab.Cluster.Processes;

/// <summary>Signals that a node sends to the processes of its pods.</summary>
internal static partial class Signal
{
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>Sends the signal; false where no such process exists any more.</summary>
    public static bool Send(int processId, int signal) => SendSignal(processId, signal) == 0;

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);
}

namespace Orchestrator.Lab.Servers;

/// <summary>What a test can do to the lab's servers and to the ways between them. Processes are named as in <c>lab status</c>.</summary>
public sealed class LabFaults
{
    // What `lab up` calls the group that a process belongs to.
    private static readonly Dictionary<string, string> Groups = new()
    {
        ["etcd"] = "kube",
        ["kube-apiserver"] = "kube",
        ["kube-controller-manager"] = "kube",
        ["kube-scheduler"] = "kube",
        ["kwok"] = "kube",
    };

    private readonly LabServers _lab;

    internal LabFaults(LabServers lab) => _lab = lab;

    /// <summary>Ends a process with SIGTERM.</summary>
    public Task StopAsync(string process) => _lab.DownAsync(process);

    /// <summary>Ends a process with SIGKILL.</summary>
    public Task KillAsync(string process) => _lab.KillAsync(process);

    /// <summary>Starts a process that was stopped or killed, on the state that it left, and waits until it serves.</summary>
    public Task StartAsync(string process) => process.StartsWith("kafka-", StringComparison.Ordinal)
        ? _lab.RunAsync("kafka", "start", process["kafka-".Length..])
        : _lab.UpAsync(Groups.GetValueOrDefault(process, process));

    /// <summary>Ends a process with SIGKILL and starts it again.</summary>
    public async Task RestartAsync(string process)
    {
        await KillAsync(process);
        await StartAsync(process);
    }

    /// <summary>Makes a way to a server at <c>host:port</c> that can be cut, delayed and reset; needs <c>toxiproxy</c>.</summary>
    public Task<FaultyWire> WireAsync(string upstream, CancellationToken cancellationToken) =>
        FaultyWire.StartAsync(_lab, upstream, cancellationToken);
}

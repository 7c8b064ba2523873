using System.Diagnostics;
using System.Globalization;

namespace Orchestrator.Lab.Servers;

/// <summary>
/// Real servers on the loopback address, with ports and state of their own: Temporal, Kubernetes, Kafka, Connect, toxiproxy.
/// Disposing stops them and removes their state.
/// </summary>
public sealed class LabServers : IAsyncDisposable
{
    private readonly PortBlock _ports;
    private readonly Dictionary<string, string> _environment;

    private LabServers(PortBlock ports, string dataFolder)
    {
        _ports = ports;
        DataFolder = dataFolder;
        _environment = new() { ["LAB_DATA"] = dataFolder, ["LAB_PORT"] = $"{ports.Port}" };
        AppDomain.CurrentDomain.ProcessExit += StopAtExit;
    }

    /// <summary>The folder of the servers' state, process ids (<c>run/NAME.pid</c>) and logs (<c>log/NAME.log</c>).</summary>
    public string DataFolder { get; }

    /// <summary>The first of the lab's 60 ports; the lab's README says which server listens where.</summary>
    public int Port => _ports.Port;

    /// <summary>Address of Temporal's gRPC frontend, <c>host:port</c>.</summary>
    public string TemporalAddress => $"127.0.0.1:{Port}";

    /// <summary>Path of a kubeconfig with the contexts <c>lab</c> (system:masters) and <c>lab-viewer</c> (no rights).</summary>
    public string Kubeconfig => Path.Combine(DataFolder, "kubeconfig");

    /// <summary>Bootstrap servers of the lab's own three brokers.</summary>
    public string KafkaBootstrapServers => $"127.0.0.1:{Port + 30},127.0.0.1:{Port + 31},127.0.0.1:{Port + 32}";

    /// <summary>Base address of toxiproxy's API.</summary>
    public Uri Toxiproxy => new($"http://127.0.0.1:{Port + 17}");

    /// <summary>What can be done to the servers and the ways between them.</summary>
    public LabFaults Faults => new(this);

    /// <summary>What the script <c>lab</c> is called with, and what its <c>env</c> says of the servers that run.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentVariables => _environment;

    /// <summary>
    /// Starts the named servers: <c>temporal</c>, <c>kube</c>, <c>kafka</c>, <c>connect</c>, <c>toxiproxy</c>, <c>testserver</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no lab here, or a server did not start; the text holds what the script
    /// said.</exception>
    public static Task<LabServers> StartAsync(params string[] servers) => StartAsync(new Dictionary<string, string>(), servers);

    /// <summary>
    /// Starts the named servers with further variables of the script, such as <c>KAFKA_VERSION</c> or <c>TEMPORAL_ARGS</c>.
    /// <c>LAB_PORT</c> is the first of the ports, <c>LAB_DATA</c> the folder, which is removed at the end. Default: free ports from 22000
    /// on, and a new folder among the temporary files.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no lab here, the ports or the folder are in use, or a server did not start; the
    /// text holds what the script said.</exception>
    public static async Task<LabServers> StartAsync(IReadOnlyDictionary<string, string> variables, params string[] servers)
    {
        string folder = variables.TryGetValue("LAB_DATA", out string? wanted)
            ? NewFolder(Path.GetFullPath(wanted))
            : Directory.CreateTempSubdirectory("orchestrator-lab-").FullName;
        PortBlock ports = variables.TryGetValue("LAB_PORT", out string? first)
            ? PortBlock.At(int.Parse(first, CultureInfo.InvariantCulture))
            : PortBlock.Take();
        LabServers lab = new(ports, folder);
        foreach ((string name, string value) in variables.Where(variable => !lab._environment.ContainsKey(variable.Key)))
        {
            lab._environment[name] = value;
        }

        try
        {
            await lab.UpAsync(servers);
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the named servers, or starts them again on the state that they left.</summary>
    public async Task UpAsync(params string[] servers)
    {
        await RunAsync(["up", .. servers]);
        foreach (string line in (await RunAsync("env")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // "export A=1 B=2   # comment"
            foreach (string assignment in line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1))
            {
                string[] parts = assignment.Split('=', 2);
                _environment[parts[0]] = parts[1]
                    .Replace(":$PATH", $":{Environment.GetEnvironmentVariable("PATH")}", StringComparison.Ordinal);
            }
        }
    }

    /// <summary>
    /// Ends one process with SIGKILL, such as <c>temporal</c> or <c>kube-apiserver</c>; <see cref="UpAsync"/> starts it again.
    /// </summary>
    public Task KillAsync(string process) => RunAsync("kill", process);

    /// <summary>Stops the named processes in order, as <c>lab down NAME</c> does.</summary>
    public Task DownAsync(params string[] processes) => RunAsync(["down", .. processes]);

    /// <summary>Runs the script <c>lab</c> with these arguments and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">The script ended with an error; the text holds what it said.</exception>
    public Task<string> RunAsync(params string[] arguments) => RunAsync(_environment, arguments);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= StopAtExit;
        await RunAsync("down");
        Directory.Delete(DataFolder, recursive: true);
        _ports.Dispose();
    }

    private static async Task<string> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        string folder = LabTools.Folder ?? throw new InvalidOperationException(LabTools.MissingReason);
        ProcessStartInfo start = new(Path.Combine(folder, "lab"), arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"lab {string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors}");
    }

    private static string NewFolder(string folder) => Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()
        ? throw new InvalidOperationException($"The folder {folder} is not empty.")
        : Directory.CreateDirectory(folder).FullName;

    private void StopAtExit(object? sender, EventArgs e) => RunAsync(_environment, "down").GetAwaiter().GetResult();
}

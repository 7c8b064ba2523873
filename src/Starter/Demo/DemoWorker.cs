using System.Diagnostics;
using Orchestrator.Starter.Exits;

namespace Orchestrator.Starter.Demo;

/// <summary>The worker of a demo: a process of its own, so that it can be killed in earnest.</summary>
internal sealed class DemoWorker : IDisposable
{
    private const string Program = "orchestrator-worker";

    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly string _folder;
    private readonly Lock _gate = new();
    private Process? _process;
    private StreamWriter? _log;
    private int _started;

    /// <summary>Starts no process yet.</summary>
    /// <param name="environment">What it finds its servers by.</param>
    /// <param name="folder">Where it keeps evidence and its logs.</param>
    public DemoWorker(IReadOnlyDictionary<string, string> environment, string folder)
    {
        _environment = environment;
        _folder = folder;
    }

    /// <summary>The folder of the evidence.</summary>
    public string Evidence => Path.Combine(_folder, "evidence");

    /// <summary>Starts a process.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="SopException">The program is not beside this one.</exception>
    public int Start()
    {
        string path = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? $"{Program}.exe" : Program);
        if (!File.Exists(path))
        {
            throw new SopException(ExitCode.Failed, $"{path} does not exist; in a checkout, ./sop builds it.");
        }

        ProcessStartInfo start = new(path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        };
        foreach ((string name, string value) in _environment)
        {
            start.Environment[name] = value;
        }

        // Any free port, so that two demos and a worker of one's own go beside each other.
        start.Environment["ORCHESTRATOR__HEALTH__PORT"] = "0";
        start.Environment["ORCHESTRATOR__EVIDENCE__FOLDER"] = Evidence;
        _log = File.CreateText(Path.Combine(_folder, $"worker-{++_started}.log"));
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Write(line.Data);
        _process.ErrorDataReceived += (_, line) => Write(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        return _process.Id;
    }

    /// <summary>Kills it, as <c>kill -9</c> does: it is told nothing and can finish nothing.</summary>
    /// <returns>The id that it had.</returns>
    public int Kill()
    {
        int id = _process!.Id;
        Dispose();
        return id;
    }

    /// <summary>Ends it at once, where there is one.</summary>
    public void Dispose()
    {
        _process?.Kill(entireProcessTree: true);
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
        lock (_gate)
        {
            _log?.Dispose();
            _log = null;
        }
    }

    private void Write(string? line)
    {
        lock (_gate)
        {
            if (line is not null)
            {
                _log?.WriteLine(line);
                _log?.Flush();
            }
        }
    }
}

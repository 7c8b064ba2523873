using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Orchestrator.Activities.Tests.Alerts.Contract;

/// <summary>A real Alertmanager with a single route, on a free port and a folder of its own.</summary>
public sealed class RealAlertmanager : IAsyncLifetime, IDisposable
{
    private Process? _process;
    private DirectoryInfo? _folder;

    /// <summary>The program; null where there is none.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "prometheus-alertmanager")).FirstOrDefault(File.Exists);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (Program is null)
        {
            return;
        }

        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        Address = new($"http://127.0.0.1:{port}/");
        _folder = Directory.CreateTempSubdirectory("orchestrator-alertmanager-");
        string configuration = Path.Combine(_folder.FullName, "alertmanager.yml");
        await File.WriteAllTextAsync(configuration, "route:\n  receiver: none\nreceivers:\n- name: none\n");
        _process = Process.Start(new ProcessStartInfo(
            Program,
            [
                $"--config.file={configuration}", $"--storage.path={_folder.FullName}", $"--web.listen-address=127.0.0.1:{port}",
                "--cluster.listen-address=",
            ])
        {
            RedirectStandardError = true,
        })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        await ReadyAsync();
    }

    public Task DisposeAsync()
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process?.Dispose();
        _process = null;
        if (_folder is { Exists: true })
        {
            _folder.Delete(recursive: true);
            _folder = null;
        }
    }

    private async Task ReadyAsync()
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        using HttpClient http = new();
        using PeriodicTimer look = new(TimeSpan.FromMilliseconds(100));
        while (await look.WaitForNextTickAsync(limit.Token))
        {
            try
            {
                using HttpResponseMessage response = await http.GetAsync(new Uri(Address, "-/ready"), limit.Token);
                return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Orchestrator.Lab.Servers;

/// <summary>
/// A real PostgreSQL, as Debian's package brings it, on a free port and a folder of its own. Its superuser is <c>owner</c>, and it takes
/// anybody at their word.
/// </summary>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    private const string Owner = "owner";
    private const string Account = "postgres";
    private DirectoryInfo? _folder;
    private int _port;

    /// <summary>The folder of its programs; null where there is none.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal)
            .Select(version => Path.Combine(version, "bin")).LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    private string Data => Path.Combine(_folder!.FullName, "data");

    /// <summary>How an account reaches a database.</summary>
    /// <param name="database">The database.</param>
    /// <param name="account">The account. Default: the superuser.</param>
    public string ConnectionString(string database, string account = Owner) =>
        $"Host=127.0.0.1;Port={_port};Database={database};Username={account};Timeout=5;Command Timeout=10";

    /// <inheritdoc/>
    public Task InitializeAsync()
    {
        if (Programs is null)
        {
            return Task.CompletedTask;
        }

        using (TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            _port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        _folder = Directory.CreateTempSubdirectory("orchestrator-postgresql-");
        if (Environment.IsPrivilegedProcess)
        {
            // It refuses to run as root.
            Run("chown", Account, _folder.FullName);
        }

        Run("initdb", "-D", Data, "-U", Owner, "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C");
        Start();
        return Task.CompletedTask;
    }

    /// <summary>Starts it again.</summary>
    public void Start() => Run(
        "pg_ctl", "-D", Data, "-w", "-l", Path.Combine(_folder!.FullName, "log"),
        "-o", $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder.FullName} -c fsync=off", "start");

    /// <summary>Cuts off all who are connected, and stops it.</summary>
    public void Stop() => Run("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        if (_folder is null)
        {
            return Task.CompletedTask;
        }

        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            Stop();
        }

        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    private static void Run(string program, params string[] arguments)
    {
        string path = program == "chown" ? program : Path.Combine(Programs!, program);
        ProcessStartInfo start = Environment.IsPrivilegedProcess && program != "chown"
            ? new("runuser", ["-u", Account, "--", path, .. arguments])
            : new(path, arguments);

        // What it starts would keep a pipe of ours open; the log says what went wrong.
        start.WorkingDirectory = Path.GetTempPath();
        start.RedirectStandardOutput = program != "pg_ctl";
        start.RedirectStandardError = program != "pg_ctl";
        using Process process = Process.Start(start)!;
        string said = program == "pg_ctl" ? "" : process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {said}");
        }
    }
}

/// <summary>A test on a real PostgreSQL; skipped by name where the machine has none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgreSqlFactAttribute : FactAttribute
{
    /// <summary>Marks the test, and skips it where there is none.</summary>
    public PostgreSqlFactAttribute()
    {
        if (PostgreSqlServer.Programs is null)
        {
            Skip = "There is no PostgreSQL here: Debian's package 'postgresql' brings it.";
        }
    }
}

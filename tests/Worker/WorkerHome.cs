using System.Net;
using System.Net.Sockets;
using Orchestrator.Lab.Servers.Programs;

namespace Orchestrator.Worker.Tests;

/// <summary>A home folder of its own for a worker: its kubeconfig is the one there, and none of the user's.</summary>
internal sealed class WorkerHome : IDisposable
{
    private const string ClusterThatDoesNotAnswer =
        """
        apiVersion: v1
        kind: Config
        clusters: [{ name: lab, cluster: { server: "https://127.0.0.1:1" } }]
        contexts: [{ name: lab, context: { cluster: lab } }]
        current-context: lab
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("orchestrator-worker-");

    public WorkerHome(bool withKubeconfig = true)
    {
        if (withKubeconfig)
        {
            File.WriteAllText(Kubeconfig, ClusterThatDoesNotAnswer);
        }
    }

    /// <summary>Path of the kubeconfig: one context <c>lab</c>, of a cluster that does not answer.</summary>
    public string Kubeconfig => Path.Combine(_folder.FullName, "kubeconfig");

    /// <summary>A port that nothing listens on.</summary>
    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts a worker here.</summary>
    public ProgramProcess Start(params (string Name, string Value)[] variables)
    {
        Dictionary<string, string> environment = new() { ["HOME"] = _folder.FullName, ["KUBECONFIG"] = Kubeconfig };
        foreach ((string name, string value) in variables)
        {
            environment[name] = value;
        }

        return ProgramProcess.StartWorker(environment);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

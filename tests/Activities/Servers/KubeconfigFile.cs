namespace Orchestrator.Activities.Tests;

/// <summary>A kubeconfig of its own folder, with one context for each name; they differ by nothing else.</summary>
public sealed class KubeconfigFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orchestrator-kubeconfig-").FullName;
    private readonly string[] _contexts;

    public KubeconfigFile(params string[] contexts)
    {
        _contexts = contexts;
        Write("token: t");
    }

    public string Path => System.IO.Path.Combine(_folder, "config");

    /// <summary>Writes it with this user.</summary>
    public void Write(string user, string server = "https://127.0.0.1:9")
    {
        string contexts = string.Join(
            ", ",
            _contexts.Select(name => $$"""{name: {{name}}, context: {cluster: c, user: u, namespace: {{name}}-space} }"""));
        File.WriteAllText(Path, $$"""
            contexts: [{{contexts}}]
            clusters: [{name: c, cluster: {server: "{{server}}"} }]
            users: [{name: u, user: { {{user}} } }]
            """);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

namespace Orchestrator.Kubernetes;

/// <summary>The service account of the pod that this process runs in.</summary>
internal static class InClusterConfig
{
    private const string Folder = "/var/run/secrets/kubernetes.io/serviceaccount";

    public static bool IsAvailable => Host is { Length: > 0 } && Port is { Length: > 0 };

    private static string? Host => Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST");

    private static string? Port => Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT");

    public static KubernetesClientOptions Load()
    {
        try
        {
            string @namespace = Path.Combine(Folder, "namespace");
            return new KubernetesClientOptions
            {
                Server = new UriBuilder("https", Host, int.Parse(Port!)).Uri,
                CertificateAuthority = File.ReadAllText(Path.Combine(Folder, "ca.crt")),
                TokenFile = Path.Combine(Folder, "token"),
                Namespace = File.Exists(@namespace) ? File.ReadAllText(@namespace).Trim() : "default",
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubeconfigException($"This is a pod of a cluster, but its service account cannot be read: {e.Message}", e);
        }
    }
}

namespace Orchestrator.Kubernetes;

/// <summary>The service account of the pod that this process runs in.</summary>
/// <param name="Host">Address of the API server; null or empty outside of a pod.</param>
/// <param name="Port">Its port.</param>
/// <param name="Folder">Where the service account is mounted.</param>
internal sealed record InClusterConfig(string? Host, string? Port, string Folder)
{
    public static InClusterConfig OfThisProcess { get; } = new(
        Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST"),
        Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_PORT"),
        "/var/run/secrets/kubernetes.io/serviceaccount");

    public bool IsAvailable => !string.IsNullOrEmpty(Host) && !string.IsNullOrEmpty(Port);

    /// <exception cref="KubeconfigException">The service account cannot be read.</exception>
    public ClusterConnection Load()
    {
        try
        {
            string token = Path.Combine(Folder, "token");
            using (File.OpenRead(token))
            {
                // It is read with every call; that it is missing is better told now.
            }

            return new ClusterConnection
            {
                Server = new UriBuilder("https", Host, int.Parse(Port!)).Uri,
                CertificateAuthority = File.ReadAllText(Path.Combine(Folder, "ca.crt")),
                TokenFile = token,
                Namespace = File.ReadAllText(Path.Combine(Folder, "namespace")).Trim(),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubeconfigException($"This is a pod of a cluster, but its service account cannot be read: {e.Message}", e);
        }
    }
}

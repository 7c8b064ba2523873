namespace Orchestrator.Kubernetes.Tests.Connection;

public sealed class InClusterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("serviceaccount-");

    [Theory]
    [InlineData("10.0.0.1", "https://10.0.0.1/")]
    [InlineData("fd00::1", "https://[fd00::1]/")]
    public void Load_ServiceAccountOfAPod_IsUsedWithItsTokenReadLater(string host, string server)
    {
        Write("token", "t");
        Write("ca.crt", "PEM");
        Write("namespace", "kafka\n");

        ClusterConnection options = new InClusterConfig(host, "443", _folder.FullName).Load();

        Assert.Equal((server, "PEM", "kafka"), (options.Server.ToString(), options.CertificateAuthority, options.Namespace));
        Assert.Equal((null, Path.Combine(_folder.FullName, "token")), (options.Token, options.TokenFile));
    }

    [Fact]
    public void Load_TokenThatIsNotMounted_SaysSo()
    {
        KubeconfigException e = Assert.Throws<KubeconfigException>(() => new InClusterConfig("10.0.0.1", "443", _folder.FullName).Load());

        Assert.StartsWith("This is a pod of a cluster, but its service account cannot be read: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_folder.FullName, "token"), e.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);
}

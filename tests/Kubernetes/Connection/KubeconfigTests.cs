namespace Orchestrator.Kubernetes.Tests.Connection;

public sealed class KubeconfigTests : IDisposable
{
    private const string One =
        """
        apiVersion: v1
        kind: Config
        current-context: one
        contexts: [{name: one, context: {cluster: here, user: me, namespace: kafka}}]
        clusters: [{name: here, cluster: {server: "https://here:6443", certificate-authority: ca.pem, tls-server-name: api}}]
        users: [{name: me, user: {token: first, tokenFile: secrets/token, as: someone, as-groups: [auditors]}}]
        """;

    private const string Two =
        """
        current-context: two
        contexts: [{name: one, context: {cluster: there}}, {name: two, context: {cluster: there, user: me}}]
        clusters: [{name: here, cluster: {server: "https://elsewhere"}}, {name: there, cluster: {server: "https://there/k8s/c1", insecure-skip-tls-verify: true}}]
        users: [{name: me, user: {token: second, client-key-data: bm8=}}]
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kubeconfig-");
    private readonly string? _before = Environment.GetEnvironmentVariable("KUBECONFIG");

    [Fact]
    public void Load_OneFile_ReadsTheCurrentContextWithPathsRelativeToTheFile()
    {
        Write("ca.pem", "PEM");

        KubernetesClientOptions options = Kubeconfig.Load(Write("one", One), null);

        Assert.Equal(new Uri("https://here:6443"), options.Server);
        Assert.Equal(("one", "kafka", "PEM", "api"), (options.Context, options.Namespace, options.CertificateAuthority, options.TlsServerName));
        Assert.Equal(("first", Path.Combine(_folder.FullName, "secrets", "token")), (options.Token, options.TokenFile));
        Assert.Equal(("someone", "auditors"), (options.ImpersonateUser, options.ImpersonateGroup));
    }

    [Fact]
    public void Load_TwoFilesOfTheVariable_FirstFileWinsWithEachEntryAsAWhole()
    {
        Write("ca.pem", "PEM");
        string missing = Path.Combine(_folder.FullName, "missing");
        Environment.SetEnvironmentVariable("KUBECONFIG", string.Join(Path.PathSeparator, missing, Write("one", One), Write("two", Two)));

        KubernetesClientOptions current = Kubeconfig.Load(null, null);
        KubernetesClientOptions two = Kubeconfig.Load(null, "two");

        Assert.Equal(("one", "https://here:6443/"), (current.Context, current.Server.ToString()));
        Assert.Equal(("https://there/k8s/c1", true, "first", null), (two.Server.ToString(), two.InsecureSkipTlsVerify, two.Token, two.ClientKey));
    }

    [Fact]
    public void Load_MissingFile_SaysSo()
    {
        string missing = Path.Combine(_folder.FullName, "missing");

        Assert.Equal($"kubeconfig {missing} does not exist.", Refused(() => Kubeconfig.Load(missing, null)));
    }

    [Fact]
    public void Load_NoFileAtAll_SaysWhereItLooked()
    {
        string missing = Path.Combine(_folder.FullName, "missing");
        Environment.SetEnvironmentVariable("KUBECONFIG", missing);

        Assert.Equal(
            $"No cluster is configured: {missing} has no cluster, and this is not a pod of a cluster.", Refused(() => Kubeconfig.Load(null, null)));
    }

    [Theory]
    [InlineData("three", "context 'three' is not in FILE: the contexts are one, two.")]
    [InlineData("one", "cluster 'there' of context 'one' is not in FILE: the clusters are here.")]
    [InlineData("two", "user 'nobody' of context 'two' is not in FILE: there are no users.")]
    [InlineData(null, "FILE sets no current-context, and none was asked for: the contexts are one, two.")]
    public void Load_EntryThatIsMissing_NamesItAndThoseThatAreThere(string? context, string sentence)
    {
        string file = Write(
            "file",
            """
            contexts: [{name: two, context: {cluster: here, user: nobody}}, {name: one, context: {cluster: there}}]
            clusters: [{name: here, cluster: {server: "https://here"}}]
            """);

        Assert.Equal(sentence.Replace("FILE", file, StringComparison.Ordinal), Refused(() => Kubeconfig.Load(file, context)));
    }

    [Theory]
    [InlineData("{server: here:6443}", "{}", "'here:6443' of cluster 'c' in FILE is not an address that begins with http, https.")]
    [InlineData("{}", "{}", "cluster 'c' in FILE has no server.")]
    [InlineData("{server: [1]}", "{}", "server of cluster 'c' in FILE has the wrong type: [1].")]
    [InlineData("{server: 'https://c', certificate-authority-data: '*'}", "{}", "certificate-authority-data of cluster 'c' in FILE is not base64.")]
    [InlineData("{server: 'https://c'}", "{as: me, as-groups: [a, b]}", "user 'u' in FILE acts with more than one group, which is not supported.")]
    [InlineData("{server: 'https://c'}", "{username: me, password: x}", "user 'u' in FILE authenticates by username, which is not supported.")]
    [InlineData("{server: 'https://c'}", "{auth-provider: {name: gcp}}", "user 'u' in FILE authenticates by auth-provider, which is not supported.")]
    public void Load_EntryThatCannotBeUsed_SaysWhatIsWrongWhere(string cluster, string user, string sentence)
    {
        string file = Write(
            "file",
            $$$"""
            current-context: x
            contexts: [{name: x, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: {{{cluster}}}}]
            users: [{name: u, user: {{{user}}}}]
            """);

        Assert.Equal(sentence.Replace("FILE", file, StringComparison.Ordinal), Refused(() => Kubeconfig.Load(file, null)));
    }

    [Fact]
    public void Load_NotYaml_SaysWhere()
    {
        string file = Write("file", "contexts: [{name: x");

        Assert.Matches($"^kubeconfig {file} is not YAML: line [0-9]+, column [0-9]+: .+", Refused(() => Kubeconfig.Load(file, null)));
    }

    [Fact]
    public void Client_AuthorityThatIsNoCertificate_SaysWhatIsExpected()
    {
        KubernetesClientOptions options = new() { Server = new Uri("https://here"), CertificateAuthority = "PEM" };

        Assert.Equal(
            "The certificate authority holds no certificate: PEM with BEGIN CERTIFICATE is expected.",
            Refused(() => new KubernetesClient(options, TimeProvider.System)));
    }

    [Fact]
    public void Options_AsText_HoldNoSecret()
    {
        KubernetesClientOptions options = new()
        {
            Server = new Uri("https://here"), Context = "prod", Token = "s3cret", ClientKey = "s3cret",
            Exec = new ExecCredentialOptions { Command = "login", Arguments = ["s3cret"] },
        };

        Assert.Equal("prod (https://here/), login", $"{options}, {options.Exec}");
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("KUBECONFIG", _before);
        _folder.Delete(recursive: true);
    }

    private static string Refused(Func<object> load) => Assert.Throws<KubeconfigException>(load).Message;

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}

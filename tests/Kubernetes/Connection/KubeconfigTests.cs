using k8s;

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
        clusters:
          - {name: here, cluster: {server: "https://elsewhere"}}
          - {name: there, cluster: {server: "https://there/k8s/c1", insecure-skip-tls-verify: true}}
        users: [{name: me, user: {token: second, client-key-data: bm8=}}]
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kubeconfig-");
    private readonly string? _before = Environment.GetEnvironmentVariable("KUBECONFIG");

    [Fact]
    public void Load_OneFile_ReadsTheCurrentContextWithPathsRelativeToTheFile()
    {
        Write("ca.pem", "PEM");

        ClusterConnection options = Kubeconfig.Load(Write("one", One), null);

        Assert.Equal(new Uri("https://here:6443"), options.Server);
        Assert.Equal(
            ("one", "kafka", "PEM", "api"), (options.Context, options.Namespace, options.CertificateAuthority, options.TlsServerName));
        Assert.Equal(("first", Path.Combine(_folder.FullName, "secrets", "token")), (options.Token, options.TokenFile));
        Assert.Equal(("someone", "auditors"), (options.ImpersonateUser, options.ImpersonateGroup));
    }

    [Fact]
    public void Load_TwoFilesOfTheVariable_FirstFileWinsWithEachEntryAsAWhole()
    {
        Write("ca.pem", "PEM");
        string missing = Path.Combine(_folder.FullName, "missing");
        Environment.SetEnvironmentVariable("KUBECONFIG", string.Join(Path.PathSeparator, missing, Write("one", One), Write("two", Two)));

        ClusterConnection current = Kubeconfig.Load(null, null);
        ClusterConnection two = Kubeconfig.Load(null, "two", mayBeInsecure: true);

        Assert.Equal(("one", "https://here:6443/"), (current.Context, current.Server.ToString()));
        Assert.Equal(
            ("https://there/k8s/c1", true, "first", null), (two.Server.ToString(), two.InsecureSkipTlsVerify, two.Token, two.ClientKey));
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
            $"No cluster is configured: {missing} has no cluster, and this is not a pod of a cluster.", Refused(
                () => Kubeconfig.Load(null, null)));
    }

    [Theory]
    [InlineData("three", "context 'three' is not in FILE: the contexts are one, two.")]
    [InlineData("one", "cluster 'there' of context 'one' is not in FILE: the clusters are here.")]
    [InlineData("two", "user 'nobody' of context 'two' is not in FILE: there are no users.")]
    [InlineData(null, "FILE sets no current-context, and no context was given: the contexts are one, two.")]
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
    [InlineData("{server: here:6443}", "{}", "server 'here:6443' of cluster 'c' in FILE is not an address that begins with http, https.")]
    [InlineData("{}", "{}", "cluster 'c' in FILE has no server.")]
    [InlineData("{server: [1]}", "{}", "server of cluster 'c' in FILE is a list, but must be text.")]
    [InlineData(
        "{server: 'https://c', certificate-authority-data: '*'}",
        "{}",
        "certificate-authority-data of cluster 'c' in FILE is not base64.")]
    [InlineData(
        "{server: 'https://c'}",
        "{as: me, as-groups: [a, b]}",
        "user 'u' in FILE has more than one entry in as-groups, which is not supported.")]
    [InlineData(
        "{server: 'https://c'}",
        "{as: me, as-user-extra: {k: [v]}}",
        "user 'u' in FILE has as-user-extra, which is not supported.")]
    [InlineData(
        "{server: 'https://c'}",
        "{as-groups: [a]}",
        "user 'u' in FILE has as-groups but no as.")]
    [InlineData(
        "{server: 'https://c'}",
        "{as-uid: a}",
        "user 'u' in FILE has as-uid but no as.")]
    [InlineData(
        "{server: 'https://c'}",
        "{username: me, password: x}",
        "user 'u' in FILE authenticates with username, which is not supported.")]
    [InlineData(
        "{server: 'https://c'}",
        "{auth-provider: {name: gcp}}",
        "user 'u' in FILE authenticates with auth-provider, which is not supported.")]
    [InlineData(
        "{server: 'https://c'}",
        "{token: 8675309}",
        "token of user 'u' in FILE is a number, but must be text: put it in quotes.")]
    [InlineData(
        "{server: 'https://c'}",
        "{token: s3cret, client-certificate-data: 's3cret*'}",
        "client-certificate-data of user 'u' in FILE is not base64.")]
    [InlineData(
        "{server: 'https://c'}",
        "{client-certificate-data: Yg==}",
        "user 'u' in FILE has a client-certificate but no client-key.")]
    [InlineData(
        "{server: 'https://c'}",
        "{client-certificate: missing, client-key-data: Yg==}",
        "client-certificate of user 'u' in FILE cannot be read: Could not find file 'FOLDER/missing'.")]
    [InlineData(
        "{server: 'https://c'}",
        "{exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never}}",
        "exec of user 'u' in FILE names no command.")]
    [InlineData(
        "{server: 'https://c'}",
        "{exec: {command: a, interactiveMode: Never}}",
        "exec of user 'u' in FILE names no apiVersion: client.authentication.k8s.io/v1 and client.authentication.k8s.io/v1beta1 are.")]
    [InlineData(
        "{server: 'https://c'}",
        "{exec: {command: a, apiVersion: client.authentication.k8s.io/v1alpha1}}",
        "exec of user 'u' in FILE has the apiVersion client.authentication.k8s.io/v1alpha1, which is not supported: "
        + "client.authentication.k8s.io/v1 and client.authentication.k8s.io/v1beta1 are.")]
    [InlineData(
        "{server: 'https://c'}",
        "{exec: {command: a, apiVersion: client.authentication.k8s.io/v1}}",
        "exec of user 'u' in FILE has no interactiveMode, which client.authentication.k8s.io/v1 needs.")]
    [InlineData(
        "{server: 'https://c'}",
        "{exec: {command: a, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Always}}",
        "exec of user 'u' in FILE needs a terminal (interactiveMode: Always), but there is none.")]
    [InlineData(
        "{server: 'https://c'}",
        "{exec: {command: a, apiVersion: client.authentication.k8s.io/v1beta1, env: [{value: a}]}}",
        "env of exec of user 'u' in FILE has an entry without a name.")]
    [InlineData(
        "{server: 'https://c'}",
        "{exec: {command: a, apiVersion: client.authentication.k8s.io/v1beta1, env: [{name: N, value: 8675309}]}}",
        "value of env of exec of user 'u' in FILE is a number, but must be text: put it in quotes.")]
    [InlineData(
        "{server: 'https://c'}",
        "{exec: {command: a, apiVersion: client.authentication.k8s.io/v1beta1, args: [a, 8675309]}}",
        "args of exec of user 'u' in FILE is a number, but must be text: put it in quotes.")]
    [InlineData(
        "{server: 'https://c'}",
        "{exec: {command: a, apiVersion: client.authentication.k8s.io/v1beta1, args: [true]}}",
        "args of exec of user 'u' in FILE is true or false, but must be text: put it in quotes.")]
    [InlineData(
        "{server: 'https://c', insecure-skip-tls-verify: true}",
        "{token: t}",
        "cluster 'c' in FILE has insecure-skip-tls-verify, allowed only in profile laptop.")]
    [InlineData(
        "{server: 'https://c', insecure-skip-tls-verify: 'true'}",
        "{token: t}",
        "insecure-skip-tls-verify of cluster 'c' in FILE is text, but must be true or false.")]
    [InlineData(
        "{server: 'https://c', proxy-url: 'ftp://p'}",
        "{token: t}",
        "proxy-url 'ftp://p' of cluster 'c' in FILE is not an address that begins with http, https, socks5.")]
    [InlineData(
        "{server: 'https://c', proxy-url: 'ftp://me:s3cret@p'}",
        "{token: t}",
        "proxy-url of cluster 'c' in FILE is not an address that begins with http, https, socks5.")]
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

        string refused = Refused(() => Kubeconfig.Load(file, null));

        Assert.Equal(
            sentence.Replace("FILE", file, StringComparison.Ordinal).Replace(
                "FOLDER", _folder.FullName, StringComparison.Ordinal), refused);
        Assert.DoesNotContain("s3cret", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("8675309", refused, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("users: [{name: x, user: {token: s3cret")]
    [InlineData("token: *s3cret")]
    [InlineData("{s3cret: 1, s3cret: 2}")]
    public void Load_NotYaml_SaysWhereAndNotWhat(string text)
    {
        string file = Write("file", text);

        string refused = Refused(() => Kubeconfig.Load(file, null));

        Assert.Matches($"^kubeconfig {file} is not YAML with a mapping at the top level: line [0-9]+, column [0-9]+\\.$", refused);
    }

    [Theory]
    [InlineData("- a", "kubeconfig FILE is not YAML with a mapping at the top level.")]
    [InlineData("contexts: {a: b}", "contexts of kubeconfig FILE is a mapping, but must be a list.")]
    [InlineData(
        "users: [{name: 7, user: {token: s3cret}}]",
        "name of an entry of users in FILE is a number, but must be text: put it in quotes.")]
    [InlineData("users: [{user: {token: s3cret}}]", "kubeconfig FILE has an entry of users without a name.")]
    [InlineData("users: [{name: u, user: s3cret}]", "user of an entry of users in FILE is text, but must be a mapping.")]
    [InlineData("users: [{name: u, user: {token: s3cret}}, {name: u}]", "kubeconfig FILE has two users named 'u'.")]
    [InlineData("contexts: [{name: a}, {name: a}]", "kubeconfig FILE has two contexts named 'a'.")]
    public void Load_FileOfAnotherShape_NamesTheFieldAndNoValue(string text, string sentence)
    {
        string file = Write("file", text);

        Assert.Equal(sentence.Replace("FILE", file, StringComparison.Ordinal), Refused(() => Kubeconfig.Load(file, null)));
    }

    [Fact]
    public void Load_ServerWithoutTls_GetsNoCredentials()
    {
        string file = Write(
            "file",
            """
            current-context: x
            contexts: [{name: x, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: {server: "http://c"}}]
            users: [{name: u, user: {token: s3cret}}]
            """);

        Assert.Null(Kubeconfig.Load(file, null).Token);
    }

    [Fact]
    public void Fingerprint_OfTheSameAndOfAnotherToken_IsTheSameAndAnotherAndHoldsNoSecret()
    {
        ClusterConnection first = new() { Server = new Uri("https://here"), Token = "s3cret" };

        Assert.Equal(first.Fingerprint(), (first with { }).Fingerprint());
        Assert.NotEqual(first.Fingerprint(), (first with { Token = "other" }).Fingerprint());
        Assert.Matches("^[0-9A-F]{64}$", first.Fingerprint());
    }

    [Fact]
    public void Client_AuthorityThatIsNoCertificate_SaysWhatIsExpected()
    {
        ClusterConnection options = new() { Server = new Uri("https://here"), CertificateAuthority = "PEM" };

        Assert.Equal(
            "The certificate authority has no certificate: PEM with BEGIN CERTIFICATE is expected.",
            Refused(() => options.Open(TimeProvider.System)));
    }

    [Fact]
    public void Options_AsText_HoldNoSecret()
    {
        ClusterConnection options = new()
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

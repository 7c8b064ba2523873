using System.Net;
using k8s;
using Microsoft.AspNetCore.Http;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Kubernetes.Tests.Credentials;

public sealed class ExecCredentialTests : BoundedTest
{
    private readonly ManualClock _clock = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("credentials-");

    [Fact]
    public async Task Get_TokenOfAProgram_IsKeptUntilItExpires()
    {
        await using ScriptedServer server = await EchoAsync();
        // Each run prints a token that numbers the run and is good for a minute.
        using IKubernetes kubernetes = Client(server, """
            echo x >> "$RUNS"
            printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":
              {"token":"t%d","expirationTimestamp":"2026-01-01T03:01:00Z"}}' $(wc -l < "$RUNS")
            """);

        string first = await kubernetes.GetRawAsync("/", Limit);
        _clock.Advance(TimeSpan.FromSeconds(59));
        string second = await kubernetes.GetRawAsync("/", Limit);
        _clock.Advance(TimeSpan.FromSeconds(1));
        string third = await kubernetes.GetRawAsync("/", Limit);

        Assert.Equal(("Bearer t1", "Bearer t1", "Bearer t2"), (first, second, third));
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, HttpStatusCode.Unauthorized)]
    public async Task Get_TokenThatTheServerRefuses_IsReplacedOnce(int refusals, HttpStatusCode? error)
    {
        List<string> seen = [];
        await using ScriptedServer server = await ScriptedServer.StartAsync(context =>
        {
            seen.Add(context.Request.Headers.Authorization.ToString());
            context.Response.StatusCode = seen.Count <= refusals ? 401 : 200;
            return context.Response.WriteAsync("ok");
        });
        using IKubernetes kubernetes = Client(server, """
            echo x >> "$RUNS"
            printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"t%d"}}' $(wc -l < "$RUNS")
            """);

        ApiException? e = await Record.ExceptionAsync(() => kubernetes.GetRawAsync("/", Limit)) as ApiException;

        Assert.Equal(error, e?.StatusCode);
        Assert.Equal(["Bearer t1", "Bearer t2"], seen);
    }

    [Fact]
    public async Task Get_CertificateOfAProgram_IsShownToTheServer()
    {
        using TestAuthority authority = TestAuthority.NewRoot("root");
        (string certificate, string key) = authority.NewClient("robot");
        string credential = System.Text.Json.JsonSerializer.Serialize(new
        {
            apiVersion = "client.authentication.k8s.io/v1",
            kind = "ExecCredential",
            status = new { clientCertificateData = certificate, clientKeyData = key },
        });
        string file = Path.Combine(_folder.FullName, "credential");
        await File.WriteAllTextAsync(file, credential, Limit);
        string? subject = null;
        await using ScriptedServer server = await ScriptedServer.StartAsync(
            context => context.Response.WriteAsync("ok"),
            authority.NewServer([]),
            (client, chain) =>
            {
                subject = client.Subject;
                return authority.HasSigned(client, chain);
            });
        using IKubernetes kubernetes = Client(server, $"cat {file}", options => options with { CertificateAuthority = authority.Pem });

        Assert.Equal("ok", await kubernetes.GetRawAsync("/", Limit));
        Assert.Equal("CN=robot", subject);
    }

    [Theory]
    [InlineData(
        "echo s3cret >&2; exit 7", "ended with 7; its output is not shown here, as it may contain secrets; run it by hand to see it")]
    [InlineData("echo secret", "printed no ExecCredential of client.authentication.k8s.io/v1")]
    [InlineData(
        "echo '{\"apiVersion\":\"client.authentication.k8s.io/v1beta1\",\"kind\":\"ExecCredential\"}'",
        "printed no ExecCredential of client.authentication.k8s.io/v1")]
    [InlineData(
        "echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\"}'",
        "printed a credential with neither token nor certificate")]
    public async Task Get_ProgramWithoutACredential_SaysWhyAndSendsNothing(string script, string why)
    {
        int requests = 0;
        await using ScriptedServer server = await ScriptedServer.StartAsync(_ =>
        {
            requests++;
            return Task.CompletedTask;
        });
        using IKubernetes kubernetes = Client(server, script);

        ApiException e = await Assert.ThrowsAsync<ApiException>(() => kubernetes.GetRawAsync("/version", Limit));

        Assert.Equal($"GET /version on {server.Address.ToString().TrimEnd('/')}: the credential program /bin/sh {why}", e.Message);
        Assert.Equal(0, requests);
    }

    [Fact]
    public async Task Get_ProgramThatIsNotInstalled_TellsHowToInstallIt()
    {
        ExecCredentialOptions exec = new() { Command = "no-such-login", InstallHint = "Install it from the portal.\n" };
        using IKubernetes kubernetes = new ClusterConnection { Server = new Uri("http://127.0.0.1:1"), Exec = exec }.Open(
            TimeProvider.System);

        ApiException e = await Assert.ThrowsAsync<ApiException>(() => kubernetes.GetRawAsync("/version", Limit));

        Assert.StartsWith(
            "GET /version on http://127.0.0.1:1: the credential program no-such-login cannot be run: ",
            e.Message,
            StringComparison.Ordinal);
        Assert.EndsWith(" (Install it from the portal.)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ProgramThatHangs_FailsAtTheTimeoutAndIsEnded()
    {
        string pid = Path.Combine(_folder.FullName, "pid");
        await using ScriptedServer server = await EchoAsync();
        using IKubernetes kubernetes = Client(server, $"echo $$ > {pid}; exec sleep 1000");

        Task<string> call = kubernetes.GetRawAsync("/version", Limit);
        while (!File.Exists(pid) || (await File.ReadAllTextAsync(pid, Limit)).Length == 0)
        {
            await Task.Yield();
        }

        int id = int.Parse(await File.ReadAllTextAsync(pid, Limit));
        using System.Diagnostics.Process program = System.Diagnostics.Process.GetProcessById(id);
        _clock.Advance(TimeSpan.FromSeconds(30));

        ApiException e = await Assert.ThrowsAsync<ApiException>(() => call);
        Assert.EndsWith(": no answer within 30 s", e.Message, StringComparison.Ordinal);
        await program.WaitForExitAsync(Limit);
    }

    [Fact]
    public void Load_ExecOfAKubeconfig_IsReadWithItsPathRelativeToTheFile()
    {
        string file = Path.Combine(_folder.FullName, "config");
        File.WriteAllText(
            file,
            """
            current-context: c
            contexts: [{name: c, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: {server: "https://c"}}]
            users:
              - name: u
                user:
                  exec:
                    apiVersion: client.authentication.k8s.io/v1beta1
                    command: bin/login
                    args: [a, b]
                    env: [{name: N, value: v}]
                    provideClusterInfo: true
            """);

        ExecCredentialOptions exec = Kubeconfig.Load(file, null).Exec!;

        Assert.Equal(
            (Path.Combine(_folder.FullName, "bin", "login"), "client.authentication.k8s.io/v1beta1", true),
            (exec.Command, exec.ApiVersion, exec.ProvideClusterInfo));
        Assert.Equal(["a", "b"], exec.Arguments);
        Assert.Equal("v", exec.Environment["N"]);
    }

    protected override void Dispose(bool disposing)
    {
        _folder.Delete(recursive: true);
        base.Dispose(disposing);
    }

    private static Task<ScriptedServer> EchoAsync() =>
        ScriptedServer.StartAsync(context => context.Response.WriteAsync(context.Request.Headers.Authorization.ToString()));

    private IKubernetes Client(ScriptedServer server, string script, Func<ClusterConnection, ClusterConnection>? with = null)
    {
        ExecCredentialOptions exec = new()
        {
            Command = "/bin/sh",
            Arguments = ["-c", script],
            Environment = new Dictionary<string, string> { ["RUNS"] = Path.Combine(_folder.FullName, "runs") },
        };
        return server.Client(_clock, options => (with?.Invoke(options) ?? options) with { Exec = exec });
    }
}

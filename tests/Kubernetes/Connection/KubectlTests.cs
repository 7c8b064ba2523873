using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;
using Microsoft.AspNetCore.Http;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Kubernetes.Tests.Connection;

/// <summary>
/// Kubeconfigs of the shapes that people have, given to kubectl and to us: both call a server that says as whom, and both must be the same
/// person there, or both refuse. No refusal of ours repeats a secret.
/// </summary>
[Trait("Category", "Lab")]
public sealed class KubectlTests : BoundedTest
{
    private const string Exec = "apiVersion: client.authentication.k8s.io/v1, command: ./login, interactiveMode: Never";
    private const string Secret = "s3cret";
    private const string Digits = "8675309";

    private readonly TestAuthority _root = TestAuthority.NewRoot("root");
    private readonly TestAuthority _other = TestAuthority.NewRoot("other");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kubectl-");

    [LabTheory]
    [InlineData("token: s3cret", "s3cret as  uid  of ")]
    [InlineData("token: s3cret, no-such-field: {a: 1}", "s3cret as  uid  of ")]
    [InlineData("tokenFile: token", "ofTheFile as  uid  of ")]
    [InlineData("tokenFile: token, token: ignored", "ofTheFile as  uid  of ")]
    [InlineData("token: s3cret, as: someone, as-uid: '7', as-groups: [auditors]", "s3cret as someone uid 7 of auditors")]
    [InlineData($"exec: {{{Exec}, env: null, args: null}}", "ofLogin[][] as  uid  of ")]
    [InlineData($"exec: {{{Exec}, env: [{{name: VALUE}}]}}", "ofLogin[][] as  uid  of ")]
    [InlineData($"exec: {{{Exec}, env: [{{name: VALUE, value: null}}, {{name: OTHER, value: 'v w'}}]}}", "ofLogin[][v w] as  uid  of ")]
    [InlineData($"exec: {{{Exec}, env: [{{name: OTHER, value: v}}, {{name: OTHER, value: w}}]}}", "ofLogin[][w] as  uid  of ")]
    [InlineData($"exec: {{{Exec}, args: ['a b', null, '\"c\"', '*']}}", "ofLogin[a b,,\"c\",*][] as  uid  of ")]
    [InlineData($"token: s3cret, exec: {{{Exec}}}", "s3cret as  uid  of ")]
    public async Task Load_UserThatKubectlTakes_IsTheSamePersonToUs(string user, string person)
    {
        await using ScriptedServer server = await ServerAsync(_root.NewServer([]));
        string file = Write("config", Config(server, $"certificate-authority-data: {Base64(_root.Pem)}", user));

        Assert.Equal(person, (await KubectlAsync(file)).Output);
        Assert.Equal(person, await OursAsync(file));
    }

    [LabTheory]
    [InlineData("token: 8675309")]
    [InlineData("token: s3cret, client-certificate-data: 's3cret*'")]
    [InlineData("as-groups: [a]")]
    [InlineData("client-certificate-data: s3cretAA")]
    [InlineData("tokenFile: missing")]
    [InlineData("exec: {apiVersion: client.authentication.k8s.io/v1, command: ./login}")]
    [InlineData("exec: {apiVersion: client.authentication.k8s.io/v1, command: ./missing, interactiveMode: Never}")]
    [InlineData("exec: {apiVersion: client.authentication.k8s.io/v1, command: ./fails, interactiveMode: Never}")]
    [InlineData("exec: {apiVersion: client.authentication.k8s.io/v1, command: ./chats, interactiveMode: Never}")]
    [InlineData("exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: ./login, interactiveMode: Never}")]
    [InlineData("exec: {apiVersion: client.authentication.k8s.io/v1, command: ./login, interactiveMode: Always}")]
    [InlineData($"exec: {{{Exec}, env: [{{value: s3cret}}]}}")]
    [InlineData($"exec: {{{Exec}, env: [{{name: N, value: 8675309}}]}}")]
    [InlineData($"exec: {{{Exec}, args: [8675309]}}")]
    [InlineData($"exec: {{{Exec}, args: [true]}}")]
    [InlineData("token: s3cret}}, {name: u, user: {token: s3cret")]
    public async Task Load_UserThatKubectlRefuses_IsRefusedWithoutASecret(string user)
    {
        await using ScriptedServer server = await ServerAsync(_root.NewServer([]));
        string file = Write("config", Config(server, $"certificate-authority-data: {Base64(_root.Pem)}", user));

        Assert.NotEqual(0, (await KubectlAsync(file)).ExitCode);
        await RefusedAsync(file);
    }

    [LabTheory]
    [InlineData("certificate-authority: bundle.pem", true)]
    [InlineData("certificate-authority-data: BUNDLE", true)]
    [InlineData("certificate-authority-data: OTHER", false)]
    [InlineData("certificate-authority-data: 's3cret*'", false)]
    [InlineData("certificate-authority-data: BUNDLE, tls-server-name: localhost", true)]
    [InlineData("certificate-authority-data: BUNDLE, tls-server-name: elsewhere", false)]
    [InlineData("insecure-skip-tls-verify: true", true)]
    [InlineData("insecure-skip-tls-verify: true, certificate-authority-data: BUNDLE", false)]
    [InlineData("insecure-skip-tls-verify: 'true'", false)]
    [InlineData("certificate-authority: missing.pem", false)]
    public async Task Load_ClusterOfEachShape_IsTrustedWhereKubectlTrustsIt(string cluster, bool isTrusted)
    {
        await using ScriptedServer server = await ServerAsync(_root.NewServer(["localhost"]));
        string bundle = $"{_other.Pem}\n{_root.Pem}\n";
        Write("bundle.pem", bundle);
        cluster = cluster.Replace("BUNDLE", Base64(bundle), StringComparison.Ordinal).Replace(
            "OTHER", Base64(_other.Pem), StringComparison.Ordinal);
        string file = Write("config", Config(server, cluster, $"token: {Secret}"));

        Assert.Equal(isTrusted, (await KubectlAsync(file)).ExitCode == 0);
        if (isTrusted)
        {
            Assert.StartsWith(Secret, await OursAsync(file), StringComparison.Ordinal);
        }
        else
        {
            await RefusedAsync(file);
        }
    }

    [LabFact]
    public async Task Load_SeveralFilesAMissingOneAndATrailingSeparator_AreMergedAsByKubectl()
    {
        await using ScriptedServer server = await ServerAsync(_root.NewServer([]));
        string authority = $"certificate-authority-data: {Base64(_root.Pem)}";
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "sub"));
        Write("sub/token", "ofTheSecondFile");
        string first = Write("first", "apiVersion: v1\nkind: Config\ncurrent-context: x\nusers: [{name: other, user: {token: first}}]\n");
        string config = Config(server, authority, "tokenFile: token");
        string second = Write("sub/second", config.Replace("current-context: x", "current-context: z", StringComparison.Ordinal));
        string files = $"{first}:{_folder.FullName}/missing:{second}:";

        string? before = Environment.GetEnvironmentVariable("KUBECONFIG");
        Environment.SetEnvironmentVariable("KUBECONFIG", files);
        try
        {
            Assert.Equal("ofTheSecondFile as  uid  of ", (await KubectlAsync(files)).Output);
            Assert.Equal("ofTheSecondFile as  uid  of ", await OursAsync(null));
        }
        finally
        {
            Environment.SetEnvironmentVariable("KUBECONFIG", before);
        }
    }

    [LabTheory]
    [InlineData("")]
    [InlineData("current-context: X")]
    public async Task Load_WithoutTheCurrentContext_IsRefusedAsByKubectl(string current)
    {
        await using ScriptedServer server = await ServerAsync(_root.NewServer([]));
        string file = Write("config", Config(server, $"certificate-authority-data: {Base64(_root.Pem)}", $"token: {Secret}")
            .Replace("current-context: x", current, StringComparison.Ordinal));

        Assert.NotEqual(0, (await KubectlAsync(file)).ExitCode);
        await RefusedAsync(file);
    }

    protected override void Dispose(bool disposing)
    {
        _folder.Delete(recursive: true);
        _root.Dispose();
        _other.Dispose();
        base.Dispose(disposing);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Config(ScriptedServer server, string cluster, string user) =>
        $$$"""
        apiVersion: v1
        kind: Config
        current-context: x
        contexts: [{name: x, context: {cluster: c, user: u}}]
        clusters: [{name: c, cluster: {server: "{{{server.Address}}}", {{{cluster}}}}}]
        users: [{name: u, user: {{{{user}}}}}]

        """;

    // Says as whom it is called.
    private static Task<ScriptedServer> ServerAsync(X509Certificate2 certificate) => ScriptedServer.StartAsync(
        context =>
        {
            IHeaderDictionary headers = context.Request.Headers;
            string token = headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
            return context.Response.WriteAsync(
                $"{token} as {headers["Impersonate-User"]} uid {headers["Impersonate-Uid"]} of {headers["Impersonate-Group"]}");
        },
        certificate,
        null);

    private static async Task<string> OursAsync(string? file)
    {
        using IKubernetes kubernetes = Kubeconfig.Load(file, null, mayBeInsecure: true).Open(TimeProvider.System);
        return await kubernetes.GetRawAsync("/person", CancellationToken.None);
    }

    private static async Task RefusedAsync(string file)
    {
        Exception? refused = await Record.ExceptionAsync(() => OursAsync(file));

        Assert.True(refused is KubeconfigException or ApiException { IsTransient: false, StatusCode: null }, $"{refused}");
        Assert.DoesNotContain(Secret, $"{refused}", StringComparison.Ordinal);
        Assert.DoesNotContain(Digits, $"{refused}", StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> KubectlAsync(string files)
    {
        string tools = Path.Combine(await UnpackAsync(), "bin", "kubectl");
        ProcessStartInfo start = new(tools, ["get", "--raw", "/person"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KUBECONFIG"] = files;
        using Process kubectl = Process.Start(start)!;
        Task<string> error = kubectl.StandardError.ReadToEndAsync();
        string output = await kubectl.StandardOutput.ReadToEndAsync();
        await kubectl.WaitForExitAsync();
        await error;
        return (kubectl.ExitCode, output);
    }

    private static async Task<string> UnpackAsync()
    {
        using Process unpack = Process.Start(
            new ProcessStartInfo(Path.Combine(LabTools.Folder!, "unpack")) { RedirectStandardOutput = true })!;
        string home = (await unpack.StandardOutput.ReadToEndAsync()).Trim();
        await unpack.WaitForExitAsync();
        return home;
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        if (name == "config")
        {
            File.WriteAllText(Path.Combine(_folder.FullName, "token"), "ofTheFile\n");
            Program("login", """
                words=""; for word in "$@"; do words="$words,$word"; done
                printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"%s"}}' \
                  "ofLogin[$(printf %s "${words#,}" | sed 's/"/\\"/g')][$OTHER]"
                """);
            Program("fails", "echo s3cret >&2; exit 7");
            Program("chats", "echo s3cret");
        }

        return path;
    }

    private void Program(string name, string script)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}

using k8s;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.Kubernetes.Tests.Credentials;

public sealed class CredentialTests : BoundedTest
{
    [Fact]
    public async Task Get_TokenFileThatChanges_SendsTheNewTokenWithTheNextCall()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(
            context => context.Response.WriteAsync(context.Request.Headers.Authorization.ToString()));
        string file = Path.GetTempFileName();
        try
        {
            using IKubernetes kubernetes = server.Client(
                TimeProvider.System, options => options with { TokenFile = file, Token = "ignored" });
            await File.WriteAllTextAsync(file, "first\n", Limit);
            string first = await kubernetes.GetRawAsync("/", Limit);
            await File.WriteAllTextAsync(file, "second\n", Limit);
            string second = await kubernetes.GetRawAsync("/", Limit);

            Assert.Equal(("Bearer first", "Bearer second"), (first, second));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Get_TokenFileThatIsMissing_SaysSoInsteadOfAskingWithoutToken()
    {
        using IKubernetes kubernetes = new ClusterConnection { Server = new Uri("http://127.0.0.1:1"), TokenFile = "/nowhere/token" }.Open(
            TimeProvider.System);

        ApiException e = await Assert.ThrowsAsync<ApiException>(() => kubernetes.GetRawAsync("/version", Limit));

        Assert.Equal(
            "GET /version on http://127.0.0.1:1: the credentials in /nowhere/token cannot be read: "
            + "Could not find a part of the path '/nowhere/token'.",
            e.Message);
    }

    [Fact]
    public async Task Get_Impersonation_SendsUserAndGroup()
    {
        await using ScriptedServer server = await ScriptedServer.StartAsync(context => context.Response.WriteAsync(
            $"{context.Request.Headers["Impersonate-User"]} of {context.Request.Headers["Impersonate-Group"]}"));
        using IKubernetes kubernetes = server.Client(
            TimeProvider.System, options => options with { ImpersonateUser = "someone", ImpersonateGroup = "auditors" });

        Assert.Equal("someone of auditors", await kubernetes.GetRawAsync("/", Limit));
    }
}

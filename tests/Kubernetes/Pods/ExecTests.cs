using System.Net;
using System.Text;
using k8s;
using Microsoft.AspNetCore.Http;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Kubernetes.Tests.Pods;

[Trait("Category", "Lab")]
[Collection(ApiServerCollection.Name)]
public sealed class ExecTests(ApiServer api) : BoundedTest
{
    [LabFact]
    public async Task Exec_ProgramThatFails_AnswersWithBothOutputsAndTheExitCode()
    {
        IReadOnlyList<string>? ran = null;

        ExecResult result = await ExecAsync(
            new ExecOptions { Command = ["kafka-features", "--x=a b&c", ""] },
            (command, _) =>
            {
                ran = command;
                return new ProgramEnd("out", "err", 3);
            });

        Assert.Equal(["kafka-features", "--x=a b&c", ""], ran);
        Assert.Equal(new ExecResult(3, "out", "err", IsTruncated: false), result);
    }

    [LabFact]
    public async Task Exec_Input_ReachesTheProgramWithItsEnd()
    {
        string input = new('i', 100_000);

        ExecResult result = await ExecAsync(
            new ExecOptions { Command = ["cat"], Input = Encoding.UTF8.GetBytes(input) }, (_, received) => new ProgramEnd(received, "", 0));

        Assert.Equal(new ExecResult(0, input, "", IsTruncated: false), result);
    }

    [LabFact]
    public async Task Exec_MoreOutputThanIsKept_IsTruncatedAndSaysSo()
    {
        ExecResult result = await ExecAsync(
            new ExecOptions { Command = ["cat"], MaxOutputBytes = 1000 }, (_, _) => new ProgramEnd(new string('x', 200_000), "e", 0));

        Assert.Equal(new ExecResult(0, new string('x', 1000), "e", IsTruncated: true), result);
    }

    [LabFact]
    public async Task Exec_ProgramThatDoesNotEnd_FailsAtTheTimeout()
    {
        using SemaphoreSlim end = new(0);
        Task<ExecResult> exec = ExecAsync(
            new ExecOptions { Command = ["sleep"], Timeout = TimeSpan.FromSeconds(1) },
            (_, _) =>
            {
                end.Wait(Limit);
                return new ProgramEnd("", "", 0);
            });

        ApiException e = await Assert.ThrowsAsync<ApiException>(() => exec);
        end.Release();

        Assert.Matches("^EXEC pods/exec t-.*/runner on https://.*: no answer within 1 s$", e.Message);
    }

    [LabFact]
    public async Task Exec_MissingPod_SaysSo()
    {
        ApiException e = await Assert.ThrowsAsync<ApiException>(
            () => api.Admin.ExecAsync("default", "nobody", new ExecOptions { Command = ["true"] }, Limit));

        Assert.Equal(
            $"EXEC pods/exec default/nobody on {api.Connection.Server.ToString().TrimEnd('/')}: 404 NotFound: pods \"nobody\" not found",
            e.Message);
        Assert.True(e.IsNotFound);
    }

    [LabFact]
    public async Task Exec_WithoutRights_SaysSo()
    {
        using IKubernetes viewer = api.Viewer.Open(TimeProvider.System);

        ApiException e = await Assert.ThrowsAsync<ApiException>(
            () => viewer.ExecAsync("default", "nobody", new ExecOptions { Command = ["true"] }, Limit));

        Assert.Equal(HttpStatusCode.Forbidden, e.StatusCode);
        Assert.Matches("cannot (get|create) resource \"pods/exec\"", e.Message);
    }

    private async Task<ExecResult> ExecAsync(ExecOptions options, Func<IReadOnlyList<string>, string, ProgramEnd> run)
    {
        string @namespace = await api.NewNamespaceAsync(Limit);
        await using Kubelet kubelet = await Kubelet.StartAsync(api, _ => Task.CompletedTask, run, Limit);
        await kubelet.CreatePodAsync(@namespace, "runner", Limit);
        return await api.Admin.ExecAsync(@namespace, "runner", options, Limit);
    }
}

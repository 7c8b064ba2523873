using System.Diagnostics;
using Orchestrator.Lab.Servers;
using Orchestrator.Sandbox.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Controllers;
using Orchestrator.Sandbox.Kubernetes.Controllers.Kubelet;
using Orchestrator.Sandbox.Tests.CommandLine;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Commands;

/// <summary>
/// <c>kubectl logs</c> and <c>kubectl exec</c> look into the pods of the box. The lab has no kubelet that would answer them.
/// </summary>
[Trait("Category", "Lab")]
public sealed class PodCommandTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orchestrator-pods-").FullName;
    private KubernetesBox _box = null!;
    private ControlPlane _plane = null!;

    public async Task InitializeAsync()
    {
        _box = await KubernetesBox.StartAsync();
        PodScript quick = new() { Pull = TimeSpan.Zero, Start = TimeSpan.FromMilliseconds(200), Stop = TimeSpan.Zero };
        _plane = ControlPlane.Start(_box.Api, _box.Time, new ControlPlaneOptions
        {
            Script = _ => quick,
        });
        _plane.AddNodes(1);
        await File.WriteAllTextAsync(Path.Combine(_folder, "kubeconfig"), _box.Kubeconfig());
    }

    public async Task DisposeAsync()
    {
        await _plane.DisposeAsync();
        await _box.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [LabFact]
    public async Task Logs_OfAPod_TellWhatHasHappenedToIt()
    {
        await StartAsync("web", "web:1");
        Assert.Equal((0, "web starts, image web:1\nweb serves\n"), await KubectlAsync("logs", "web"));
        Assert.Equal((0, "web serves\n"), await KubectlAsync("logs", "web", "--tail=1"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\S+Z web serves\n$", (await KubectlAsync("logs", "web", "--tail=1", "--timestamps")).Output);
        Assert.Equal(
            (1, "Error from server (BadRequest): previous terminated container \"web\" in pod \"web\" not found\n"),
            await KubectlAsync("logs", "web", "--previous"));

        Task<(int Code, string Output)> followed = KubectlAsync("logs", "web", "--follow", "--tail=1");
        await FollowersAsync();
        await _plane.Faults.KillPodAsync("default", "web");
        Assert.Equal((0, "web serves\nweb ends with exit code 137\n"), await followed);

        await KubectlAsync("wait", "pod/web", "--for=jsonpath={.status.containerStatuses[0].restartCount}=1", "--timeout=60s");
        Assert.Equal((0, "web starts, image web:1\nweb ends with exit code 137\n"), await KubectlAsync("logs", "web", "--previous"));
    }

    [LabFact]
    public async Task Logs_OfAPodWhoseImageIsMissing_SayWhatItWaitsFor()
    {
        await _plane.Faults.KeepFromPullingAsync("gone:1");
        await KubectlAsync("run", "web", "--image=gone:1");
        await KubectlAsync(
            "wait", "pod/web", "--for=jsonpath={.status.containerStatuses[0].state.waiting.reason}=ErrImagePull", "--timeout=60s");

        Assert.Equal(
            (1, "Error from server (BadRequest): container \"web\" in pod \"web\" is waiting to start: trying and failing to pull image\n"),
            await KubectlAsync("logs", "web"));
        Assert.Equal(
            (1, "error: Internal error occurred: unable to upgrade connection: container not found (\"web\")\n"),
            await KubectlAsync("exec", "web", "--", "hostname"));
    }

    [LabFact]
    public async Task Exec_OfAKnownCommand_AnswersAsAContainerWould()
    {
        await StartAsync("web", "web:1", "--env=SIZE=large");

        Assert.Equal((0, "web\n"), await KubectlAsync("exec", "web", "--", "hostname"));
        Assert.Equal((0, "HOSTNAME=web\nSIZE=large\n"), await KubectlAsync("exec", "web", "--", "env"));
        Assert.Equal((0, "large\n"), await KubectlAsync("exec", "web", "--", "printenv", "SIZE"));
        Assert.Equal((0, "one two\n"), await KubectlAsync("exec", "web", "--", "/bin/echo", "one", "two"));
        Assert.Equal((1, "command terminated with exit code 1\n"), await KubectlAsync("exec", "web", "--", "false"));
        Assert.Equal(
            (127, "rm: not found\ncommand terminated with exit code 127\n"), await KubectlAsync("exec", "web", "--", "rm", "-r", "/"));
    }

    private async Task StartAsync(string name, string image, params string[] options)
    {
        await KubectlAsync(["run", name, $"--image={image}", .. options]);
        Assert.Equal(0, (await KubectlAsync("wait", $"pod/{name}", "--for=condition=Ready", "--timeout=60s")).Code);
    }

    // Who follows a log is among the readers of the store once it waits for what comes.
    private async Task FollowersAsync()
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        while (!_box.Store.Look(() => _box.Store.Readers.Exists(reader => reader.Name == "the log of default/web is followed")))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
        }
    }

    private async Task<(int Code, string Output)> KubectlAsync(params string[] arguments)
    {
        ProcessStartInfo start = new(LabPrograms.Find("kubectl"), arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["HOME"] = _folder;
        start.Environment["KUBECONFIG"] = Path.Combine(_folder, "kubeconfig");
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}

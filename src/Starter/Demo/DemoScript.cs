using System.CommandLine;
using Orchestrator.Sandbox.Clusters;
using Orchestrator.Starter.Boxes;
using Orchestrator.Starter.Changes;
using Orchestrator.Starter.Commands;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Following;
using Orchestrator.Starter.Rendering;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Demo;

/// <summary>
/// What a demo shows, from the first process to the last line. All that it does to the cluster it does by the commands that it prints.
/// </summary>
internal sealed class DemoScript(DemoWishes wishes, Terminal terminal, RootCommand root)
{
    /// <summary>The procedure that a demo shows by default.</summary>
    public const string Roll = "roll-kafka-cluster";

    private static readonly TimeSpan WorkerStartsWithin = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan UnwatchedFor = TimeSpan.FromSeconds(3);
    private const int ShortHash = 12;

    // Limits of a laptop: a broker without data is back within seconds.
    private static readonly string[] Quick = ["limits.poll-every=1s", "limits.steady-every=1s"];

    private readonly string _folder = Directory.CreateTempSubdirectory("orchestrator-demo-").FullName;
    private readonly long _begun = terminal.Clock.GetTimestamp();

    private string Target => $"{wishes.Scenario.Name}/{wishes.Scenario.Namespace}";

    /// <summary>Shows it.</summary>
    /// <returns>The exit code: that of the procedure.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Tell("A Kafka cluster on Kubernetes, in this process: nothing is installed, and nothing outside is changed.");
        await using ClusterBox box = await ClusterBox.StartAsync(
            new ClusterBoxOptions
            {
                Scenario = wishes.Scenario,
                Folder = _folder,
                SearchAttributes = DevelopmentServer.SearchAttributes,
                Progress = Timed,
            },
            cancellationToken);
        using DemoWorker worker = new(Enter(box), _folder);
        int process = worker.Start();
        TemporalServer server = await ReachWorkerAsync(cancellationToken);
        Timed($"the worker runs, process {process}");

        int code = await RunAsync(box, worker, server, cancellationToken);
        if (wishes.Keeps)
        {
            await KeepAsync(box, cancellationToken);
        }

        return code;
    }

    // The commands find the box by these variables, as in any shell; what a shell says of other servers does not count here.
    private IReadOnlyDictionary<string, string> Enter(ClusterBox box)
    {
        string profiles = Path.Combine(_folder, "temporal.toml");
        File.WriteAllText(profiles, "");
        Dictionary<string, string> variables = new(box.EnvironmentVariables)
        {
            ["TEMPORAL_NAMESPACE"] = "default",
            ["TEMPORAL_CONFIG_FILE"] = profiles,
        };
        foreach (string name in Environment.GetEnvironmentVariables().Keys.Cast<string>())
        {
            if (name.StartsWith("TEMPORAL_", StringComparison.Ordinal) || name.StartsWith("ORCHESTRATOR__", StringComparison.Ordinal))
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }

        foreach ((string name, string value) in variables)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        return variables;
    }

    private async Task<int> RunAsync(ClusterBox box, DemoWorker worker, TemporalServer server, CancellationToken cancellationToken)
    {
        await using ClusterEffects effects = new(box.Kubernetes.Store, terminal.Clock);
        const string RequestId = "demo";
        ChangeTarget target = new(wishes.Scenario.Name, wishes.Scenario.Namespace);
        string change = ChangeId.Create(wishes.Procedure, target, RequestId, terminal.Clock.GetUtcNow());
        string workflow = ChangeId.WorkflowId(wishes.Procedure, target, change);

        Tell("Alice requests the change. Planning only reads; it changes nothing.");
        int started = await SopAsync(
        [
            "start", wishes.Procedure, "--target", Target, .. Fields(), "--reason", "monthly restart", "--as", "alice",
            "--request-id", RequestId, "--detach",
        ]);
        if (started != ExitCode.Done)
        {
            await SopAsync("status", change);
            return started;
        }

        ChangeFollower follower = new(server, workflow, terminal);
        ChangeView asked = await follower.FollowAsync(cancellationToken).FirstAsync(
            view => view.Change.State == ChangeState.AwaitingApproval || ChangeExit.IsFinal(view.Change.State), cancellationToken);
        if (ChangeExit.IsFinal(asked.Change.State))
        {
            await SopAsync("status", change);
            return ChangeEnd.Tell(asked.Change, terminal);
        }

        int approved = await ApproveAsync(change, asked.Change.PlanHash!);
        if (approved != ExitCode.Done)
        {
            return approved;
        }

        Command("status", change, "--watch");
        await Watch.ShowAsync(
            UntilAsync(follower.FollowAsync(cancellationToken), () => effects.Restarts > 0), terminal, cancellationToken);
        await DisturbAsync(box, worker, effects, cancellationToken);
        int code = await SopAsync("status", change, "--watch");
        ChangeView end = await follower.FollowAsync(cancellationToken).LastAsync(cancellationToken);
        return Conclude(end, effects, box.Kafka.Admin.LostRecords) ? code : ExitCode.Failed;
    }

    // A vote needs to see the plan: on a terminal the command shows it and asks, a script names its hash.
    private async Task<int> ApproveAsync(string change, string planHash)
    {
        Tell("Nothing was changed yet. Alice requested it, so somebody else has to approve: bob.");
        if (!wishes.Approves)
        {
            return await SopAsync("approve", change, "--as", "bob", "--comment", "quiet hour");
        }

        await SopAsync("plan", "show", change);
        return await SopAsync("approve", change, "--plan", planHash[..ShortHash], "--as", "bob", "--comment", "quiet hour");
    }

    private async Task DisturbAsync(
        ClusterBox box, DemoWorker worker, ClusterEffects effects, CancellationToken cancellationToken)
    {
        if (wishes.Fault is { } fault)
        {
            Tell(await BoxFaults.BeginAsync(box, wishes.Scenario, fault, effects.Seen.First(effect => effect.IsRestart).Pod!));
        }

        int killed = worker.Kill();
        Tell($"The worker was killed in the middle of the roll (kill -9 of process {killed}). The operator continues; nothing watches it.");
        await Task.Delay(UnwatchedFor, terminal.Clock, cancellationToken);
        Tell($"Another worker was started, process {worker.Start()}. It continues the run where the first one stopped.");
    }

    // Whether each pod was restarted once, and nothing was lost.
    private bool Conclude(ChangeView end, ClusterEffects effects, long lost)
    {
        terminal.PrintLine("");
        terminal.PrintLine("What happened to the cluster, in order:");
        foreach (ClusterEffects.Effect effect in effects.Seen)
        {
            terminal.PrintLine($"  {Words.TimeOfDay(effect.At)}  {effect.What}");
        }

        List<string> twice =
            [.. effects.Seen.Where(effect => effect.IsRestart).GroupBy(effect => effect.What).Where(same => same.Skip(1).Any())
                .Select(same => same.Key)];
        Tell(twice.Count == 0
            ? $"{effects.Restarts} pods were restarted, each once, although the worker was killed in between."
            : $"Restarted more than once: {string.Join("; ", twice)}.");
        terminal.PrintLine($"Producers wrote with acks=all meanwhile; {lost} of their acknowledged records were lost.");
        if (end.Change.Evidence is { } evidence)
        {
            terminal.PrintLine($"Evidence (who requested and approved what, and what was done): {evidence.Location}");
        }

        return twice.Count == 0 && lost == 0;
    }

    private async Task KeepAsync(ClusterBox box, CancellationToken cancellationToken)
    {
        Tell("The cluster stays up until Ctrl-C. In another terminal:");
        // A shell takes only some names of variables.
        foreach ((string name, string value) in box.EnvironmentVariables.Where(each => each.Key.All(IsOfAName)))
        {
            terminal.PrintLine($"  export {name}={value}");
        }

        terminal.PrintLine($"  kubectl --kubeconfig {box.KubeconfigPath} --namespace {wishes.Scenario.Namespace} get pods --watch");
        terminal.PrintLine($"  temporal workflow list --address {box.Temporal.Address}");
        terminal.PrintLine($"  sop start {Roll} --target {Target} name={wishes.Scenario.KafkaName} --reason \"once more, by hand\"");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, terminal.Clock, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C is how it ends.
        }
    }

    private async Task<TemporalServer> ReachWorkerAsync(CancellationToken cancellationToken)
    {
        TemporalServer server = await TemporalServer.ConnectAsync(terminal.Clock, cancellationToken);
        long begun = terminal.Clock.GetTimestamp();
        while (true)
        {
            try
            {
                await server.RequireWorkerAsync(cancellationToken);
                return server;
            }
            catch (SopException) when (terminal.Clock.GetElapsedTime(begun) < WorkerStartsWithin)
            {
                // A busy machine takes its time.
            }
            catch (SopException e)
            {
                throw new SopException(ExitCode.Failed, $"The worker did not start; its log is in {_folder}.", e);
            }
        }
    }

    private string[] Fields() => wishes.Procedure == Roll
        ? [$"name={wishes.Scenario.KafkaName}", "cooldown=1s", .. Quick]
        : [$"name={wishes.Scenario.KafkaName}", $"pod={wishes.Scenario.KafkaName}-0", .. Quick];

    private async Task<int> SopAsync(params string[] arguments)
    {
        Command(arguments);
        return await CommandLine.RunAsync(root, arguments, terminal);
    }

    private void Command(params string[] arguments)
    {
        terminal.PrintLine("");
        terminal.PrintLine($"$ sop {string.Join(' ', arguments.Select(Quoted))}");
    }

    private void Tell(string sentence)
    {
        terminal.PrintLine("");
        terminal.PrintLine(sentence);
    }

    private void Timed(string what) =>
        terminal.PrintLine($"[{terminal.Clock.GetElapsedTime(_begun).TotalSeconds,5:0.0} s] {what}");

    private static bool IsOfAName(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '_';

    private static string Quoted(string argument) => argument.Contains(' ', StringComparison.Ordinal) ? $"\"{argument}\"" : argument;

    private static async IAsyncEnumerable<ChangeView> UntilAsync(IAsyncEnumerable<ChangeView> views, Func<bool> isEnough)
    {
        await foreach (ChangeView view in views)
        {
            yield return view;
            if (isEnough())
            {
                yield break;
            }
        }
    }
}

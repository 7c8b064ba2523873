using System.CommandLine;
using Orchestrator.Sandbox.Clusters;
using Orchestrator.Starter.Boxes;
using Orchestrator.Starter.Commands;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Inputs;
using Orchestrator.Starter.Rendering;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Rehearsals;

/// <summary><c>sop rehearse</c>: a whole run of a procedure, waits included, on a cluster in the box in skipped time.</summary>
internal static class RehearseCommand
{
    private const string Reason = "Rehearsal on a cluster in the box";
    private const string DefaultWait = "10m";

    public static Command Create(Terminal terminal)
    {
        Option<FileInfo?> from = ScenarioFile.Option("--from");
        Option<TimeSpan> approveAfter = new("--approve-after")
        {
            Description = $"How long each plan waits for its votes, and each question for an answer (default: {DefaultWait})",
            HelpName = "duration",
            DefaultValueFactory = _ => DurationText.Read(DefaultWait)!.Value,
            CustomParser = result =>
            {
                string text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
                if (DurationText.Read(text) is { } duration)
                {
                    return duration;
                }

                result.AddError($"--approve-after '{text}' must be {DurationText.Rule}.");
                return default;
            },
        };
        Option<BoxFault[]> faults = Choice.Completed(new Option<BoxFault[]>("--fault")
        {
            Description = "What goes wrong once the first pod is restarted: slow-broker, unready-pod or lost-controller; "
                + "may be given more than once",
            HelpName = "fault",
            CustomParser = Choice.ParseAll<BoxFault>,
        });
        Option<FileInfo?> transcript = new("--transcript")
        {
            Description = "Write what is printed to a file too, to be attached to an approval",
            HelpName = "file",
        };
        Command command = new("rehearse", "Run a procedure on a cluster in the box, waits and all, within minutes: no server needed");
        RequestOptions options = new(ChangeMode.Execute);
        options.AddTo(command);
        command.Add(from);
        command.Add(approveAfter);
        command.Add(faults);
        command.Add(transcript);
        command.SetAction((parsed, cancellationToken) =>
        {
            FileInfo? file = parsed.GetValue(from);
            ClusterScenario scenario = ScenarioFile.Read(file);
            ProcedureRequest request = options.Read(
                parsed, terminal, new ChangeTarget(scenario.Name, scenario.Namespace), Reason).OfChange();
            RehearsalWishes wishes = new(file?.Name, parsed.GetValue(approveAfter), parsed.GetValue(faults) ?? []);
            return RunAsync(
                scenario, request, wishes, parsed.GetValue(transcript), parsed.GetValue(GlobalOptions.Output), terminal, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        ClusterScenario scenario,
        ProcedureRequest request,
        RehearsalWishes wishes,
        FileInfo? transcript,
        OutputFormat format,
        Terminal terminal,
        CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("orchestrator-rehearsal-").FullName;
        try
        {
            terminal.Say(
                $"Rehearsing {request.Procedure.Name} on a cluster in this process: {scenario.Kafka.Brokers} brokers, "
                + $"{scenario.Kafka.Controllers} controllers; votes come after {DurationText.Write(wishes.ApproveAfter)}.");
            await using RehearsedCluster cluster = await RehearsedCluster.StartAsync(scenario, folder, cancellationToken);
            await cluster.StartWorkerAsync();
            Rehearsed rehearsed = await new Rehearsal(cluster, scenario, request, wishes).RunAsync(cancellationToken);
            terminal.Print(format, rehearsed, RehearsalSheet.Of);
            if (transcript is not null)
            {
                Write(transcript, Terminal.Document(format, rehearsed, RehearsalSheet.Of));
            }

            return ChangeEnd.Tell(rehearsed.View.Change, terminal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Write(FileInfo file, string document)
    {
        try
        {
            File.WriteAllText(file.FullName, document);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SopException(ExitCode.Usage, $"The transcript {file.FullName} cannot be written: {e.Message}", e);
        }
    }
}

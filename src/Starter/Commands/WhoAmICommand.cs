using System.CommandLine;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Rendering;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Controls;
using Orchestrator.Workflows.ChangeControl.Targets;
using Temporalio.Client;

namespace Orchestrator.Starter.Commands;

/// <summary><c>sop whoami</c>: who acts, in which roles, and what they may do with each procedure.</summary>
internal static class WhoAmICommand
{
    // Somebody who is not the one who acts: what they ask for can be voted on and steered.
    private const string SomebodyElse = "unverified:somebody-else";

    public static Command Create(Terminal terminal)
    {
        Command command = new("whoami", "Show who you act as, your roles, and what you may request, approve and control")
        {
            ActorOption.Option,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            ActorOption.Read(parsed), parsed.GetValue(GlobalOptions.Output), terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string actor, OutputFormat format, Terminal terminal, CancellationToken cancellationToken)
    {
        TemporalServer server = await TemporalServer.ConnectAsync(terminal.Clock, cancellationToken);
        await server.RequireWorkerAsync(cancellationToken);
        WorkflowOptions options = new($"read-policy/{Guid.NewGuid():N}", ChangeNames.TaskQueue) { StaticSummary = $"What {actor} may do" };
        ChangePolicy policy = await server.CallAsync(
            async rpc =>
            {
                options.Rpc = rpc;
                WorkflowHandle handle = await server.Client.StartWorkflowAsync(ReadPolicyWorkflow.Name, [], options);
                return await handle.GetResultAsync<ChangePolicy>(rpcOptions: rpc);
            },
            new RpcOptions(),
            cancellationToken);
        terminal.Print(format, Of(actor, policy), WhoAmISheet.Of);
        return ExitCode.Done;
    }

    private static WhoAmI Of(string actor, ChangePolicy policy)
    {
        string subject = Actor.Subject(actor);
        IReadOnlyList<string> voting = policy.Voters.VotingRolesOf(subject);
        return new WhoAmI(
            subject,
            policy.AllowUnverifiedActors
                ? $"unverified name; profile {policy.Profile} accepts it"
                : $"unverified name; profile {policy.Profile} refuses it",
            policy.Voters.Of(subject),
            [
                .. ProcedureCatalogue.All.Select(procedure => new WhoAmI.Rights(
                    procedure.Name,
                    procedure.Tier,
                    policy.AllowUnverifiedActors,
                    policy.AllowUnverifiedActors
                        ? [.. policy.Of(procedure.Tier).Approvals.Select(place => place.Role).Where(voting.Contains)]
                        : [],
                    [.. ControlNames.All.Where(control => May(control, actor, actor, policy))],
                    [.. ControlNames.All.Where(control => May(control, actor, SomebodyElse, policy))])),
            ]);
    }

    private static bool May(string control, string actor, string requestedBy, ChangePolicy policy)
    {
        ChangeState state = Enum.GetValues<ChangeState>().First(state => ControlRules.In(state).Contains(control));
        return ControlRules.Refuse(
            control,
            new ControlRequest(actor, "asks what this person is allowed to do"),
            state,
            requestedBy,
            policy) is null;
    }
}

using System.CommandLine;
using Orchestrator.Starter.Boxes;
using Orchestrator.Starter.Commands;
using Orchestrator.Starter.Demo;
using Orchestrator.Starter.Notifications;
using Orchestrator.Starter.PersonTasks;
using Orchestrator.Starter.Rehearsals;
using Orchestrator.Starter.Rendering;
using Orchestrator.Starter.Schedules;
using Orchestrator.Starter.Servers;
using Orchestrator.Starter.Stores;
using Orchestrator.Workflows.ChangeControl.Approvals;

using IDisposable? traces = TraceExport.Start();
Terminal terminal = Terminal.OfProcess();
RootCommand root = new("Day-2 operations of Kafka on Kubernetes as durable procedures")
{
    GlobalOptions.Output,
    ListCommand.Create(terminal),
    DescribeCommand.Create(terminal),
    ExplainCommand.Create(terminal),
    PlanCommand.Create(terminal),
    StartCommand.Create(terminal),
    VoteCommand.Create(VoteDecision.Approve, terminal),
    VoteCommand.Create(VoteDecision.Reject, terminal),
    StatusCommand.Create(terminal),
    ApprovalsCommand.Create(terminal),
    TasksCommand.Create(terminal),
    AnswerCommand.Create(terminal),
    LocksCommand.Create(terminal),
    EvidenceCommand.Create(terminal),
    ScheduleCommand.Create(terminal),
    NotifyCommand.Create(terminal),
    StoreCommand.Create(terminal),
    WhoAmICommand.Create(terminal),
    DevServerCommand.Create(terminal),
    CompletionCommand.Create(terminal),
    VersionCommand.Create(terminal),
};
foreach (Command control in ControlCommand.CreateAll(terminal))
{
    root.Add(control);
}

root.Add(RehearseCommand.Create(terminal));
root.Add(SandboxCommand.Create(terminal));
root.Add(DemoCommand.Create(terminal, root));

return await CommandLine.RunAsync(root, args, terminal);

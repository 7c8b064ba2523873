using System.CommandLine;
using Orchestrator.Starter.Commands;
using Orchestrator.Starter.Rendering;

Terminal terminal = Terminal.OfProcess();
RootCommand root = new("Day-2 operations of Kafka on Kubernetes as durable procedures")
{
    GlobalOptions.Output,
    ListCommand.Create(terminal),
    VersionCommand.Create(terminal),
};
return await CommandLine.RunAsync(root, args, terminal);

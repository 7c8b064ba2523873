using System.CommandLine;
using Orchestrator.Starter.Inputs;
using Orchestrator.Starter.Rendering;
using Orchestrator.Workflows.Catalogue;

namespace Orchestrator.Starter.Commands;

/// <summary><c>sop list</c>: the procedures; needs no server.</summary>
internal static class ListCommand
{
    public static Command Create(Terminal terminal)
    {
        Command command = new("list", "Show the procedures that can be started");
        command.SetAction(parsed =>
        {
            IReadOnlyList<ProcedureRow> rows =
            [
                .. ProcedureCatalogue.All.Select(procedure => new ProcedureRow(
                    procedure.Name, procedure.Tier, procedure.Summary, ProcedureInput.Keys(procedure))),
            ];
            terminal.Print(parsed.GetValue(GlobalOptions.Output), rows, ProcedureSheet.Of);
        });
        return command;
    }
}

using System.CommandLine;
using System.Text.Json.Nodes;
using Orchestrator.Starter.Inputs;
using Orchestrator.Starter.Rendering;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Commands;

/// <summary><c>sop describe</c>: a procedure's page, or its input as a JSON schema; needs no server.</summary>
internal static class DescribeCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> name = Completions.OfProcedures(new("procedure") { Description = "The procedure; 'sop list' shows them" });
        Command command = new("describe", "Show what a procedure does: inputs, checks, steps, undo, failures, rights, examples") { name };
        command.SetAction(parsed =>
        {
            ProcedureDescriptor procedure = ProcedureInput.Find(parsed.GetRequiredValue(name));
            OutputFormat format = parsed.GetValue(GlobalOptions.Output);
            if (format == OutputFormat.Table)
            {
                terminal.PrintDocument(ProcedurePage.Of(procedure).TrimEnd());
            }
            else
            {
                terminal.Print(format, Describe(procedure), _ => new Sheet());
            }
        });
        return command;
    }

    private static DescribedProcedure Describe(ProcedureDescriptor procedure) => new(
        procedure.Name,
        procedure.WorkflowType,
        ChangeNames.TaskQueue,
        procedure.Tier,
        procedure.Summary,
        InputSchema.Of(procedure.InputType),
        ProcedureInput.Example(procedure));

    private sealed record DescribedProcedure(
        string Name, string WorkflowType, string TaskQueue, ChangeTier Tier, string Summary, JsonNode InputSchema, JsonNode InputExample);
}

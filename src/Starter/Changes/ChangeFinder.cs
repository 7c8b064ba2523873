using System.Text.RegularExpressions;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Client;

namespace Orchestrator.Starter.Changes;

/// <summary>Finds the workflow that people mean by an id.</summary>
internal static partial class ChangeFinder
{
    /// <summary>The workflow of a change.</summary>
    /// <param name="server">The server.</param>
    /// <param name="id">A change id, or a workflow id: the procedure's, or that of one of its approvals or rolls.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="SopException">There is none.</exception>
    public static async Task<string> FindAsync(TemporalServer server, string id, CancellationToken cancellationToken)
    {
        if (!ChangeIdPattern().IsMatch(id))
        {
            // Children carry their parent's id in front of their own.
            return ChildPart().Replace(id, "");
        }

        string change = id.ToUpperInvariant();
        List<string> found = [];
        string query = $"{ChangeNames.ChangeIdAttribute} = '{change}'";
        await foreach (WorkflowExecution workflow in WorkflowSearch.FindAsync(server, query, cancellationToken))
        {
            // A run that was reset or continued has the workflow id of the one before it.
            if (!found.Contains(workflow.Id))
            {
                found.Add(workflow.Id);
            }
        }

        return found switch
        {
            [var only] => only,
            [_, ..] => throw new SopException(
                ExitCode.Usage, $"{change} is the name of {found.Count} runs; say which one by its workflow id: {string.Join(", ", found)}."),
            _ => throw Unknown(server, change),
        };
    }

    private static SopException Unknown(TemporalServer server, string change) => new(
        ExitCode.Usage, $"{server.Name} knows no change {change}; if it was started a moment ago, try again, or give its workflow id.");

    [GeneratedRegex("^CHG-[0-9]{8}-[0-9A-Z]{6,32}$", RegexOptions.IgnoreCase)]
    private static partial Regex ChangeIdPattern();

    [GeneratedRegex("(?<=/CHG-[0-9]{8}-[0-9A-Z]{6,32})/.*$")]
    private static partial Regex ChildPart();
}

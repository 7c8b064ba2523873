using System.Text.RegularExpressions;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Client;

namespace Orchestrator.Starter.Changes;

/// <summary>Finds the workflow that people mean by an id.</summary>
internal static partial class ChangeFinder
{
    private const int MostNamed = 10;

    /// <summary>The workflow of a change.</summary>
    /// <param name="server">The server.</param>
    /// <param name="id">A change id or its beginning, or a workflow id: the procedure's, or that of one of its approvals or rolls.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="SopException">There is none, or more than one.</exception>
    public static async Task<string> FindAsync(TemporalServer server, string id, CancellationToken cancellationToken)
    {
        if (ChangeId.Beginning(id) is not { } change)
        {
            // Children carry their parent's id in front of their own.
            return ChildPart().Replace(id, "");
        }

        // A run that was reset has the same workflow id as the one before; two workflow ids are two changes.
        List<string> found = [];
        await foreach (WorkflowExecution workflow in WorkflowSearch.FindAsync(
            server, $"{ChangeNames.ChangeIdAttribute} STARTS_WITH '{change}'", cancellationToken))
        {
            if (!found.Contains(workflow.Id) && found.Count <= MostNamed)
            {
                found.Add(workflow.Id);
            }
        }

        // A whole name means that change, although a longer one may begin with it.
        List<string> whole = [.. found.Where(workflowId => ChangeId.Of(workflowId) == change)];
        return (whole.Count > 0 ? whole : found) switch
        {
            [string one] => one,
            [] => throw new SopException(
                ExitCode.Usage,
                $"{server.Name} has no change {change}; if it was started a moment ago, try again, or give its workflow id."),
            List<string> several => throw new SopException(ExitCode.Usage, Which(change, several)),
        };
    }

    private static string Which(string change, List<string> several) =>
        $"{change} matches more than one change; give more of its id, or its workflow id:"
        + $"{string.Concat(several.Take(MostNamed).Select(id => $"\n  {id}"))}"
        + (several.Count > MostNamed ? "\n  and others" : "");

    [GeneratedRegex("(?<=/CHG-[0-9]{8}-[0-9A-Z-]+)/.*$")]
    private static partial Regex ChildPart();
}

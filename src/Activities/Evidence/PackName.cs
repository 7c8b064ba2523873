using System.Security.Cryptography;
using System.Text;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Evidence;

/// <summary>
/// The names that a run has in the folder of evidence: made of the change and the run, so that no run has those of another, whatever its
/// workflow is called.
/// </summary>
internal sealed record PackName
{
    private const int HashLength = 16;

    private PackName(string change, string run)
    {
        Change = change;
        Run = run;
    }

    /// <summary>
    /// The change, as the name of a folder: <c>CHG-20261121-7KQ2-M9XD-T4RW-0HCE</c>, or a hash of what a run by hand is called.
    /// </summary>
    public string Change { get; }

    /// <summary>The run's id, a UUID.</summary>
    public string Run { get; }

    /// <summary>The names of a run.</summary>
    /// <exception cref="ApplicationFailureException">The run's id is not one that a server gives.</exception>
    public static PackName Of(string changeId, string? runId) => Guid.TryParseExact(runId, "D", out Guid run)
        ? new(
            ChangeId.IsOne(changeId)
                ? changeId
                : $"run-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(changeId)))[..HashLength]}",
            $"{run:D}")
        : throw new ApplicationFailureException(
            "Evidence is only kept for workflow runs, and this call belongs to none.",
            errorType: ReasonCodes.InputInvalid,
            nonRetryable: true);
}

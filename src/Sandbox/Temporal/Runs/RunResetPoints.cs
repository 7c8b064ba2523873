using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.History.V1;
using Temporalio.Api.Workflow.V1;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>
/// Where each build of the worker first completed a workflow task of a run and of those before it: whoever finds a build to be bad resets
/// to there.
/// </summary>
internal sealed class RunResetPoints(WorkflowRun run)
{
    // The server's own limit; the oldest goes first.
    private const int Most = 20;

    private readonly List<ResetPointInfo> _points = [.. run.Spec.ResetPoints?.Points ?? []];

    /// <summary>All, the oldest first; null where there is none.</summary>
    public ResetPoints? All => _points.Count == 0 ? null : new() { Points = { _points } };

    /// <summary>Takes note of a completed workflow task.</summary>
    public void Note(HistoryEvent completed, string buildId)
    {
        if (buildId.Length == 0 || _points.Exists(point => point.BuildId == buildId))
        {
            return;
        }

        if (_points.Count == Most)
        {
            _points.RemoveAt(0);
        }

        _points.Add(new()
        {
            BuildId = buildId,
            RunId = run.RunId,
            FirstWorkflowTaskCompletedId = completed.EventId,
            CreateTime = completed.EventTime,
            Resettable = !run.Children.Open.Any(),
        });
    }

    /// <summary>All, as the next run of the chain takes them over: those of this run with the time at which its history goes.</summary>
    public ResetPoints? Rolled()
    {
        Timestamp end = Timestamp.FromDateTimeOffset(run.State.Time.Now + run.Space.Retention);
        ResetPoints? all = All?.Clone();
        foreach (ResetPointInfo point in all?.Points.Where(point => point.RunId == run.RunId) ?? [])
        {
            point.ExpireTime = end;
        }

        return all;
    }
}

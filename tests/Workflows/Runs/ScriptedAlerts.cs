using Orchestrator.Workflows.ChangeControl.Alerts;
using Temporalio.Activities;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>The alerts of a cluster, as the test says.</summary>
public sealed class ScriptedAlerts : IAlertActivities
{
    private int _read = -1;

    /// <summary>What is read, one after the other; the last again and again. None: the cluster has no source of alerts.</summary>
    public IReadOnlyList<AlertReading> Readings { get; set; } = [];

    /// <summary>How often they were read.</summary>
    public int Read => _read + 1;

    [Activity("ReadAlerts")]
    public Task<AlertReading> ReadAlertsAsync(ReadAlertsInput input) =>
        Task.FromResult(Readings[Math.Min(Interlocked.Increment(ref _read), Readings.Count - 1)]);
}

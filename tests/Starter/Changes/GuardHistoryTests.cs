using Orchestrator.Starter.Changes;
using Temporalio.Api.History.V1;
using Temporalio.Common;

namespace Orchestrator.Starter.Tests.Changes;

/// <summary>Who holds a lock, told from its recorded history alone.</summary>
public sealed class GuardHistoryTests
{
    // Two rolls of one cluster: the first is terminated, the second queues, asks for votes anew since its plan has changed, and runs.
    [Fact]
    public async Task Holders_OfARecordedGuard_FollowGrantsReleasesAndEnds()
    {
        string json = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Recorded", "ClusterGuard.two-rolls.0.1.0.json"));
        GuardHistory history = new();
        List<string> changes = [];
        foreach (HistoryEvent each in WorkflowHistory.FromJson("guard", json).Events)
        {
            await history.ReadAsync(each);
            string holders = string.Join(", ", history.Holders.Select(holder => holder.ChangeId));
            if (changes.Count == 0 ? holders.Length > 0 : changes[^1] != holders)
            {
                changes.Add(holders);
            }
        }

        const string First = "CHG-20261201-5MYP-7XJC-1198-13G5";
        const string Second = "CHG-20261201-HC12-ARTS-39NR-E99K";
        Assert.Equal([First, "", Second, "", Second, ""], changes);
    }
}

using Temporalio.Activities;
using Temporalio.Workflows;

namespace Temporalio.Bench;

public static class BenchActivities
{
    public static ActivityOptions Options => new() { StartToCloseTimeout = TimeSpan.FromMinutes(5) };

    [Activity("echo")]
    public static string Echo(string text) => text;
}

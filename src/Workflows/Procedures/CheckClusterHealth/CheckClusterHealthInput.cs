using System.Text.Json.Serialization;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Inputs;

namespace Orchestrator.Workflows.Procedures.CheckClusterHealth;

/// <summary>The input of <c>CheckClusterHealth</c>.</summary>
public sealed record CheckClusterHealthInput : IProcedureInput
{
    private const int MostFindings = 500;
    private const int MostNamespaces = 200;

    /// <summary>The cluster; required, and refused with a sentence where it is missing.</summary>
    public ChangeTarget Target { get; init; } = new("");

    /// <summary>Who asks, and why; neither is needed for an assessment.</summary>
    public ChangeRequest Change { get; init; } = new();

    /// <summary>
    /// The namespaces whose objects are read. Default: none, which means <c>kube-system</c>, the operators', and each with a resource of
    /// <c>platform.confluent.io</c>.
    /// </summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>So many restarts of a pod within <see cref="RestartWindow"/> are a finding. Default: 3.</summary>
    public int RestartThreshold { get; init; } = 3;

    /// <summary>The time in which restarts are counted. Default: 1 hour.</summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan RestartWindow { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A pod or a claim that is Pending for longer is a finding. Default: 5 minutes.</summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan PendingAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How old an event may be. Default: 1 hour.</summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan EventWindow { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A certificate that ends sooner is a finding. Default: 30 days.</summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan CertWarn { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Whether only nodes, API server and pods are read. Default: false.</summary>
    public bool Quick { get; init; }

    /// <summary>How many findings the report lists, worst first; the rest is counted. Default: 200.</summary>
    public int MaxFindings { get; init; } = 200;

    IReadOnlyList<string> IProcedureInput.Faults() => [.. Faults()];

    private IEnumerable<string> Faults()
    {
        if (Namespaces is null)
        {
            yield return "Namespaces is null; leave it out for the usual ones.";
        }
        else if (Namespaces.Count > MostNamespaces)
        {
            yield return $"Namespaces has {Namespaces.Count} names; at most {MostNamespaces} can be read at once.";
        }

        if (RestartThreshold < 1)
        {
            yield return $"RestartThreshold is {RestartThreshold}; it must be at least 1.";
        }

        if (MaxFindings is < 1 or > MostFindings)
        {
            yield return $"MaxFindings is {MaxFindings}; it must be between 1 and {MostFindings}.";
        }

        foreach ((string name, TimeSpan value) in ((string, TimeSpan)[])
        [
            (nameof(RestartWindow), RestartWindow), (nameof(PendingAfter), PendingAfter), (nameof(EventWindow), EventWindow),
            (nameof(CertWarn), CertWarn),
        ])
        {
            if (value < TimeSpan.Zero || value > TimeSpan.FromDays(365))
            {
                yield return $"{name} is {value}; it must be between 0 s and 365 days.";
            }
        }
    }
}
